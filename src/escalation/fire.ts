import { addMilliseconds, addMinutes, differenceInMinutes } from "date-fns";
import { type Selectable, sql } from "kysely";
import { z } from "zod";
import type { Action, Button, ListItem } from "../chat/index.js";
import type { Notification, Reader } from "../delivery/notification.js";
import { type Notifying, notifyAll, PRIORITY } from "../delivery/outbox.js";
import type { Messages } from "../i18n/index.js";
import { groupBy } from "../lib/group.js";
import type { Log } from "../lib/log.js";
import { deputies } from "../people/store.js";
import type { ReminderStepRow } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Audience } from "./schedule.js";

export type Step = {
  id: string;
  item: { kind: string; id: string };
  step: string;
  to: Audience;
  scheduleVersion: number;
  dueAt: Date;
};

/** What became of a step, kept on its row. `held`: it could not be fired now and is tried again. */
export type Fired = {
  notified: readonly string[];
  lifeSafety: boolean;
  /** The persons named alone, whoever is away (TLP:RED). */
  sealed?: boolean;
  outcome: "told" | "moved" | "closed" | "nobody" | "done";
};

/** Nobody is told of it. */
export const silent = (outcome: Fired["outcome"]): Fired => ({ notified: [], lifeSafety: false, outcome });

/**
 * What a kind of item does when steps of it fire: it reads the items again and says who hears of them.
 * Steps come in batches, so that ten thousand at nine o'clock are a few dozen transactions.
 */
export type Remindable = {
  kind: string;
  /** @returns one result a step, in their order */
  fire: (work: UnitOfWork, steps: readonly Step[]) => Promise<readonly Fired[]>;
  /**
   * What is said of steps that told somebody, one line an item, from what is true when the message is sent; nothing for
   * an item that needs nobody any more or that this reader may not see. Absent: its steps tell nobody by themselves.
   */
  draw?: (work: UnitOfWork, steps: readonly NotifiedStep[], reader: Reader) => Promise<readonly ReminderLine[]>;
  /** What an item is called once nothing is asked of it; nothing where this reader may not know of it. */
  named?: (work: UnitOfWork, itemId: string, reader: Reader) => Promise<string | undefined>;
};

/** A step that was told to somebody. */
export type NotifiedStep = { itemId: string; step: string; audience: string; about?: Date };

/** What each noun calls its own steps, in its words under `reminders.about`; any other only comes up. */
export type Subject = keyof Messages["reminders"]["about"] | "coming";

export type ReminderLine = {
  item: string;
  /** What it is about, for the heading where it stands alone. */
  kind: Subject;
  line: ListItem;
  /** The next steps, shown where the message is about this item alone. */
  actions: readonly Action[];
  /** The most useful of them, shown beside the line where it stands among others. Absent: the first two buttons. */
  quick?: readonly Button[];
  /** The item whose change refreshes it: the item itself where absent. */
  of?: string;
};

/** Late by so much, a reminder says so: everything was down, or the clock was moved. */
export const LATE_MINUTES = 5;
/** Reminders to one person that fall this close together become one message. */
const GATHER_MS = 3_000;
export const BATCH = 1_000;
/** A step that cannot be fired (its item cannot be read) waits so long and does not hold up the others. */
const HOLD_MINUTES = 5;

export type BundleNotification = Notification<{ person: string; bundle: string }>;
type InWork = <T>(act: (work: UnitOfWork) => Promise<T>) => Promise<T>;

export type FireParts = {
  inWork: InWork;
  kinds: ReadonlyMap<string, Remindable>;
  bundle: BundleNotification;
  log: Log;
  /** Told the lateness of each step, in seconds. */
  observe?: (seconds: number) => void;
};

/**
 * Fires everything that is due in one body, each step once: a batch is taken, marked and all that follows from it
 * written in one transaction. Two processes share the work, since each skips what the other holds; so do two batches
 * of one process, where there is more than one: while one waits for the database the other is worked out.
 */
export async function fireDue(parts: FireParts): Promise<number> {
  const first = await fireNext(parts);
  const rest = first < BATCH ? [] : await Promise.all([drain(parts), drain(parts)]);
  // The clock here may be a little behind the one that scheduled the step.
  await parts.inWork((work) => enqueueNext(work));
  return rest.reduce((sum, count) => sum + count, first);
}

async function drain(parts: FireParts): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await fireNext(parts);
    total += count;
    if (count < BATCH) return total;
  }
}

async function fireNext(parts: FireParts): Promise<number> {
  const count = await parts
    .inWork((work) => fireBatch(work, parts, BATCH))
    .catch((error) => {
      parts.log.error("reminders.batch", error);
      return undefined;
    });
  return count ?? oneByOne(parts);
}

/** A batch that failed is gone through step by step; the one that fails is held back and does not fail the rest again. */
async function oneByOne(parts: FireParts): Promise<number> {
  for (let fired = 0; ; fired++) {
    let id: string | undefined;
    try {
      const count = await parts.inWork(async (work) => {
        id = (await take(work, 1))[0]?.id;
        return id ? fireBatch(work, parts, 1) : 0;
      });
      if (count === 0 || fired >= BATCH) return fired;
    } catch (error) {
      parts.log.error("reminders.step", error);
      if (!id) throw error;
      const held = id;
      await parts.inWork((work) =>
        work.tx
          .updateTable("reminder_steps")
          .set({ held_until: addMinutes(work.now, HOLD_MINUTES) })
          .where("id", "=", held)
          .execute(),
      );
    }
  }
}

async function fireBatch(work: UnitOfWork, { kinds, bundle, observe }: FireParts, limit: number): Promise<number> {
  const rows = await take(work, limit);
  if (rows.length === 0) return 0;
  const results = new Map<string, Fired>();
  for (const [kind, steps] of groupBy(rows.map(stepOf), (step) => step.item.kind)) {
    const remindable = kinds.get(kind);
    if (!remindable) throw new Error(`nothing reminds of a ${kind}`);
    const fired = await remindable.fire(work, steps);
    for (const [index, step] of steps.entries()) {
      const result = fired[index];
      if (!result) throw new Error(`a ${kind} left a step unanswered`);
      results.set(step.id, result);
    }
  }
  for (const [outcome, ids] of groupBy(
    rows.map((row) => row.id),
    (id) => results.get(id)?.outcome ?? "done",
  ))
    await work.tx
      .updateTable("reminder_steps")
      .set({ fired_at: work.now, outcome, held_until: null })
      .where("id", "in", ids)
      .execute();
  await notifyOf(work, rows, results, bundle);
  for (const row of rows) observe?.(Math.max(0, (work.now.getTime() - row.due_at.getTime()) / 1_000));
  return rows.length;
}

/** What falls due in the next seconds gets its job now: the one that came for it may have come too early. */
async function enqueueNext(work: UnitOfWork): Promise<void> {
  const row = await work.tx
    .selectFrom("reminder_steps")
    .select(["id", "due_at"])
    .where("fired_at", "is", null)
    .where("due_at", ">", work.now)
    .where("due_at", "<=", addMilliseconds(work.now, 5_000))
    .orderBy("due_at")
    .limit(1)
    .executeTakeFirst();
  // A second later: the key of its own second may be that of the job that runs now.
  if (row) work.queued.push({ job: "remind", id: row.id, dueAt: addMilliseconds(row.due_at, 1_000), priority: 0 });
}

function take(work: UnitOfWork, limit: number): Promise<Selectable<ReminderStepRow>[]> {
  return work.tx
    .selectFrom("reminder_steps")
    .selectAll()
    .where("fired_at", "is", null)
    .where("due_at", "<=", addMilliseconds(work.now, 50))
    .where((eb) => eb.or([eb("held_until", "is", null), eb("held_until", "<=", work.now)]))
    .orderBy("due_at")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

type Notified = { step: Selectable<ReminderStepRow>; personId: string; lifeSafety: boolean };

async function notifyOf(
  work: UnitOfWork,
  rows: readonly Selectable<ReminderStepRow>[],
  results: ReadonlyMap<string, Fired>,
  notification: BundleNotification,
): Promise<void> {
  const standIns = await deputies(work.tx, work.now);
  const notified: Notified[] = rows.flatMap((step) => {
    const result = results.get(step.id);
    const readers = new Set(result?.notified.map((id) => (result.sealed ? id : (standIns.get(id) ?? id))));
    return [...readers].map((personId) => ({ step, personId, lifeSafety: result?.lifeSafety ?? false }));
  });
  if (notified.length === 0) return;
  // Batches of one body come one after the other here, so that a person has one bundle that waits, not one a process.
  await sql`select pg_advisory_xact_lock(hashtext(${`bundles ${work.body.id}`}))`.execute(work.tx);
  const byPerson = groupBy(notified, ({ personId }) => personId);
  const waiting = await bundlesThatWait(work, [...byPerson.keys()], notification);
  const notifyings: Notifying<{ person: string; bundle: string }>[] = [];
  const records = [];
  for (const [personId, own] of byPerson) {
    const [first] = own;
    if (!first) continue;
    const lifeSafety = own.some((one) => one.lifeSafety);
    // What waits may be in line behind a platform's limits for long: life-safety takes no place in it.
    const joined = lifeSafety ? undefined : waiting.get(personId);
    const bundle = joined ?? first.step.id;
    for (const { step } of own) records.push({ step_id: step.id, person_id: personId, bundle, told_at: work.now });
    if (joined) continue;
    notifyings.push({
      notification,
      params: { person: personId, bundle },
      to: { personId },
      dedupe: `remind ${bundle} ${personId}`,
      priority: lifeSafety ? PRIORITY.lifeSafety : PRIORITY.normal,
      dueAt: lifeSafety ? work.now : addMilliseconds(work.now, GATHER_MS),
    });
  }
  await work.tx
    .insertInto("reminder_tellings")
    .values(records)
    .onConflict((c) => c.columns(["step_id", "person_id"]).doNothing())
    .execute();
  await notifyAll(work, notifyings);
}

/** A bundle that still waits takes more; one that is being sent, or stands there and is only refreshed, does not. */
async function bundlesThatWait(
  work: UnitOfWork,
  personIds: string[],
  notification: BundleNotification,
): Promise<Map<string, string>> {
  const rows = await work.tx
    .selectFrom("outbox")
    .select(["person_id", "params"])
    .where("person_id", "in", personIds)
    .where("notice", "=", notification.id)
    .where("card_id", "is", null)
    .where("state", "=", "pending")
    .where("attempts", "=", 0)
    .where("due_at", ">", work.now)
    .forUpdate()
    .skipLocked()
    .execute();
  return new Map(
    rows.flatMap(({ person_id, params }) =>
      person_id && typeof params.bundle === "string" ? [[person_id, params.bundle]] : [],
    ),
  );
}

const stepOf = (row: Selectable<ReminderStepRow>): Step => ({
  id: row.id,
  item: { kind: row.item_kind, id: row.item_id },
  step: row.step,
  to: row.audience as Audience,
  scheduleVersion: row.ladder,
  dueAt: row.due_at,
});

/** Whether a step came so late that the reader should know. */
export const cameLate = (step: { dueAt: Date; firedAt: Date }): boolean =>
  differenceInMinutes(step.firedAt, step.dueAt) >= LATE_MINUTES;

export const bundleSchema = z.object({ person: z.string(), bundle: z.string() });
