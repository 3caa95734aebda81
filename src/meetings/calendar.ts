import type { MessageFile } from "../chat/index.js";
import { messagesFor } from "../i18n/index.js";
import type { Person } from "../people/model.js";
import { meetingsSeenBy, within } from "../policy/index.js";
import type { Work } from "../work.js";
import { type Attendee, type CalendarEvent, calendarFile, type Override, type PartStat } from "./calendar-file.js";
import { type Invitee, type Meeting, type Occurrence, rsvpTo } from "./model.js";
import { meetingsOf, occurrencesOf } from "./store.js";

/**
 * Meetings as calendars know them. A calendar belongs to its reader, so up to GREEN it says what the meeting is and who
 * comes; above it says reference, time, link and nothing else (DESIGN 3): the agency that calls it, and the reader's own
 * answer. Nobody's address is there but the reader's own: a colleague of another agency is known by name under an address
 * that leads nowhere (RFC 2606).
 */
const NOWHERE = "coord.invalid";

/**
 * What one puts into one's own calendar: nobody is invited by it, and no program asks whether one is (RFC 5546 3.2.1).
 * Of what was called off the file takes it out again.
 */
export async function ownFile(work: Work, meeting: Meeting, person: Person): Promise<MessageFile> {
  if (meeting.state === "cancelled") return invitationFile(work, meeting, person);
  const text = calendarFile("PUBLISH", [await eventOf(work, meeting, person)]);
  return { name: `${meeting.ref}.ics`, type: "text/calendar; charset=utf-8; method=PUBLISH", text };
}

/** @param off the one occurrence that was called off: then only that is cancelled (RFC 5546 3.2.5) */
export async function invitationFile(
  work: Work,
  meeting: Meeting,
  person: Person,
  off?: Occurrence,
): Promise<MessageFile> {
  const event = await eventOf(work, meeting, person);
  const only = meeting.rule && meeting.state === "scheduled" ? off?.ruleWall : undefined;
  const method = meeting.state === "cancelled" || only ? "CANCEL" : "REQUEST";
  return {
    name: `${meeting.ref}.ics`,
    type: `text/calendar; charset=utf-8; method=${method}`,
    text: calendarFile(method, [event], only ? { only } : {}),
  };
}

/** Everything that this person is asked to in this body, as a subscription shows it. */
export async function feedEvents(work: Work, person: Person): Promise<CalendarEvent[]> {
  const rows = await work.tx
    .selectFrom("meetings")
    .selectAll()
    .where(meetingsSeenBy(person))
    .where("state", "=", "scheduled")
    .where((eb) =>
      eb.or([
        eb("organizer_id", "=", person.id),
        eb.exists(
          eb
            .selectFrom("invitees")
            .select("invitees.id")
            .whereRef("invitees.meeting_id", "=", "meetings.id")
            .where("invitees.person_id", "=", person.id),
        ),
      ]),
    )
    .orderBy("number")
    .execute();
  const events: CalendarEvent[] = [];
  for (const meeting of await meetingsOf(work, rows)) events.push(await eventOf(work, meeting, person));
  return events;
}

export async function eventOf(work: Work, meeting: Meeting, reader: Person): Promise<CalendarEvent> {
  const occurrences = await occurrencesOf(work, meeting);
  const { starts } = meeting;
  if (!starts) throw new Error("a poll has no place in a calendar");
  const t = messagesFor(reader.lang);
  const shown = within(meeting.label, "GREEN");
  const title = shown ? `${meeting.ref} · ${meeting.title}` : meeting.ref;
  const location = shown ? meeting.place : undefined;
  // Of a series that was moved, what was held before keeps its time and is not part of the rule any more.
  const ruled = occurrences.filter(({ ruleWall }) => ruleWall !== "" && ruleWall >= starts);
  const differs = ({ state, n, wall, ruleWall, minutes, place }: Occurrence): boolean =>
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
    organizer: {
      ...addressOf(meeting.organizer, reader),
      ...(shown || meeting.organizer.id === reader.id ? {} : { name: meeting.organizerAgency.name }),
    },
    attendees: attendeesOf(meeting, only?.n ?? 0, reader),
    zone: meeting.zone,
    start: only?.wall ?? starts,
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
  start: one.wall,
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
  const asked = meeting.invitees.filter((one) => !one.guest || one.rsvps.has(n));
  const shown = within(meeting.label, "GREEN") ? asked : asked.filter(({ person }) => person?.id === reader.id);
  // An invitation is to somebody: to a colleague of who was asked, in their own name.
  if (shown.length === 0) return [{ ...addressOf(reader, reader), partstat: "NEEDS-ACTION", role: "REQ-PARTICIPANT" }];
  return shown.map((invitee): Attendee => {
    const rsvp = rsvpTo(invitee, n);
    const address = invitee.person ? addressOf(invitee.person, reader) : agencyAddress(invitee);
    return {
      ...address,
      partstat: PARTSTAT[rsvp?.answer ?? "none"],
      role: invitee.person && invitee.person.id === meeting.chair?.id ? "CHAIR" : "REQ-PARTICIPANT",
      delegatedTo: rsvp?.deputy ? addressOf(rsvp.deputy, reader).email : undefined,
    };
  });
}

const ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;

const addressOf = (person: Person, reader: Person) => ({
  name: person.id === reader.id ? person.name : `${person.name}, ${person.agency.name}`,
  email:
    person.id === reader.id && person.email && ADDRESS.test(person.email) ? person.email : `${person.id}@${NOWHERE}`,
});

const agencyAddress = ({ agency }: Invitee) => ({ name: agency.name, email: `${agency.handle}@${NOWHERE}` });
