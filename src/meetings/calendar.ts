import {
  type Attendee,
  type CalendarEvent,
  type CalendarMethod,
  calendarFile,
  isAddress,
  type Override,
  type PartStat,
} from "../calendar/ics.js";
import type { MessageFile } from "../chat/index.js";
import { messagesFor } from "../i18n/index.js";
import type { Person } from "../people/model.js";
import { speakingIn } from "../people/store.js";
import { meetingsSeenBy, within } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Invitee, type Meeting, type Occurrence, rsvpTo } from "./model.js";
import { meetingsOf, occurrencesOf } from "./store.js";

/**
 * Meetings as calendars know them. A calendar belongs to its reader, so up to GREEN it says what the meeting is and who
 * comes, under the addresses that are known; above it says reference, time, link and nothing else (docs/meetings.md,
 * Calendars): the agency that calls it, and the reader's own answer.
 */

/** Under whom somebody stands in a file that asks nobody, where no address is known: it leads nowhere (RFC 2606). */
const NOWHERE = "coord.invalid";

/** Between which mailboxes a file travels. */
export type Mailed = { from?: string; to?: string };

/**
 * What one puts into one's own calendar: nobody is invited by it, and no program asks whether one is (RFC 5546 3.2.1).
 * Of what was called off the file takes it out again.
 */
export async function ownFile(work: UnitOfWork, meeting: Meeting, person: Person): Promise<MessageFile> {
  const event = await eventOf(work, meeting, person);
  return meeting.state === "cancelled"
    ? fileOf(meeting, "CANCEL", calendarFile("CANCEL", [event]))
    : fileOf(meeting, "PUBLISH", calendarFile("PUBLISH", [event]));
}

const fileOf = ({ ref }: Meeting, method: CalendarMethod, text: string): MessageFile => ({
  name: `${ref}.ics`,
  type: `text/calendar; charset=utf-8; method=${method}`,
  text,
});

/**
 * What a mail brings: from the mailbox that sends it, to the one that gets it. Outlook asks whoever opens an invitation
 * only where it finds their own address in it, so nobody stands there under an address that is not theirs; where the
 * mailboxes are not known the file invites nobody and is only put into a calendar.
 * @param off the one occurrence that was called off: then only that is cancelled (RFC 5546 3.2.5)
 */
export async function invitationFile(
  work: UnitOfWork,
  meeting: Meeting,
  person: Person,
  mailed: Mailed,
  off?: Occurrence,
): Promise<MessageFile> {
  const { from, to } = addresses(mailed);
  if (!from || !to) return ownFile(work, meeting, person);
  const event = invitingFrom(await eventOf(work, meeting, { ...person, email: to }), from, work.body.name);
  const only = meeting.rule && meeting.state === "scheduled" ? off?.ruleWall : undefined;
  const method = meeting.state === "cancelled" || only ? "CANCEL" : "REQUEST";
  return fileOf(meeting, method, calendarFile(method, [event], only ? { only } : {}));
}

/** Takes it out of the calendar of somebody who is asked no longer; nothing where no invitation can have come. */
export async function partingFile(
  work: UnitOfWork,
  meeting: Meeting,
  person: Person,
  mailed: Mailed,
): Promise<MessageFile | undefined> {
  const { from, to } = addresses(mailed);
  if (!from || !to || !meeting.starts) return undefined;
  const event = invitingFrom(await eventOf(work, meeting, { ...person, email: to }), from, work.body.name);
  const attendees = [{ name: person.name, email: to, partstat: "NEEDS-ACTION" as const }];
  return fileOf(meeting, "CANCEL", calendarFile("CANCEL", [{ ...event, attendees, overrides: [] }]));
}

/** `Coord <coord@example.org>` is how a sender is configured. */
const addresses = ({ from, to }: Mailed): Mailed => ({
  from: known(/<([^<>]*)>\s*$/.exec(from ?? "")?.[1] ?? from),
  to: known(to),
});

const known = (address: string | null | undefined): string | undefined =>
  address && isAddress(address.trim()) ? address.trim() : undefined;

function invitingFrom(event: CalendarEvent, from: string, body: string): CalendarEvent {
  const real = (attendees: readonly Attendee[]) =>
    attendees
      .filter(({ email }) => !email.endsWith(`@${NOWHERE}`))
      .map((one) => (one.delegatedTo?.endsWith(`@${NOWHERE}`) ? { ...one, delegatedTo: undefined } : one));
  return {
    ...event,
    organizer: { name: `Coord, ${body}`, email: from },
    attendees: real(event.attendees),
    overrides: event.overrides?.map((one) => ({ ...one, attendees: real(one.attendees ?? []) })),
  };
}

/**
 * Everything that this person is asked to in this body, as a subscription shows it; with what those are asked to for whom
 * they stand in, and their agency where they speak for it.
 */
export async function feedEvents(work: UnitOfWork, person: Person): Promise<CalendarEvent[]> {
  const own = [person.id, ...person.standsInFor.map(({ id }) => id)];
  const role = (await speakingIn(work.tx, [person.agencyId])).get(person.agencyId);
  const speaks = role !== undefined && person.roles.includes(role);
  const rows = await work.tx
    .selectFrom("meetings")
    .selectAll()
    .where(meetingsSeenBy(person))
    .where("state", "=", "scheduled")
    .where((eb) =>
      eb.or([
        eb("organizer_id", "in", own),
        eb.exists(
          eb
            .selectFrom("invitees")
            .select("invitees.id")
            .whereRef("invitees.meeting_id", "=", "meetings.id")
            .where("invitees.left_at", "is", null)
            .where((seat) =>
              seat.or([
                seat("invitees.person_id", "in", own),
                // One that is the agency's own, where they speak for it.
                ...(speaks
                  ? [
                      seat.and([
                        seat("invitees.person_id", "is", null),
                        seat("invitees.agency_id", "=", person.agencyId),
                      ]),
                    ]
                  : []),
              ]),
            ),
        ),
      ]),
    )
    .orderBy("number")
    .execute();
  const events: CalendarEvent[] = [];
  for (const meeting of await meetingsOf(work, rows)) events.push(await eventOf(work, meeting, person));
  return events;
}

export async function eventOf(work: UnitOfWork, meeting: Meeting, reader: Person): Promise<CalendarEvent> {
  const occurrences = await occurrencesOf(work, meeting);
  const { starts } = meeting;
  if (!starts) throw new Error("a poll has no place in a calendar");
  const t = messagesFor(reader.lang);
  const shown = within(meeting.label, "GREEN");
  const title = shown ? `${meeting.ref} · ${meeting.title}` : meeting.ref;
  const location = shown ? meeting.place : undefined;
  // Of a series that was moved, what was held before keeps its time and is not part of the rule any more.
  const ruled = occurrences.filter(({ ruleWall }) => ruleWall !== "" && ruleWall >= starts);
  const differs = ({ state, n, local: wall, ruleWall, minutes, place }: Occurrence): boolean =>
    state !== "cancelled" &&
    (wall !== ruleWall ||
      minutes !== meeting.minutes ||
      place !== undefined ||
      (state === "scheduled" && meeting.invitees.some(({ rsvps }) => rsvps.has(n))));
  const only = meeting.rule ? undefined : ruled[0];
  return {
    uid: `${meeting.id}@coord`,
    sequence: meeting.sequence,
    stamp: work.now,
    summary: title,
    description: shown
      ? t.meetings.calendar.open({ ref: meeting.ref, body: work.body.name })
      : t.meetings.calendar.closed({ ref: meeting.ref }),
    location,
    url: meeting.link?.startsWith("https://") ? meeting.link : undefined,
    organizer:
      shown || meeting.organizer.id === reader.id
        ? addressOf(meeting.organizer, reader)
        : agencyAddress({ agency: meeting.organizerAgency }),
    attendees: attendeesOf(meeting, only?.n ?? 0, reader),
    zone: meeting.zone,
    start: only?.local ?? starts,
    minutes: only?.minutes ?? meeting.minutes,
    rule: meeting.rule,
    except: meeting.rule
      ? [
          ...meeting.except.map((day) => `${day}${starts.slice(10)}`),
          ...ruled.filter(({ state }) => state === "cancelled").map(({ ruleWall }) => ruleWall),
        ]
      : [],
    overrides: meeting.rule
      ? ruled
          .filter(differs)
          .map((one) => overrideOf(meeting, one, reader, shown ? (one.place ?? meeting.place) : undefined))
      : [],
    ...(meeting.state === "cancelled" ? { cancelled: true as const } : {}),
    class: shown ? "PRIVATE" : "CONFIDENTIAL",
  };
}

const overrideOf = (meeting: Meeting, one: Occurrence, reader: Person, location: string | undefined): Override => ({
  recurrence: one.ruleWall,
  start: one.local,
  minutes: one.minutes,
  sequence: Math.max(one.sequence, meeting.sequence),
  attendees: attendeesOf(meeting, one.n, reader),
  location,
});

const PARTSTAT: Record<"yes" | "maybe" | "no" | "deputy" | "none", PartStat> = {
  yes: "ACCEPTED",
  maybe: "TENTATIVE",
  no: "DECLINED",
  deputy: "DELEGATED",
  none: "NEEDS-ACTION",
};

/** @param n the occurrence; 0: the series */
function attendeesOf(meeting: Meeting, n: number, reader: Person): Attendee[] {
  const asked = meeting.invitees.filter((one) => !one.left && (!one.guest || one.rsvps.has(n)));
  const shown = within(meeting.label, "GREEN") ? asked : asked.filter(({ person }) => person?.id === reader.id);
  // An invitation is to who gets it: to a colleague of who was asked, in their own name.
  const own: Attendee[] = shown.some(({ person }) => person?.id === reader.id)
    ? []
    : [{ ...addressOf(reader, reader), partstat: "NEEDS-ACTION", role: "REQ-PARTICIPANT" }];
  const others = shown.map((invitee): Attendee => {
    const rsvp = rsvpTo(invitee, n);
    const address = invitee.person ? addressOf(invitee.person, reader) : agencyAddress(invitee);
    return {
      ...address,
      partstat: PARTSTAT[rsvp?.answer ?? "none"],
      role: invitee.person && invitee.person.id === meeting.chair?.id ? "CHAIR" : "REQ-PARTICIPANT",
      delegatedTo: rsvp?.deputy ? addressOf(rsvp.deputy, reader).email : undefined,
    };
  });
  return [...own, ...others];
}

/** The reader stands under the address at which they read. */
const addressOf = (person: Person, reader: Person) => ({
  name: person.id === reader.id ? person.name : `${person.name}, ${person.agency.name}`,
  email: known((person.id === reader.id ? reader : person).email) ?? `${person.id}@${NOWHERE}`,
});

const agencyAddress = ({ agency }: Pick<Invitee, "agency">) => ({
  name: agency.name,
  email: `${agency.handle}@${NOWHERE}`,
});
