import { PRIORITY, tell, tellAll } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { agenciesOf, deputies, desk } from "../people/store.js";
import { sightOfMeeting } from "../policy/index.js";
import type { Work } from "../work.js";
import { invitedTo, type Meeting, type Occurrence, officersOf, rsvpTo, takesPart } from "./model.js";
import { type MeetingNewsKind, meetingCard, meetingNews, meetingPack, meetingResult } from "./notices.js";

/** Who hears of what. Cards are kept true for everybody; a message comes only to those who must know or act. */

export const invited = (work: Work, meeting: Meeting): Promise<void> =>
  invitedLater(work, meeting, [...people(meeting), ...officersOf(meeting)]);

export async function invitedLater(work: Work, meeting: Meeting, persons: readonly Person[]): Promise<void> {
  await tellAll(
    work,
    (await readers(work, meeting, persons)).map((personId) => ({
      notice: meetingCard,
      params: { meeting: meeting.id },
      to: { personId },
      onBehalfOf: meeting.organizer.id,
      dedupe: `meeting ${meeting.id} ${personId}`,
      priority: PRIORITY.normal,
    })),
  );
}

/** To everybody who is asked; of one occurrence, to those who are asked to it and have not said no. */
export async function toInvited(
  work: Work,
  meeting: Meeting,
  kind: MeetingNewsKind,
  by?: Person,
  occurrence?: Occurrence,
): Promise<void> {
  const asked = occurrence ? invitedTo(meeting, occurrence.n) : meeting.invitees.filter(({ guest }) => !guest);
  const persons = asked.flatMap(({ person }) => (person ? [person] : []));
  await news(work, meeting, kind, [...persons, ...officersOf(meeting)], by, occurrence);
}

export const toOfficers = async (
  work: Work,
  meeting: Meeting,
  kind: MeetingNewsKind,
  by?: Person,
  occurrence?: Occurrence,
): Promise<void> => news(work, meeting, kind, await officersHere(work, meeting), by, occurrence);

/** Who runs it; where they have left, the desk, unless it is RED. */
export async function officersHere(work: Work, meeting: Meeting): Promise<Person[]> {
  const here = officersOf(meeting).filter(takesPart);
  return here.length || meeting.label === "RED" ? here : desk(work.tx);
}

export async function news(
  work: Work,
  meeting: Meeting,
  kind: MeetingNewsKind,
  persons: readonly Person[],
  by?: Person,
  occurrence?: Occurrence,
): Promise<void> {
  const params = { meeting: meeting.id, occurrence: occurrence?.id, kind, by: by?.id };
  await tellAll(
    work,
    (await readers(work, meeting, persons))
      .filter((id) => id !== by?.id)
      .map((personId) => ({
        notice: meetingNews,
        params,
        to: { personId },
        onBehalfOf: by?.id,
        dedupe: `meeting news ${meeting.id} ${occurrence?.n ?? 0} ${meeting.version} ${occurrence?.version ?? 0} ${kind} ${personId}`,
      })),
  );
}

/** The pre-meeting digest, a working day before, to whoever has not said no (DESIGN 6). */
export async function pack(work: Work, meeting: Meeting, occurrence: Occurrence): Promise<void> {
  const coming = invitedTo(meeting, occurrence.n).filter((one) => rsvpTo(one, occurrence.n)?.answer !== "no");
  const persons = [...coming.flatMap(({ person }) => (person ? [person] : [])), ...officersOf(meeting)];
  await tellAll(
    work,
    (await readers(work, meeting, persons)).map((personId) => ({
      notice: meetingPack,
      params: { occurrence: occurrence.id },
      to: { personId },
      dedupe: `pack ${occurrence.id} ${occurrence.wall} ${personId}`,
    })),
  );
}

/**
 * The post-meeting digest: to those asked, and of a meeting that is not RED to the channels of the agencies that were,
 * and of the secretariat.
 */
export async function result(work: Work, meeting: Meeting, occurrence: Occurrence): Promise<void> {
  const persons = [...people(meeting), ...officersOf(meeting)];
  for (const personId of await readers(work, meeting, persons))
    await tell(work, {
      notice: meetingResult,
      params: { occurrence: occurrence.id },
      to: { personId },
      dedupe: `result ${occurrence.id} ${personId}`,
    });
  for (const agency of await agenciesOf(work.tx)) {
    const reader = { id: "", agencyId: agency.id, roles: ["staff"] as const };
    if (agency.channel && sightOfMeeting(reader, meeting.subject) !== "none")
      await tell(work, {
        notice: meetingResult,
        params: { occurrence: occurrence.id },
        to: { place: agency.channel },
        dedupe: `result ${occurrence.id} channel ${agency.id}`,
      });
  }
}

const people = (meeting: Meeting): Person[] =>
  meeting.invitees.flatMap(({ person, guest }) => (person && !guest ? [person] : []));

/** With those who stand in for who is away: they come instead. A RED meeting passes to no deputy. */
async function readers(work: Work, meeting: Meeting, persons: readonly Person[]): Promise<string[]> {
  const ids = idsOf(persons);
  if (meeting.label === "RED") return ids;
  const standIns = await deputies(work.tx, work.now);
  return [...new Set(ids.flatMap((id) => [id, standIns.get(id) ?? id]))];
}

/** Each once, and nobody who has left. */
const idsOf = (persons: readonly Person[]): string[] => [...new Set(persons.filter(takesPart).map(({ id }) => id))];
