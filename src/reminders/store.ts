import { randomUUID } from "node:crypto";
import { addHours } from "date-fns";
import type { Work } from "../work.js";
import type { Rung } from "./ladder.js";

/** The queue holds only what falls due within it; the reconciler brings the rest in time. */
export const HORIZON_HOURS = 1;

export type Item = { kind: string; id: string };

/** Lays the ladder of an item anew: steps of older ladders that have not fired never will. */
export async function lay(work: Work, item: Item, ladder: number, rungs: readonly Rung[]): Promise<void> {
  await work.tx
    .updateTable("reminder_steps")
    .set({ fired_at: work.now, outcome: "moved" })
    .where("item_kind", "=", item.kind)
    .where("item_id", "=", item.id)
    .where("fired_at", "is", null)
    .execute();
  for (const rung of rungs) await addStep(work, item, ladder, rung);
}

export async function addStep(
  work: Work,
  item: Item,
  ladder: number,
  rung: Pick<Rung, "step" | "to" | "at">,
): Promise<void> {
  const row = await work.tx
    .insertInto("reminder_steps")
    .values({
      id: randomUUID(),
      item_kind: item.kind,
      item_id: item.id,
      ladder,
      step: rung.step,
      audience: rung.to,
      due_at: rung.at,
      fired_at: null,
      outcome: null,
    })
    .onConflict((c) => c.columns(["item_kind", "item_id", "ladder", "step", "audience"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (row && rung.at <= addHours(work.now, HORIZON_HOURS))
    work.queued.push({ job: "remind", id: row.id, dueAt: rung.at, priority: 0 });
}
