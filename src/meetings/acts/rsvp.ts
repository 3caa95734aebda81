import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Context } from "../../command/define.js";
import { refuse } from "../../lib/refusal.js";
import type { Person } from "../../people/model.js";
import type { Vote } from "../../store/meeting-tables.js";
import { checkMeeting } from "../find.js";
import type { Invitee, Meeting, Occurrence } from "../model.js";
import * as notifying from "../notify.js";
import { slotsOf } from "../poll-results.js";
import { MEETINGS } from "../store.js";
import { bump, happened } from "./calling.js";
import { writeAnswer } from "./write-rsvp.js";

export type Coming = { answer: "yes" | "maybe" | "no" } | { answer: "deputy"; deputy: Person };

/** @throws Refusal when it is not theirs to answer, or there is nothing to come to */
export function checkAnswers(c: Context, meeting: Meeting, occurrence: Occurrence | undefined): void {
  checkMeeting(c, "answer", meeting);
  if (meeting.state === "polling") refuse((t) => t.errors.stillPolling({ ref: meeting.ref }));
  if (meeting.state === "cancelled" || occurrence?.state === "cancelled")
    refuse((t) => t.errors.meetingCancelled({ ref: occurrence?.ref ?? meeting.ref }));
  if (occurrence?.state === "ended") refuse((t) => t.errors.meetingEnded({ ref: occurrence.ref }));
}

/** @throws Refusal when it is not theirs to vote, or the vote is over */
export function checkVotes(c: Context, meeting: Meeting): void {
  checkMeeting(c, "answer", meeting);
  if (meeting.state !== "polling") refuse((t) => t.errors.pollClosed({ ref: meeting.ref }));
}

/**
 * Says whether one comes: to one occurrence, or to the whole series.
 * @param occurrence absent: to all of them
 */
export async function answer(
  c: Context,
  meeting: Meeting,
  occurrence: Occurrence | undefined,
  coming: Coming,
): Promise<Meeting> {
  checkAnswers(c, meeting, occurrence);
  const { work } = c;
  const own = await seatOf(c, meeting);
  const deputy = coming.answer === "deputy" ? coming.deputy : undefined;
  if (deputy) {
    // RED is for the persons named; another is named by whoever calls the meeting (docs/meetings.md).
    if (meeting.label === "RED") refuse((t) => t.errors.redNoDeputy({ ref: meeting.ref }));
    if (deputy.agencyId !== own.agency.id)
      refuse((t) => t.errors.notOurs({ person: deputy.name, agency: own.agency.name }));
    if (deputy.id === c.person.id) refuse((t) => t.errors.ownDeputy);
  }
  const n = occurrence?.n ?? 0;
  const by = c.person.id;
  await writeAnswer(work, own.id, n, { answer: coming.answer, deputyId: deputy?.id, by });
  // What was said to one occurrence gives way to what is said to all of them.
  if (n === 0) await work.tx.deleteFrom("rsvps").where("invitee_id", "=", own.id).where("n", ">", 0).execute();
  if (deputy) await seatDeputy(c, meeting, deputy, n);
  const changed = await MEETINGS.reload(work, meeting.id);
  await happened(c, changed, "meeting.answered", { answer: coming.answer, n });
  if (deputy) await notifying.invitedLater(work, changed, [deputy]);
  return changed;
}

/** The seat of who answers: their own, that of the person they stand in for, or the agency's where nobody is named. */
async function seatOf(c: Context, meeting: Meeting): Promise<Invitee> {
  const ofAgency = meeting.invitees.filter(({ agency }) => agency.id === c.person.agencyId);
  const stood = new Set(c.viewer.standsInFor?.map(({ id }) => id));
  const own =
    ofAgency.find(({ person }) => person?.id === c.viewer.id) ??
    ofAgency.find(({ person }) => person && stood.has(person.id)) ??
    ofAgency.find(({ person, left }) => !person && !left);
  if (own) return own;
  // A focal point whose agency sends somebody else comes too.
  const id = randomUUID();
  const seat = { id, meeting_id: meeting.id, agency_id: c.person.agencyId, person_id: c.viewer.id || null };
  const made = await c.work.tx
    .insertInto("invitees")
    .values({ ...seat, for_agency: true, added_at: c.work.now })
    // They had one before, and speak for the agency again.
    .onConflict((o) =>
      o.columns(["meeting_id", "agency_id", "person_id"]).doUpdateSet({ for_agency: true, left_at: null }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return { id: made.id, agency: c.person.agency, person: c.person, guest: false, rsvps: new Map() };
}

/** A deputy comes in somebody's place, which is their own answer too. */
async function seatDeputy(c: Context, meeting: Meeting, deputy: Person, n: number): Promise<void> {
  const { work } = c;
  const seat = { meeting_id: meeting.id, agency_id: deputy.agencyId, person_id: deputy.id };
  const row = await work.tx
    .insertInto("invitees")
    .values({ id: randomUUID(), ...seat, guest: n > 0, added_at: work.now })
    .onConflict((o) =>
      o.columns(["meeting_id", "agency_id", "person_id"]).doUpdateSet({
        // Who had a seat for the agency before comes in person now.
        for_agency: sql<boolean>`invitees.for_agency and invitees.left_at is null`,
        left_at: null,
      }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  await writeAnswer(work, row.id, n, { answer: "yes", by: c.person.id });
}

/** @param said by slot number; a slot that is not named is a no */
export async function vote(c: Context, meeting: Meeting, said: ReadonlyMap<number, Vote>): Promise<Meeting> {
  checkVotes(c, meeting);
  const { work } = c;
  const own = await seatOf(c, meeting);
  const by = c.person.id;
  for (const { n } of await slotsOf(work, meeting)) {
    const row = { answer: said.get(n) ?? "no", by, at: work.now } as const;
    await work.tx
      .insertInto("poll_votes")
      .values({ invitee_id: own.id, n, ...row })
      .onConflict((o) => o.columns(["invitee_id", "n"]).doUpdateSet(row))
      .execute();
  }
  const changed = await bump(work, meeting, {}, "quietly");
  await happened(c, changed, "meeting.voted", { yes: [...said.values()].filter((one) => one === "yes").length });
  return changed;
}
