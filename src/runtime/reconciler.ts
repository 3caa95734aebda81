import { addHours, addMinutes, subDays, subMinutes } from "date-fns";
import { type ExpressionBuilder, sql } from "kysely";
import { seal, transactionsEnded } from "../audit/seal.js";
import { scheduleDigests } from "../digests/schedule.js";
import { LATE_MINUTES } from "../escalation/fire.js";
import { countOverdue, HORIZON_HOURS } from "../escalation/store.js";
import { everyPart, itemOf } from "../items/define.js";
import type { Clock } from "../lib/clock.js";
import type { Log } from "../lib/log.js";
import type { Body } from "../people/model.js";
import { allBodies } from "../people/store.js";
import { attempt, type Store } from "../store/database.js";
import { letGo, type Part, writeHeld } from "../store/held-back.js";
import type { Schema } from "../store/schema.js";
import { type Queued, type Services, UnitOfWork } from "../store/unit-of-work.js";
import type { Metrics } from "./metrics.js";

export type ReconcilerParts = Services & {
  store: Store;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  enqueue: (body: string, rows: Queued[], again?: string) => Promise<void>;
  /** Brings the newest head of the record out of this machine. */
  leave: (body: Body) => Promise<void>;
};

/** How often due rows are looked for, and how often all of them, whatever the queue should hold. */
const TICK_MS = 15_000;
const SWEEP_EVERY_TICKS = 20;
/** A row overdue by so much has lost its job. */
const LOST_MINUTES = 1;
const PAGE = 2_000;
const KEEP_DELIVERED_DAYS = 30;
/** The part itself, not one item of it. */
const WHOLE = "";

/**
 * The reconciler. The database knows what is due; the queue may have lost it, or the clock may have been moved.
 * Every process ticks; adding a job twice is harmless, since a row is claimed once.
 */
export class Reconciler {
  #timer: NodeJS.Timeout | undefined;
  #ticks = 0;
  #moves = 0;
  #sweptUntil = new Date(0);
  #busy: Promise<void> = Promise.resolve();
  /** Whoever ends the process waits for the transaction under way, and for nothing that can be done after the next start. */
  #stopping = false;
  /** Body and part. */
  readonly #failing = new Set<string>();

  constructor(private readonly parts: ReconcilerParts) {}

  start(): void {
    this.#timer = setInterval(() => void this.tick(), TICK_MS);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#busy;
  }

  /** @param whole everything is looked at: after a start, after the clock was moved, after the queue was lost */
  tick(whole = false): Promise<void> {
    this.#busy = this.#busy
      .then(() => this.#tick(whole))
      .catch((error) => this.parts.log.error("reconciler.tick", error));
    return this.#busy;
  }

  /** The clock is about to be set forward: what was written is sealed first, since hours later its date would be in doubt. */
  async moving(): Promise<void> {
    const { store } = this.parts;
    await transactionsEnded((act) => store.outside(act));
    await this.tick();
  }

  /** The clock was set forward: what became due by it is found at once. */
  moved(): Promise<void> {
    this.#moves++;
    return this.tick(true);
  }

  async #tick(whole: boolean): Promise<void> {
    if (this.#stopping) return;
    const tidies = this.#ticks % SWEEP_EVERY_TICKS === 0;
    this.#ticks++;
    const now = this.parts.clock.now();
    const until = addHours(now, HORIZON_HOURS);
    const since = whole || tidies ? new Date(0) : this.#sweptUntil;
    let overdue = 0;
    // What goes wrong in one body must not still the others.
    for (const body of await this.parts.store.outside((tx) => allBodies(tx)))
      await this.#ofBody(body, { now, since, until, tidies }).then(
        (late) => {
          overdue += late;
        },
        (error) => this.parts.log.error("reconciler.body", error, { body: body.slug }),
      );
    if (this.#stopping) return;
    this.#sweptUntil = until;
    this.parts.metrics.stepsOverdue.set(overdue);
    if (overdue === 0) this.parts.metrics.heartbeat.set(now.getTime() / 1_000);
    else this.parts.log.warn("reminders.overdue", { steps: overdue });
    if (tidies) await this.#forget(now);
  }

  /** A batch a transaction, so that a long list of events holds nobody up. */
  async #sealAll(body: Body): Promise<void> {
    for (let more = true; more && !this.#stopping; )
      await this.#inWork(body, async (work) => {
        more = (await seal(work)).more;
      });
  }

  /** One thing a transaction, so that a long line of them holds nobody up. */
  async #follow(body: Body): Promise<void> {
    for (const { catchUp } of everyPart())
      for (let more = catchUp !== undefined; more && !this.#stopping; )
        await this.#inWork(body, async (work) => {
          more = (await catchUp?.(work)) ?? false;
        });
  }

  async #lookOut(body: Body): Promise<void> {
    for (const { lookOut } of everyPart()) if (lookOut) await this.#inWork(body, (work) => lookOut(work));
  }

  /** @returns how many steps are overdue */
  async #ofBody(body: Body, tick: { now: Date; since: Date; until: Date; tidies: boolean }): Promise<number> {
    const { now } = tick;
    await this.#apart(body, "queue", tick, () => this.#refill(body, now, tick.since, tick.until));
    await this.#apart(body, "seal", tick, () => this.#sealAll(body));
    await this.#apart(body, "follow", tick, () => this.#follow(body));
    if (tick.tidies) {
      await this.#apart(body, "likeness", tick, () => this.#lookOut(body));
      await this.#apart(body, "digest", tick, () => this.#inWork(body, (work) => scheduleDigests(work)));
      await this.#apart(body, "tidy", tick, () => this.#tidy(body, now));
      // A full disk or a file of somebody else's must not keep anything else from being done.
      await this.#apart(body, "heads", tick, () => this.parts.leave(body));
      if (!this.#stopping) await this.#inWork(body, lookAgain);
    }
    return this.#stopping
      ? 0
      : this.parts.store.inBody(body.id, (tx) => countOverdue(tx, subMinutes(now, LATE_MINUTES)));
  }

  /** What goes wrong in one part stills none of the others; it is told by `coord doctor` until it goes well. */
  async #apart(body: Body, part: Part, tick: { now: Date; tidies: boolean }, act: () => Promise<void>): Promise<void> {
    const { store, log } = this.parts;
    if (this.#stopping) return;
    const key = `${body.id} ${part}`;
    try {
      await act();
      // What another process wrote down is let go at the next tidying.
      if (this.#failing.delete(key) || tick.tidies) await store.inBody(body.id, (tx) => letGo(tx, part, [WHOLE]));
    } catch (error) {
      this.#failing.add(key);
      log.error("reconciler.part", error, { body: body.slug, part });
      await store.inBody(body.id, (tx) => writeHeld(tx, part, WHOLE, error, tick.now));
    }
  }

  async #refill(body: Body, now: Date, since: Date, until: Date): Promise<void> {
    const lost = subMinutes(now, LOST_MINUTES);
    const { store } = this.parts;
    const soon = (eb: ExpressionBuilder<Schema, "outbox" | "reminder_steps">) =>
      eb.and([eb("due_at", "<=", until), eb.or([eb("due_at", ">", since), eb("due_at", "<", lost)])]);
    await this.#page(body, (after) =>
      store
        .inBody(body.id, (tx) =>
          tx
            .selectFrom("outbox")
            .select(["id", "due_at", "priority"])
            .where((eb) =>
              eb.or([
                eb.and([eb("state", "=", "pending"), soon(eb as never)]),
                eb.and([eb("state", "=", "sending"), eb("lease_until", "<", sql<Date>`now()`)]),
              ]),
            )
            .where(sql<boolean>`(due_at, id) > (${after.at}, ${after.id}::uuid)`)
            .orderBy("due_at")
            .orderBy("id")
            .limit(PAGE)
            .execute(),
        )
        .then((rows) =>
          rows.map((row) => ({ job: "deliver" as const, id: row.id, dueAt: row.due_at, priority: row.priority })),
        ),
    );
    await this.#page(body, (after) =>
      store
        .inBody(body.id, (tx) =>
          tx
            .selectFrom("reminder_steps")
            .select(["id", "due_at"])
            .where("fired_at", "is", null)
            .where((eb) => soon(eb as never))
            .where((eb) => eb.or([eb("held_until", "is", null), eb("held_until", "<=", now)]))
            .where(sql<boolean>`(due_at, id) > (${after.at}, ${after.id}::uuid)`)
            .orderBy("due_at")
            .orderBy("id")
            .limit(PAGE)
            .execute(),
        )
        .then((rows) => rows.map((row) => ({ job: "remind" as const, id: row.id, dueAt: row.due_at, priority: 0 }))),
    );
    await this.parts.enqueue(body.id, await this.#unmade(body, now));
    await this.parts.enqueue(body.id, await this.#unasked(body, until), this.#moves ? `m${this.#moves}` : undefined);
  }

  /** Conversations whose platform is to be asked who reads them: daily, and whenever a job was lost. */
  async #unasked(body: Body, until: Date): Promise<Queued[]> {
    const rows = await this.parts.store.inBody(body.id, (tx) =>
      tx
        .selectFrom("places")
        .select(["id", "ask_at"])
        .where("ask_at", "<=", until)
        .where((eb) => eb.or([eb("ask_lease", "is", null), eb("ask_lease", "<", sql<Date>`now()`)]))
        .orderBy("ask_at")
        .limit(PAGE)
        .execute(),
    );
    return rows.map(({ id, ask_at }) => ({ job: "audience", id, dueAt: ask_at, priority: 0 }));
  }

  /** Summaries that nobody makes: their job was lost, or its process died. A key of its own, since the first one ran. */
  async #unmade(body: Body, now: Date): Promise<Queued[]> {
    const rows = await this.parts.store.inBody(body.id, (tx) =>
      tx
        .selectFrom("summaries")
        .select(["id", "lease_until", "created_at"])
        .where("state", "in", ["making", "publishing"])
        .where((eb) =>
          eb.or([
            eb("lease_until", "<", now),
            eb.and([eb("lease_until", "is", null), eb("created_at", "<", subMinutes(now, LOST_MINUTES))]),
          ]),
        )
        .execute(),
    );
    return rows.map(({ id, lease_until }) => ({ job: "report", id, dueAt: lease_until ?? now, priority: 0 }));
  }

  async #page(body: Body, read: (after: { at: Date; id: string }) => Promise<Queued[]>): Promise<void> {
    for (let after = { at: new Date(0), id: "00000000-0000-0000-0000-000000000000" }; ; ) {
      const rows = await read(after);
      // A key says what and when, so what waits in the queue already is not added twice; only a moved clock, which
      // makes due what waits there for a later hour, needs keys of its own.
      await this.parts.enqueue(body.id, rows, this.#moves ? `m${this.#moves}` : undefined);
      const last = rows.at(-1);
      if (rows.length < PAGE || !last || this.#stopping) return;
      after = { at: last.dueAt, id: last.id };
    }
  }

  /** What was kept only so that it could be taken back or typed on. */
  async #tidy(body: Body, now: Date): Promise<void> {
    await this.parts.store.inBody(body.id, async (tx) => {
      const yesterday = subDays(now, 1);
      await tx.deleteFrom("drafts").where("at", "<", yesterday).execute();
      await tx.deleteFrom("undos").where("at", "<", yesterday).execute();
      await tx.deleteFrom("pictures").where("expires_at", "<", now).execute();
      await tx.deleteFrom("file_links").where("expires_at", "<", now).execute();
      // What was delivered is on record in the events; the rows that carried it are kept for a while to be looked at.
      await tx
        .deleteFrom("outbox")
        .where("state", "in", ["sent", "nothing", "dropped"])
        .where("created_at", "<", subDays(now, KEEP_DELIVERED_DAYS))
        .execute();
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

  async #inWork<T>(body: Body, act: (work: UnitOfWork) => Promise<T>): Promise<void> {
    const { store, clock, enqueue } = this.parts;
    let queued: Queued[] = [];
    await store.inBody(body.id, async (tx) => {
      const work = new UnitOfWork(tx, body, clock.now(), this.parts);
      await act(work);
      queued = work.queued;
    });
    await enqueue(body.id, queued);
  }
}

/** Items that could not be read: those that can be now are let go. */
async function lookAgain(work: UnitOfWork): Promise<void> {
  const rows = await work.tx.selectFrom("held_back").select(["part", "item_id"]).limit(100).execute();
  for (const { part, item_id: id } of rows) {
    const item = itemOf(part);
    if (item)
      await attempt(work.tx, () => item.kind.byId(work, id)).then(
        () => letGo(work.tx, part, [id]),
        () => undefined,
      );
  }
}
