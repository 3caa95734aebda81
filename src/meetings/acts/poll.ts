import { addDays } from "date-fns";
import { record } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import type { Person } from "../../people/model.js";
import { agencyCalendar, bodyCalendar, personCalendar } from "../../people/model.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { schedulePoll } from "../escalation.js";
import { itemOf, type LocalIso, type Meeting } from "../model.js";
import * as notifying from "../notify.js";
import { bestOf, type PollResult, pollResultsOf, votesOf } from "../poll-results.js";
import { toLocalTime } from "../recurrence.js";
import { proposeSlots } from "../slots.js";
import { refreshPolls } from "../taken.js";
import { bump, callOff, extend } from "./calling.js";
import { presumeAnswer } from "./write-rsvp.js";

/** @param n the slot; absent: the one that fits best */
export async function slotPicked(c: Context, meeting: Meeting, n?: number): Promise<PollResult> {
  if (meeting.state !== "polling") refuse((t) => t.errors.pollClosed({ ref: meeting.ref }));
  const tallies = await pollResultsOf(c.work, meeting, c.viewer);
  const picked = n === undefined ? bestOf(tallies) : tallies.find((slot) => slot.n === n);
  if (!picked) return refuse((t) => t.errors.noSlot({ ref: meeting.ref, slots: tallies.length }));
  if (picked.startsAt <= c.work.now) refuse((t) => t.errors.slotPast({ ref: meeting.ref }));
  return picked;
}

/** Calls the meeting for the slot that was picked; whoever said that it fits comes. */
export const closePoll = (c: Context, meeting: Meeting, picked: PollResult): Promise<Meeting> =>
  pick(c.work, meeting, picked, c.onBehalf?.by ?? c.person);

/** The time to vote is over. A poll in which nobody can at any time, or whose dates have passed, stays with its organizer. */
export async function closeByClock(work: UnitOfWork, meeting: Meeting): Promise<void> {
  const tallies = (await pollResultsOf(work, meeting)).filter(({ startsAt }) => startsAt > work.now);
  const can = tallies.filter(({ yes, maybe }) => yes.length + maybe.length > 0);
  const best = bestOf(can);
  if (best && best.yes.length + best.maybe.length > 0) {
    await pick(work, meeting, best);
    return;
  }
  if (tallies.length === 0) return lapse(work, meeting);
  const changed = await bump(work, meeting, { poll_until: null }, "quietly");
  // Asked once; with its last date it is over.
  await schedulePoll(work, changed);
  await record(work, { action: "meeting.poll_empty", item: itemOf(changed) });
  await refresh(work, itemOf(changed));
  await notifying.toOfficers(work, changed, "pollEmpty");
}

/** No date is left that could be picked. */
export async function lapse(work: UnitOfWork, meeting: Meeting): Promise<void> {
  const { changed } = await callOff(work, meeting);
  await record(work, { action: "meeting.poll_lapsed", item: itemOf(changed) });
  await refresh(work, itemOf(changed));
  await notifying.toOfficers(work, changed, "pollLapsed");
}

async function pick(work: UnitOfWork, meeting: Meeting, slot: PollResult, by?: Person): Promise<Meeting> {
  const changed = await bump(work, meeting, { state: "scheduled", starts: slot.local, poll_until: null });
  await schedulePoll(work, changed);
  const fits = (await votesOf(work, meeting)).filter(({ n, answer }) => n === slot.n && answer === "yes");
  for (const { inviteeId } of fits)
    await presumeAnswer(work, inviteeId, 0, { answer: "yes", by: meeting.organizer.id });
  await extend(work, changed);
  await record(work, {
    action: "meeting.poll_closed",
    actorId: by?.id,
    item: itemOf(changed),
    detail: { slot: slot.n, wall: slot.local, can: slot.yes.length + slot.maybe.length },
  });
  await refresh(work, itemOf(changed));
  await refreshPolls(work);
  await notifying.toInvited(work, changed, "pollClosed", by);
  return changed;
}

/** Days from now on in which slots are looked for: from the day after the poll has closed. */
const SEARCH_DAYS = 28;

/** Slots that fit the working time, holidays, leave and other meetings of those asked. */
export async function proposedSlots(
  work: UnitOfWork,
  people: readonly Person[],
  minutes: number,
  until: Date,
  count: number,
): Promise<LocalIso[]> {
  const { body } = work;
  const year = until.getUTCFullYear();
  const busy = await busyOf(work, people);
  const invitees = people.map((person) => ({
    id: person.id,
    agencyId: person.agencyId,
    calendar: safeCalendar(person, year),
    busy: busy.get(person.id) ?? [],
  }));
  const slots = proposeSlots(invitees, {
    minutes,
    from: addDays(until, 1),
    until: addDays(until, SEARCH_DAYS),
    zone: body.zone,
    count,
    calendar: bodyCalendar(body, year),
  });
  return slots.map(({ at }) => toLocalTime(at, body.zone));
}

/** Somebody who works on none of the agency's days is asked in the agency's hours. */
function safeCalendar(person: Person, year: number) {
  try {
    return personCalendar(person, year);
  } catch {
    return agencyCalendar(person.agency, year);
  }
}

async function busyOf(work: UnitOfWork, people: readonly Person[]): Promise<Map<string, { from: Date; to: Date }[]>> {
  const ids = people.map(({ id }) => id);
  const busy = new Map<string, { from: Date; to: Date }[]>();
  if (ids.length === 0) return busy;
  const add = (id: string, from: Date, to: Date) => busy.set(id, [...(busy.get(id) ?? []), { from, to }]);
  const absences = await work.tx
    .selectFrom("absences")
    .select(["person_id", "from_at", "until_at"])
    .where("person_id", "in", ids)
    .where("until_at", ">", work.now)
    .execute();
  for (const row of absences) add(row.person_id, row.from_at, row.until_at);
  const held = await work.tx
    .selectFrom("occurrences")
    .innerJoin("invitees", "invitees.meeting_id", "occurrences.meeting_id")
    .select(["invitees.person_id", "starts_at", "ends_at"])
    .where("invitees.person_id", "in", ids)
    .where("invitees.guest", "=", false)
    .where("invitees.left_at", "is", null)
    .where("occurrences.state", "=", "scheduled")
    .where("ends_at", ">", work.now)
    .execute();
  // No hour that another meeting of the body has, whoever is asked to that; of a RED one nothing is told, not even so.
  const ofBody = await work.tx
    .selectFrom("occurrences")
    .innerJoin("meetings", "meetings.id", "occurrences.meeting_id")
    .select(["occurrences.starts_at", "occurrences.ends_at"])
    .where("meetings.label", "!=", "RED")
    .where("occurrences.state", "=", "scheduled")
    .where("occurrences.ends_at", ">", work.now)
    .execute();
  for (const row of ofBody) for (const id of ids) add(id, row.starts_at, row.ends_at);
  for (const row of held) if (row.person_id) add(row.person_id, row.starts_at, row.ends_at);
  return busy;
}
