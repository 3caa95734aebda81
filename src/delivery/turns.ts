import { randomUUID } from "node:crypto";
import { addHours, addSeconds, max } from "date-fns";
import type { Remindable } from "../escalation/fire.js";
import { HORIZON_HOURS } from "../escalation/store.js";
import { later } from "../store/later.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { refreshCards } from "./outbox.js";

/** A card that the clock alone makes untrue turns at its moment, as a step of the engine that keeps every deadline. */

const CARD = "card";

/** One step a card, moved with what the card shows. @param until what it shows is true until then; absent: for ever */
export async function scheduleTurn(work: UnitOfWork, card: { id: string }, until: Date | undefined): Promise<void> {
  if (!until) {
    await work.tx
      .deleteFrom("reminder_steps")
      .where("item_kind", "=", CARD)
      .where("item_id", "=", card.id)
      .where("fired_at", "is", null)
      .execute();
    return;
  }
  // Drawn some milliseconds early it would be true until this very moment.
  const dueAt = max([until, addSeconds(work.now, 1)]);
  const id = randomUUID();
  const step = work.tx
    .insertInto("reminder_steps")
    .values({
      id,
      item_kind: CARD,
      item_id: card.id,
      ladder: 0,
      step: "turn",
      audience: "clock",
      about: null,
      due_at: dueAt,
      fired_at: null,
      held_until: null,
      outcome: null,
    })
    .onConflict((c) =>
      c
        .columns(["item_kind", "item_id", "ladder", "step", "audience"])
        .doUpdateSet({ due_at: dueAt, fired_at: null, held_until: null, outcome: null }),
    );
  await later(work.tx, step);
  if (dueAt <= addHours(work.now, HORIZON_HOURS)) work.queued.push({ job: "remind", id, dueAt, priority: 0 });
}

export const cardTurns: Remindable = {
  kind: CARD,
  async fire(work, steps) {
    await refreshCards(
      work,
      steps.map(({ item }) => item.id),
    );
    return steps.map(() => ({ notified: [], lifeSafety: false, outcome: "done" }));
  },
};
