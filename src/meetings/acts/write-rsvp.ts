import type { RsvpAnswer } from "../../store/meeting-tables.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";

type Said = { answer: RsvpAnswer; deputyId?: string; by: string };

/** Writes the answer of a place, over the one before. @param n the occurrence; 0: the series */
export async function writeAnswer(work: UnitOfWork, inviteeId: string, n: number, said: Said): Promise<void> {
  const row = rowOf(work, said);
  await work.tx
    .insertInto("rsvps")
    .values({ invitee_id: inviteeId, n, ...row })
    .onConflict((o) => o.columns(["invitee_id", "n"]).doUpdateSet(row))
    .execute();
}

/** The same, unless the place has answered already. */
export async function presumeAnswer(work: UnitOfWork, inviteeId: string, n: number, said: Said): Promise<void> {
  await work.tx
    .insertInto("rsvps")
    .values({ invitee_id: inviteeId, n, ...rowOf(work, said) })
    .onConflict((o) => o.columns(["invitee_id", "n"]).doNothing())
    .execute();
}

const rowOf = (work: UnitOfWork, { answer, deputyId, by }: Said) => ({
  answer,
  deputy_id: deputyId ?? null,
  by,
  at: work.now,
});
