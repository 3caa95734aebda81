import type { Viewer } from "../policy/index.js";
import type { Vote } from "../store/meeting-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Invitee, type LocalIso, type Meeting, takesPart } from "./model.js";
import { type Taken, takenBy } from "./taken.js";

/** What an open poll says so far. */

export type PollSlot = { n: number; local: LocalIso; startsAt: Date };

/** What a slot got: by agency, since an agency comes if one of its people can. */
export type PollResult = PollSlot & { yes: string[]; maybe: string[]; no: string[]; heads: number; taken?: Taken };

export async function slotsOf(work: UnitOfWork, meeting: Pick<Meeting, "id">): Promise<PollSlot[]> {
  const rows = await work.tx
    .selectFrom("poll_slots")
    .selectAll()
    .where("meeting_id", "=", meeting.id)
    .orderBy("n")
    .execute();
  return rows.map(({ n, wall, starts_at }) => ({ n, local: wall, startsAt: starts_at }));
}

export type Voted = { inviteeId: string; n: number; answer: Vote };

export async function votesOf(work: UnitOfWork, meeting: Meeting): Promise<Voted[]> {
  const ids = meeting.invitees.map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await work.tx.selectFrom("poll_votes").selectAll().where("invitee_id", "in", ids).execute();
  return rows.map(({ invitee_id, n, answer }) => ({ inviteeId: invitee_id, n, answer }));
}

/**
 * The slots with what they got, by date; agency names in each, and whether another meeting has the hour by now.
 * @param viewer who reads which meeting that is
 */
export async function pollResultsOf(work: UnitOfWork, meeting: Meeting, viewer?: Viewer): Promise<PollResult[]> {
  const votes = await votesOf(work, meeting);
  const slots = await slotsOf(work, meeting);
  const counting = votesCounting(meeting, votes);
  const starts = slots.map(({ startsAt }) => startsAt);
  const taken = await takenBy(work, starts, meeting.minutes, { viewer, but: meeting.id });
  return slots.map((slot, index) => {
    const best = new Map<string, Vote>();
    let heads = 0;
    for (const { inviteeId, n, answer } of votes) {
      const agency = n === slot.n && counting.get(inviteeId);
      if (!agency) continue;
      if (answer !== "no") heads++;
      if (RANK[answer] > RANK[best.get(agency) ?? "none"]) best.set(agency, answer);
    }
    const said = (answer: Vote) => [...best].filter(([, one]) => one === answer).map(([agency]) => agency);
    return { ...slot, yes: said("yes"), maybe: said("maybe"), no: said("no"), heads, taken: taken[index] };
  });
}

/** The agency of each seat whose vote counts: a vote is the agency's until somebody who speaks for it now votes anew. */
function votesCounting(meeting: Meeting, votes: readonly Voted[]): Map<string, string> {
  const voted = new Set(votes.map(({ inviteeId }) => inviteeId));
  const seats = meeting.invitees.filter(({ id }) => voted.has(id));
  const anew = new Set(seats.filter(({ left }) => !left).map(({ agency }) => agency.id));
  return new Map(
    seats.filter(({ left, agency }) => !left || !anew.has(agency.id)).map(({ id, agency }) => [id, agency.name]),
  );
}

const RANK = { none: 0, no: 1, maybe: 2, yes: 3 } as const;

/** One whose hour is free, then most agencies that can, then most for whom it fits well, then most heads, then the earliest. */
export const bestOf = (tallies: readonly PollResult[]): PollResult | undefined =>
  [...tallies].sort(
    (a, b) =>
      Number(a.taken?.open ?? false) - Number(b.taken?.open ?? false) ||
      b.yes.length + b.maybe.length - (a.yes.length + a.maybe.length) ||
      b.yes.length - a.yes.length ||
      b.heads - a.heads ||
      a.startsAt.getTime() - b.startsAt.getTime(),
  )[0];

/** The seats of agencies that were asked and of which nobody has voted. */
export const notVoted = async (work: UnitOfWork, meeting: Meeting): Promise<Invitee[]> =>
  (await silentIn(work, [meeting]))(meeting);

/** The same of several polls, in one statement. */
export async function silentIn(
  work: UnitOfWork,
  meetings: readonly Meeting[],
): Promise<(meeting: Meeting) => Invitee[]> {
  const ids = meetings.flatMap(({ invitees }) => invitees.map(({ id }) => id));
  const rows = ids.length
    ? await work.tx.selectFrom("poll_votes").select("invitee_id").distinct().where("invitee_id", "in", ids).execute()
    : [];
  const voted = new Set(rows.map(({ invitee_id }) => invitee_id));
  return (meeting) => silentOf(meeting, voted);
}

function silentOf(meeting: Meeting, voted: ReadonlySet<string>): Invitee[] {
  // One voice an agency is enough: nobody is asked for what a colleague has answered.
  const agencies = new Set(meeting.invitees.filter(({ id }) => voted.has(id)).map(({ agency }) => agency.id));
  const { spokenFor } = meeting.subject;
  return meeting.invitees.filter(
    ({ agency, person, left }) =>
      !left && !agencies.has(agency.id) && (person ? takesPart(person) : spokenFor?.has(agency.id)),
  );
}
