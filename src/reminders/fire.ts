import { addMilliseconds, differenceInMinutes } from "date-fns";
import type { Selectable } from "kysely";
import { z } from "zod";
import type { Notice } from "../delivery/notice.js";
import { PRIORITY, tell } from "../delivery/outbox.js";
import { standIn } from "../people/store.js";
import type { ReminderStepRow } from "../store/schema.js";
import type { Work } from "../work.js";
import type { Audience } from "./ladder.js";

export type Step = {
  id: string;
  item: { kind: string; id: string };
  step: string;
  to: Audience;
  ladder: number;
  dueAt: Date;
};

/** What a kind of item does when a step of it fires: it reads the item again and says who hears of it. */
export type Remindable = {
  kind: string;
  /** @returns who is told; nobody when the item is closed, moved or has changed hands since */
  fire: (
    work: Work,
    step: Step,
  ) => Promise<{ told: string[]; lifeSafety: boolean; outcome: "told" | "moved" | "closed" | "nobody" }>;
};

/** Late by so much, a reminder says so: everything was down, or the clock was moved. */
export const LATE_MINUTES = 5;
/** Reminders to one person that fall this close together become one message. */
const GATHER_MS = 3_000;

/**
 * Fires one step, once: the row is taken and everything that follows from it is written in one transaction.
 * @returns the moment it was due, or nothing when it has fired already
 */
export async function fire(
  work: Work,
  id: string,
  kinds: ReadonlyMap<string, Remindable>,
  bundleNotice: Notice<{ person: string; bundle: string }>,
): Promise<Date | undefined> {
  const row = await work.tx
    .updateTable("reminder_steps")
    .set({ fired_at: work.now })
    .where("id", "=", id)
    .where("fired_at", "is", null)
    .where("due_at", "<=", addMilliseconds(work.now, 50))
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  const kind = kinds.get(row.item_kind);
  if (!kind) throw new Error(`nothing reminds of a ${row.item_kind}`);
  const { told, lifeSafety, outcome } = await kind.fire(work, stepOf(row));
  await work.tx.updateTable("reminder_steps").set({ outcome }).where("id", "=", id).execute();
  const dueAt = lifeSafety ? work.now : addMilliseconds(work.now, GATHER_MS);
  for (const personId of new Set(told)) {
    const reader = row.audience === "own" && !lifeSafety ? personId : await standIn(work.tx, personId, work.now);
    await remindOne(work, row.id, reader, dueAt, lifeSafety, bundleNotice);
  }
  return row.due_at;
}

async function remindOne(
  work: Work,
  stepId: string,
  personId: string,
  dueAt: Date,
  lifeSafety: boolean,
  bundleNotice: Notice<{ person: string; bundle: string }>,
): Promise<void> {
  // A bundle that waits still takes more; one that is being sent does not.
  const waiting = await work.tx
    .selectFrom("outbox")
    .select("params")
    .where("person_id", "=", personId)
    .where("notice", "=", bundleNotice.id)
    .where("state", "=", "pending")
    .where("attempts", "=", 0)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  const bundle = typeof waiting?.params.bundle === "string" ? waiting.params.bundle : stepId;
  await work.tx
    .insertInto("reminder_tellings")
    .values({ step_id: stepId, person_id: personId, bundle, told_at: work.now })
    .onConflict((c) => c.columns(["step_id", "person_id"]).doNothing())
    .execute();
  if (waiting) return;
  await tell(work, {
    notice: bundleNotice,
    params: { person: personId, bundle },
    to: { personId },
    dedupe: `remind ${bundle} ${personId}`,
    priority: lifeSafety ? PRIORITY.lifeSafety : PRIORITY.normal,
    dueAt,
  });
}

const stepOf = (row: Selectable<ReminderStepRow>): Step => ({
  id: row.id,
  item: { kind: row.item_kind, id: row.item_id },
  step: row.step,
  to: row.audience as Audience,
  ladder: row.ladder,
  dueAt: row.due_at,
});

/** Whether a step came so late that the reader should know. */
export const cameLate = (step: { dueAt: Date; firedAt: Date }): boolean =>
  differenceInMinutes(step.firedAt, step.dueAt) >= LATE_MINUTES;

export const bundleSchema = z.object({ person: z.string(), bundle: z.string() });
