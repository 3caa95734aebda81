import { randomUUID } from "node:crypto";
import { addHours } from "date-fns";
import type { Tx } from "../store/database.js";
import { later } from "../store/later.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { ScheduledStep } from "./schedule.js";

/** The queue holds only what falls due within it; the reconciler brings the rest in time. */
export const HORIZON_HOURS = 1;

export type Item = { kind: string; id: string };

/**
 * Schedules the steps of an item again: steps of older schedules that have not fired never will, and a step that was
 * told about this very moment once is not told about it again. One that repeats goes on with its next turn.
 * @param about the moment that the steps are about, usually a deadline
 */
export async function scheduleSteps(
  work: UnitOfWork,
  item: Item,
  scheduleVersion: number,
  about: Date | undefined,
  steps: readonly ScheduledStep[],
): Promise<void> {
  const notified = await moved(work, item, about);
  const fresh = steps.filter((step) => step.repeats || !notified.has(`${step.step} ${step.to}`));
  await addSteps(
    work,
    fresh.map((step) => ({ item, scheduleVersion, about, step })),
  );
}

/** Ends what has not fired. @returns the steps and audiences that were told about that moment before */
async function moved(work: UnitOfWork, item: Item, about: Date | undefined): Promise<Set<string>> {
  const rows = await work.tx
    .with("ended", (db) =>
      db
        .updateTable("reminder_steps")
        .set({ fired_at: work.now, outcome: "moved" })
        .where("item_kind", "=", item.kind)
        .where("item_id", "=", item.id)
        .where("fired_at", "is", null),
    )
    .selectFrom("reminder_steps")
    .select(["step", "audience"])
    .where("item_kind", "=", item.kind)
    .where("item_id", "=", item.id)
    .where("about", "=", about ?? null)
    .where("outcome", "=", "told")
    .execute();
  return new Set(rows.map(({ step, audience }) => `${step} ${audience}`));
}

export type NewStep = {
  item: Item;
  scheduleVersion: number;
  about?: Date;
  step: Pick<ScheduledStep, "step" | "to" | "at">;
};

export async function addSteps(work: UnitOfWork, steps: readonly NewStep[]): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(({ item, scheduleVersion: ladder, about, step }) => ({
    id: randomUUID(),
    item_kind: item.kind,
    item_id: item.id,
    ladder,
    step: step.step,
    audience: step.to,
    about: about ?? null,
    due_at: step.at,
    fired_at: null,
    held_until: null,
    outcome: null,
  }));
  await later(
    work.tx,
    work.tx
      .insertInto("reminder_steps")
      .values(rows)
      .onConflict((c) => c.columns(["item_kind", "item_id", "ladder", "step", "audience"]).doNothing()),
  );
  const horizon = addHours(work.now, HORIZON_HOURS);
  // One that was there already is looked for in vain, or fires as it would have.
  for (const row of rows)
    if (row.due_at <= horizon) work.queued.push({ job: "remind", id: row.id, dueAt: row.due_at, priority: 0 });
}

/** Steps that should have fired by then: the auditor's figure. */
export async function countOverdue(tx: Tx, by: Date): Promise<number> {
  const row = await tx
    .selectFrom("reminder_steps")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("fired_at", "is", null)
    .where("due_at", "<", by)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export type Reminded = { name: string; at: Date };

/** Who was reminded of an item, and when: the last time for each. */
export async function remindedOf(tx: Tx, item: Item): Promise<Reminded[]> {
  return tx
    .selectFrom("reminder_tellings")
    .innerJoin("reminder_steps", "reminder_steps.id", "reminder_tellings.step_id")
    .innerJoin("persons", "persons.id", "reminder_tellings.person_id")
    .select(({ fn }) => ["persons.name", fn.max<Date>("told_at").as("at")])
    .where("item_kind", "=", item.kind)
    .where("item_id", "=", item.id)
    .groupBy(["persons.id", "persons.name"])
    .orderBy("at")
    .execute();
}
