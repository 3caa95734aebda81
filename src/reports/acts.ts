import { randomUUID } from "node:crypto";
import { type ActionName, recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { notify, refresh } from "../delivery/outbox.js";
import { take, waitOf } from "../lib/rates.js";
import { refuse } from "../lib/refusal.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf, formatCalendarDay } from "../time/index.js";
import { mustBe } from "./find.js";
import { type Summary, type SummaryCut, summaryItem } from "./model.js";
import { summaryCard } from "./notifications.js";
import { isOver, type Period } from "./period.js";
import { countedReport, SUMMARIES } from "./store.js";

/** A summary is asked for, made by a job, given notes, and published once and for all. */

/** Leaves a row for the job, and tells who asked by a card that follows it. */
export async function askSummary(c: Context, period: Period, cut?: SummaryCut): Promise<Summary> {
  const { work, person } = c;
  const waitMs = await take(work.tx, ["report"], `${work.body.id} ${person.agencyId}`);
  if (waitMs > 0) refuse((t) => t.errors.tooOften(waitOf(waitMs)), "rate");
  const draft = await draftOf(work, period, cut);
  if (draft) return draft.state === "making" ? draft : madeAgain(c, draft);
  const id = randomUUID();
  await work.tx
    .insertInto("summaries")
    .values({
      id,
      number: await work.next("summary"),
      period: period.key,
      first_day: period.first,
      last_day: period.last,
      by: person.id,
      lease_until: null,
      report: null,
      notes: null,
      recommendations: null,
      cut: cut ?? null,
      pictures: null,
      made_at: null,
      published_at: null,
      published_by: null,
      created_at: work.now,
    })
    .execute();
  work.queued.push({ job: "report", id, dueAt: work.now, priority: 0 });
  const summary = await reload(work, id);
  await recordAct(c, {
    action: "report.asked",
    item: summaryItem(summary),
    detail: { period: period.key },
  });
  await notify(work, {
    notification: summaryCard,
    params: { summary: id },
    to: { personId: person.id },
    dedupe: `summary ${id}`,
  });
  return summary;
}

/** What is being made, or waits to be published, of the very same period and breakdown. */
async function draftOf(work: UnitOfWork, period: Period, cut: SummaryCut | undefined): Promise<Summary | undefined> {
  const row = await work.tx
    .selectFrom("summaries")
    .select("id")
    .where("first_day", "=", period.first)
    .where("last_day", "=", period.last)
    .where("cut", cut ? "=" : "is", cut ?? null)
    .where("state", "in", ["making", "ready"])
    .orderBy("number", "desc")
    .forUpdate()
    .executeTakeFirst();
  return row && SUMMARIES.byId(work, row.id);
}

/** Counted anew, with the rapporteur's words as they are. */
async function madeAgain(c: Context, draft: Summary): Promise<Summary> {
  c.work.queued.push({ job: "report", id: draft.id, dueAt: c.work.now, priority: 0 });
  return change(c, draft, "report.asked", { state: "making" });
}

/** The job finds it cancelled at its next step. */
export async function cancelSummary(c: Context, summary: Summary): Promise<Summary> {
  mustBe(summary, "making");
  return change(c, summary, "report.cancelled", { state: "cancelled" });
}

/** The rapporteur's own words; nothing takes them away. */
export async function noteSummary(
  c: Context,
  summary: Summary,
  words: { notes?: string; recommendations?: string },
): Promise<Summary> {
  mustBe(summary, "ready");
  const cipher = await c.work.cipher();
  const sealed = (text: string | undefined) => (text ? cipher.seal(text) : null);
  return change(c, summary, "report.noted", {
    notes: sealed(words.notes),
    recommendations: sealed(words.recommendations),
  });
}

/**
 * Asks for it to be passed on; a job does it, since what may be told is worked out against all that was told before.
 */
export async function publishSummary(c: Context, summary: Summary): Promise<Summary> {
  const { work } = c;
  mustBe(summary, "ready");
  const counted = await countedReport(work, summary.id);
  if (!counted?.over || !isOver(summary.period, dayOf(work.now, work.body.zone)))
    refuse((t) =>
      t.errors.periodNotOver({ ref: summary.ref, last: formatCalendarDay(summary.period.last, c.person.lang) }),
    );
  const same = await publishedAs(work, summary.period.key);
  if (same) refuse((t) => t.errors.alreadyPublished({ period: summary.period.key, ref: same }));
  const asked = await change(c, summary, "report.publish_asked", { state: "publishing", published_by: c.person.id });
  work.queued.push({ job: "report", id: summary.id, dueAt: work.now, priority: 0 });
  return asked;
}

/** As long as nothing of it has left. @throws Refusal with what can be done instead */
export async function undoPublishing(c: Context, summary: Summary): Promise<Summary> {
  if (summary.state === "published") refuse((t) => t.sure.publishStays({ ref: summary.ref }));
  mustBe(summary, "publishing");
  return change(c, summary, "report.publish_undone", { state: "ready", published_by: null });
}

async function publishedAs(work: UnitOfWork, period: string): Promise<string | undefined> {
  const row = await work.tx
    .selectFrom("summaries")
    .select("number")
    .where("period", "=", period)
    .where("state", "in", ["publishing", "published"])
    .executeTakeFirst();
  return row && `S-${row.number}`;
}

type Columns = Partial<{
  state: Summary["state"];
  notes: string | null;
  recommendations: string | null;
  published_by: string | null;
}>;

async function change(c: Context, summary: Summary, action: ActionName, columns: Columns): Promise<Summary> {
  const { work } = c;
  await work.tx
    .updateTable("summaries")
    .set({ ...columns, version: summary.version + 1 })
    .where("id", "=", summary.id)
    .execute();
  await recordAct(c, {
    action,
    item: summaryItem(summary),
    detail: { period: summary.period.key },
  });
  await refresh(work, summaryItem(summary));
  return reload(work, summary.id);
}

async function reload(work: UnitOfWork, id: string): Promise<Summary> {
  const summary = await SUMMARIES.byId(work, id);
  if (!summary) throw new Error("summary is gone");
  return summary;
}
