import { notify, notifyAll, PRIORITY } from "../delivery/outbox.js";
import type { Person } from "../people/model.js";
import { agenciesOf, coordinatorsOf, deputies } from "../people/store.js";
import { sightOfMeeting } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { voicesOf } from "./invited.js";
import { type Invitee, invitedTo, type Meeting, type Occurrence, officersOf, rsvpTo, takesPart } from "./model.js";
import {
  type MeetingNotificationKind,
  meetingCard,
  meetingNotification,
  meetingPack,
  meetingResult,
} from "./notifications.js";

/** Who hears of what. Cards are kept true for everybody; a message comes only to those who must know or act. */

export const invited = (work: UnitOfWork, meeting: Meeting): Promise<void> =>
  invitedLater(work, meeting, officersOf(meeting), asked(meeting));

/** @param seats through which others are asked, whoever that is */
export async function invitedLater(
  work: UnitOfWork,
  meeting: Meeting,
  persons: readonly Person[],
  seats: readonly Invitee[] = [],
): Promise<void> {
  const all = [...persons, ...(await voicesOf(work, seats))];
  await notifyAll(
    work,
    (await readers(work, meeting, all)).map((id) => cardTo(meeting, id)),
  );
}

/** Those too who had a card before, and ceased to be asked meanwhile. */
export async function invitedAgain(work: UnitOfWork, meeting: Meeting, persons: readonly Person[]): Promise<void> {
  const ids = await readers(work, meeting, persons);
  const again = (id: string) => `meeting ${meeting.id} ${id} ${meeting.version}`;
  await notifyAll(
    work,
    ids.map((id) => ({ ...cardTo(meeting, id), dedupe: again(id) })),
  );
}

const cardTo = (meeting: Meeting, personId: string) => ({
  notification: meetingCard,
  params: { meeting: meeting.id },
  to: { personId },
  onBehalfOf: meeting.organizer.id,
  dedupe: `meeting ${meeting.id} ${personId}`,
  priority: PRIORITY.normal,
});

/** From the moment on at which they stand in. */
export const toDeputy = (work: UnitOfWork, meeting: Meeting, deputy: Person, from: Date): Promise<void> =>
  notify(work, { ...cardTo(meeting, deputy.id), dueAt: from });

/** To everybody who is asked; of one occurrence, to those who are asked to it and have not said no. */
export async function toInvited(
  work: UnitOfWork,
  meeting: Meeting,
  kind: MeetingNotificationKind,
  by?: Person,
  occurrence?: Occurrence,
): Promise<void> {
  const persons = await voicesOf(work, occurrence ? invitedTo(meeting, occurrence.n) : asked(meeting));
  await notifyOfMeeting(work, meeting, kind, [...persons, ...officersOf(meeting)], by, occurrence);
}

export const toOfficers = async (
  work: UnitOfWork,
  meeting: Meeting,
  kind: MeetingNotificationKind,
  by?: Person,
  occurrence?: Occurrence,
): Promise<void> => notifyOfMeeting(work, meeting, kind, await officersHere(work, meeting), by, occurrence);

/** Who runs it; where they have left, the coordinators, unless it is RED. */
export async function officersHere(work: UnitOfWork, meeting: Meeting): Promise<Person[]> {
  const here = officersOf(meeting).filter(takesPart);
  return here.length || meeting.label === "RED" ? here : coordinatorsOf(work.tx);
}

export async function notifyOfMeeting(
  work: UnitOfWork,
  meeting: Meeting,
  kind: MeetingNotificationKind,
  persons: readonly Person[],
  by?: Person,
  occurrence?: Occurrence,
): Promise<void> {
  const params = { meeting: meeting.id, occurrence: occurrence?.id, kind, by: by?.id };
  await notifyAll(
    work,
    (await readers(work, meeting, persons))
      .filter((id) => id !== by?.id)
      .map((personId) => ({
        notification: meetingNotification,
        params,
        to: { personId },
        onBehalfOf: by?.id,
        dedupe: `meeting news ${meeting.id} ${occurrence?.n ?? 0} ${meeting.version} ${occurrence?.version ?? 0} ${kind} ${personId}`,
      })),
  );
}

/**
 * The pre-meeting digest, a working day before, to whoever has not said no (docs/meetings.md).
 * @param persons absent: everybody, else those who came later, with those who are asked through these seats
 */
export async function pack(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence,
  persons: readonly Person[] = officersOf(meeting),
  seats: readonly Invitee[] = invitedTo(meeting, occurrence.n),
): Promise<void> {
  const coming = seats.filter((one) => rsvpTo(one, occurrence.n)?.answer !== "no");
  const all = [...(await voicesOf(work, coming)), ...persons];
  await notifyAll(
    work,
    (await readers(work, meeting, all)).map((id) => packTo(occurrence, id)),
  );
}

const packTo = (occurrence: Occurrence, personId: string) => ({
  notification: meetingPack,
  params: { occurrence: occurrence.id },
  to: { personId },
  dedupe: `pack ${occurrence.id} ${occurrence.local} ${personId}`,
});

export const packToDeputy = (work: UnitOfWork, occurrence: Occurrence, deputy: Person, from: Date): Promise<void> =>
  notify(work, { ...packTo(occurrence, deputy.id), dueAt: from });

/**
 * It begins: a fresh card at the end of the chat, with the agenda and how to join, to whoever has not said no and to the
 * channels of the agencies asked. Of a RED meeting to those named alone.
 */
export async function begun(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence, by: Person): Promise<void> {
  const coming = invitedTo(meeting, occurrence.n).filter((one) => rsvpTo(one, occurrence.n)?.answer !== "no");
  const persons = [...(await voicesOf(work, coming)), ...officersOf(meeting)];
  const fresh = {
    notification: meetingCard,
    params: { meeting: meeting.id, begun: occurrence.id },
    priority: PRIORITY.urgent,
  };
  await notifyAll(
    work,
    (await readers(work, meeting, persons))
      .filter((id) => id !== by.id)
      .map((personId) => ({ ...fresh, to: { personId }, dedupe: `begun ${occurrence.id} ${personId}` })),
  );
  await notifyAll(
    work,
    (await channelsOf(work, meeting)).map(({ id, channel }) => ({
      ...fresh,
      ...{ to: { conversation: channel }, dedupe: `begun ${occurrence.id} channel ${id}` },
    })),
  );
}

/** The channels of agencies that may know of it. */
async function channelsOf(work: UnitOfWork, meeting: Meeting) {
  const member = (agencyId: string) => ({ id: "", agencyId, roles: ["staff"] as const });
  return (await agenciesOf(work.tx)).flatMap(({ id, channel }) =>
    channel && sightOfMeeting(member(id), meeting.subject) !== "none" ? [{ id, channel }] : [],
  );
}

/**
 * The post-meeting digest: to those asked, and of a meeting that is not RED to the channels of the agencies that were,
 * and of the secretariat.
 */
export async function result(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence): Promise<void> {
  const persons = [...(await voicesOf(work, asked(meeting))), ...officersOf(meeting)];
  for (const personId of await readers(work, meeting, persons))
    await notify(work, {
      notification: meetingResult,
      params: { occurrence: occurrence.id },
      to: { personId },
      dedupe: `result ${occurrence.id} ${personId}`,
    });
  for (const { id, channel } of await channelsOf(work, meeting))
    await notify(work, {
      notification: meetingResult,
      params: { occurrence: occurrence.id },
      to: { conversation: channel },
      dedupe: `result ${occurrence.id} channel ${id}`,
    });
}

const asked = (meeting: Meeting): Invitee[] => meeting.invitees.filter(({ guest }) => !guest);

/** With those who stand in for who is away: they come instead. A RED meeting passes to no deputy. */
async function readers(work: UnitOfWork, meeting: Meeting, persons: readonly Person[]): Promise<string[]> {
  const ids = idsOf(persons);
  if (meeting.label === "RED") return ids;
  const standIns = await deputies(work.tx, work.now);
  return [...new Set(ids.flatMap((id) => [id, standIns.get(id) ?? id]))];
}

/** Each once, and nobody who has left. */
const idsOf = (persons: readonly Person[]): string[] => [...new Set(persons.filter(takesPart).map(({ id }) => id))];
