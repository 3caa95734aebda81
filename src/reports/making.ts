import { addSeconds } from "date-fns";
import { z } from "zod";
import { record } from "../audit/record.js";
import { refresh } from "../delivery/outbox.js";
import { defineJob, type Job } from "../lib/job.js";
import type { Log } from "../lib/log.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { countOf, reportFrom } from "./figures.js";
import { type Report, type Summary, summaryItem } from "./model.js";
import { periodBefore } from "./period.js";
import { reportCharts, showCharts } from "./pictures.js";
import { giveBack, type InWork, publish } from "./publishing.js";
import { SUMMARIES } from "./store.js";

/** Of so many steps, each in a transaction of its own: the card says which, and a cancelled summary goes no further. */
export const STEPS = 4;
/** A process that has not gone on for so long is taken for dead. */
const LEASE_SECONDS = 300;

/** Makes a summary: counts both periods, puts the figures together, draws the charts that chats show. And publishes one. */
export const reportJob = (parts: {
  inBody: <T>(body: string, act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
  log: Log;
}): Job<{ body: string; id: string }> =>
  defineJob({
    id: "report",
    schema: z.object({ body: z.string(), id: z.string() }),
    // Counting keeps the database busy; one at a time leaves it to those who wait.
    concurrency: 1,
    run: ({ body, id }) => new Making((act) => parts.inBody(body, act), id, parts.log).run(),
  });

class Making {
  constructor(
    private readonly inWork: InWork,
    private readonly id: string,
    private readonly log: Log,
  ) {}

  async run(): Promise<void> {
    const summary = await this.inWork((work) => this.#claim(work));
    if (!summary) return;
    const publishes = summary.state === "publishing";
    try {
      if (publishes) await publish(this.inWork, summary);
      else await this.#make(summary);
    } catch (error) {
      this.log.error("report.failed", error);
      await this.inWork(async (work) => {
        if (publishes) await giveBack(work, summary);
        else await this.#finish(work, summary, { state: "failed" });
      });
    }
  }

  async #make(summary: Summary): Promise<void> {
    const { period } = summary;
    const before = periodBefore(period);
    const now = await this.inWork((work) => countOf(work, period));
    if (!(await this.#goOn(summary, 1))) return;
    const earlier = await this.inWork((work) => countOf(work, before));
    if (!(await this.#goOn(summary, 2))) return;
    const report = await this.inWork((work) => reportFrom(work, { period, before, now, earlier }));
    if (!(await this.#goOn(summary, 3))) return;
    const charts = await reportCharts(report, summary.by.lang);
    await this.inWork(async (work) => {
      if (await this.#finish(work, summary, { state: "ready", report })) await showCharts(work, summary, charts);
    });
  }

  /** Takes it for this process, unless another has it or it is to be made no more. */
  async #claim(work: UnitOfWork): Promise<Summary | undefined> {
    const row = await work.tx
      .updateTable("summaries")
      .set({ lease_until: addSeconds(work.now, LEASE_SECONDS), done: 0 })
      .where("id", "=", this.id)
      .where("state", "in", ["making", "publishing"])
      .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<", work.now)]))
      .returning("id")
      .executeTakeFirst();
    return row && SUMMARIES.byId(work, row.id);
  }

  /** @returns whether it is still wanted */
  #goOn(summary: Summary, done: number): Promise<boolean> {
    return this.inWork(async (work) => {
      const row = await work.tx
        .updateTable("summaries")
        .set({ done, lease_until: addSeconds(work.now, LEASE_SECONDS) })
        .where("id", "=", this.id)
        .where("state", "=", "making")
        .returning("id")
        .executeTakeFirst();
      if (row) await refresh(work, summaryItem(summary));
      return row !== undefined;
    });
  }

  async #finish(
    work: UnitOfWork,
    summary: Summary,
    end: { state: "ready" | "failed"; report?: Report },
  ): Promise<boolean> {
    const row = await work.tx
      .updateTable("summaries")
      .set({
        state: end.state,
        done: STEPS,
        lease_until: null,
        made_at: work.now,
        report: end.report ? (await work.cipher()).seal(JSON.stringify(end.report)) : null,
      })
      .where("id", "=", this.id)
      .where("state", "=", "making")
      .returning("id")
      .executeTakeFirst();
    if (!row) return false;
    await record(work, {
      action: end.state === "ready" ? "report.made" : "report.failed",
      item: summaryItem(summary),
      detail: { period: summary.period.key },
    });
    await refresh(work, summaryItem(summary));
    return true;
  }
}
