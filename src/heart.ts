import { addHours, addMinutes, subDays, subMinutes } from "date-fns";
import { sql } from "kysely";
import { seal } from "./audit/seal.js";
import type { Clock } from "./clock.js";
import { layDigests } from "./digests/schedule.js";
import type { Log } from "./log.js";
import type { Metrics } from "./metrics.js";
import type { Body } from "./people/model.js";
import { allBodies } from "./people/store.js";
import { LATE_MINUTES } from "./reminders/fire.js";
import { countOverdue, HORIZON_HOURS } from "./reminders/store.js";
import type { Store } from "./store/database.js";
import type { Vault } from "./store/vault.js";
import { tellLikeness } from "./tasks/likeness.js";
import { type Queued, Work } from "./work.js";

export type HeartParts = {
  store: Store;
  vault: Vault;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  enqueue: (body: string, rows: Queued[], again?: string) => Promise<void>;
};

/** How often due rows are looked for, and how often all of them, whatever the queue should hold. */
const BEAT_MS = 15_000;
const SWEEP_EVERY_BEATS = 20;
/** A row overdue by so much has lost its job. */
const LOST_MINUTES = 1;
const PAGE = 2_000;

/**
 * The reconciler. The database knows what is due; the queue may have lost it, or the clock may have been moved.
 * Every process beats; adding a job twice is harmless, since a row is claimed once.
 */
export class Heart {
  #timer: NodeJS.Timeout | undefined;
  #beats = 0;
  #sweptUntil = new Date(0);
  #busy: Promise<void> = Promise.resolve();

  constructor(private readonly parts: HeartParts) {}

  start(): void {
    this.#timer = setInterval(() => void this.beat(), BEAT_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#busy;
  }

  /** @param whole everything is looked at: after a start, after the clock was moved, after the queue was lost */
  beat(whole = false): Promise<void> {
    this.#busy = this.#busy.then(() => this.#beat(whole)).catch((error) => this.parts.log.error("heart.beat", error));
    return this.#busy;
  }

  async #beat(whole: boolean): Promise<void> {
    const all = whole || this.#beats % SWEEP_EVERY_BEATS === 0;
    this.#beats++;
    const now = this.parts.clock.now();
    const until = addHours(now, HORIZON_HOURS);
    const since = all ? new Date(0) : this.#sweptUntil;
    const bodies = await this.parts.store.outside((tx) => allBodies(tx));
    let overdue = 0;
    for (const body of bodies) {
      await this.#refill(body, now, since, until);
      overdue += await this.parts.store.inBody(body.id, (tx) => countOverdue(tx, subMinutes(now, LATE_MINUTES)));
      await this.#inWork(body, (work) => seal(work));
      if (this.#beats % SWEEP_EVERY_BEATS === 1) {
        await this.#inWork(body, (work) => tellLikeness(work));
        await this.#inWork(body, (work) => layDigests(work));
        await this.#tidy(body, now);
      }
    }
    this.#sweptUntil = until;
    this.parts.metrics.stepsOverdue.set(overdue);
    if (overdue === 0) this.parts.metrics.heartbeat.set(now.getTime() / 1_000);
    if (overdue) this.parts.log.warn("reminders.overdue", { steps: overdue });
    if (this.#beats % SWEEP_EVERY_BEATS === 1) await this.#forget(now);
  }

  async #refill(body: Body, now: Date, since: Date, until: Date): Promise<void> {
    // A job that still waits under the same key is kept once; one that was lost needs a key of its own.
    const again = String(Math.floor(Date.now() / 30_000));
    const lost = subMinutes(now, LOST_MINUTES);
    const { store } = this.parts;
    for (let after = ""; ; ) {
      const rows = await store.inBody(body.id, (tx) =>
        tx
          .selectFrom("outbox")
          .select(["id", "due_at", "priority", "lease_until", "state"])
          .where((eb) =>
            eb.or([
              eb.and([
                eb("state", "=", "pending"),
                eb("due_at", "<=", until),
                eb.or([eb("due_at", ">", since), eb("due_at", "<", lost)]),
              ]),
              eb.and([eb("state", "=", "sending"), eb("lease_until", "<", sql<Date>`now()`)]),
            ]),
          )
          .where(sql<boolean>`id::text > ${after}`)
          .orderBy(sql`id::text`)
          .limit(PAGE)
          .execute(),
      );
      await this.#enqueue(
        body,
        rows.map((row) => ({ job: "deliver", id: row.id, dueAt: row.due_at, priority: row.priority })),
        lost,
        again,
      );
      if (rows.length < PAGE) break;
      after = rows.at(-1)?.id ?? "";
    }
    for (let after = ""; ; ) {
      const rows = await store.inBody(body.id, (tx) =>
        tx
          .selectFrom("reminder_steps")
          .select(["id", "due_at"])
          .where("fired_at", "is", null)
          .where((eb) => eb.or([eb("held_until", "is", null), eb("held_until", "<=", now)]))
          .where("due_at", "<=", until)
          .where((eb) => eb.or([eb("due_at", ">", since), eb("due_at", "<", lost)]))
          .where(sql<boolean>`id::text > ${after}`)
          .orderBy(sql`id::text`)
          .limit(PAGE)
          .execute(),
      );
      await this.#enqueue(
        body,
        rows.map((row) => ({ job: "remind", id: row.id, dueAt: row.due_at, priority: 0 })),
        lost,
        again,
      );
      if (rows.length < PAGE) break;
      after = rows.at(-1)?.id ?? "";
    }
  }

  async #enqueue(body: Body, rows: Queued[], lost: Date, again: string): Promise<void> {
    await this.parts.enqueue(
      body.id,
      rows.filter((row) => row.dueAt > lost),
    );
    await this.parts.enqueue(
      body.id,
      rows.filter((row) => row.dueAt <= lost),
      again,
    );
  }

  /** What was kept only so that it could be taken back or typed on. */
  async #tidy(body: Body, now: Date): Promise<void> {
    await this.parts.store.inBody(body.id, async (tx) => {
      const yesterday = subDays(now, 1);
      await tx.deleteFrom("drafts").where("at", "<", yesterday).execute();
      await tx.deleteFrom("undos").where("at", "<", yesterday).execute();
    });
  }

  async #forget(now: Date): Promise<void> {
    await this.parts.store.outside(async (tx) => {
      // By the real clock: platforms repeat deliveries in real time.
      await tx.deleteFrom("inbound").where("received_at", "<", sql<Date>`now() - interval '1 day'`).execute();
      await tx.deleteFrom("adapter_store").where("expires_at", "<", addMinutes(now, -10)).execute();
      await tx.deleteFrom("pace").where("free_at", "<", sql<Date>`now() - interval '1 hour'`).execute();
    });
  }

  async #inWork<T>(body: Body, act: (work: Work) => Promise<T>): Promise<void> {
    const { store, clock, vault, enqueue } = this.parts;
    let queued: Queued[] = [];
    await store.inBody(body.id, async (tx) => {
      const work = new Work(tx, body, clock.now(), vault);
      await act(work);
      queued = work.queued;
    });
    await enqueue(body.id, queued);
  }
}
