import type { Agency, Person } from "../people/model.js";
import type { Label, MeetingSubject } from "../policy/index.js";
import type { MeetingState, MinutesState, OccurrenceState, RsvpAnswer } from "../store/meeting-tables.js";

/** Wall clock in the meeting's own zone, `YYYY-MM-DDTHH:mm`. */
export type LocalIso = string;

/** A coordination meeting: a series of one or more occurrences, its words opened. */
export type Meeting = {
  id: string;
  number: number;
  /** `M-12` */
  ref: string;
  title: string;
  label: Label;
  state: MeetingState;
  /** Decides when it is: 10:00 in Vienna stays 10:00 in Vienna. */
  zone: string;
  /** Of the first occurrence; absent while a poll looks for one. */
  starts?: LocalIso;
  /** RFC 5545 RRULE value. */
  rule?: string;
  /** Days on which it does not take place though its rule says so. */
  except: readonly string[];
  minutes: number;
  place?: string;
  link?: string;
  organizer: Person;
  organizerAgency: Agency;
  chair?: Person;
  secretary?: Person;
  /** RFC 5546 2.1.4 */
  sequence: number;
  reason?: string;
  pollUntil?: Date;
  createdAt: Date;
  scheduleVersion: number;
  version: number;
  invitees: Invitee[];
  subject: MeetingSubject;
};

/** Who is asked to come: a person, or an agency that has nobody here. */
export type Invitee = {
  id: string;
  agency: Agency;
  person?: Person;
  /** A deputy or somebody who walked in: counts where they come, and is not asked to every occurrence. */
  guest: boolean;
  /** They spoke for their agency and do no longer: the seat stays for what was answered and recorded, and asks nobody. */
  left?: { was?: Person };
  /** By occurrence; 0 is for the whole series. */
  rsvps: ReadonlyMap<number, Rsvp>;
};

export type Rsvp = { answer: RsvpAnswer; deputy?: Person };

export type Occurrence = {
  id: string;
  n: number;
  /** `M-12/3`, and `M-12` where there is only one. */
  ref: string;
  /** What the rule gives it, and what calendars know it by (RFC 5545 3.8.4.4). */
  ruleWall: LocalIso;
  local: LocalIso;
  minutes: number;
  startsAt: Date;
  endsAt: Date;
  state: OccurrenceState;
  place?: string;
  link?: string;
  reason?: string;
  sequence: number;
  startedAt?: Date;
  endedAt?: Date;
  startedBy?: string;
  minutesState: MinutesState;
  circulatedAt?: Date;
  correctBy?: Date;
  approvedAt?: Date;
  scheduleVersion: number;
  version: number;
};

export const itemOf = (meeting: Pick<Meeting, "id" | "ref">) => ({ kind: "meeting", id: meeting.id, ref: meeting.ref });
export const occurrenceItem = (occurrence: Pick<Occurrence, "id" | "ref">) => ({
  kind: "occurrence",
  id: occurrence.id,
  ref: occurrence.ref,
});

/** Its time is over, and nobody has said whether it was held. */
export const isMissed = ({ state, endsAt }: Pick<Occurrence, "state" | "endsAt">, now: Date): boolean =>
  state === "scheduled" && endsAt <= now;

/** The answer to one occurrence: its own, else that to the series. */
export function rsvpTo(invitee: Invitee, n: number): Rsvp | undefined {
  const rsvp = invitee.rsvps.get(n) ?? invitee.rsvps.get(0);
  return rsvp?.answer === "none" ? undefined : rsvp;
}

/** Asked to this occurrence: members of the series, and guests who answered for it. */
export const invitedTo = (meeting: Meeting, n: number): Invitee[] =>
  meeting.invitees.filter((invitee) => !invitee.left && (!invitee.guest || invitee.rsvps.has(n)));

/**
 * What an agency has said to an occurrence: what those say who are asked for it now, else what was said before them. An
 * answer is the agency's, whoever spoke for it when it was given.
 */
export function saidFor(meeting: Meeting, n: number, agencyId: string): Rsvp[] {
  const seats = meeting.invitees.filter(
    ({ agency, guest, rsvps }) => agency.id === agencyId && (!guest || rsvps.has(n)),
  );
  const said = (left: boolean) =>
    seats.filter((seat) => Boolean(seat.left) === left).flatMap((seat) => rsvpTo(seat, n) ?? []);
  const now = said(false);
  return now.length ? now : said(true);
}

/** The seat from which this person answers: their own, or that of their agency where it is asked itself. */
export const seatOf = (meeting: Meeting, { id, agencyId }: Pick<Person, "id" | "agencyId">): Invitee | undefined =>
  meeting.invitees.find(({ person }) => person?.id === id) ??
  meeting.invitees.find(({ agency, person, left }) => !person && !left && agency.id === agencyId);

export const officersOf = ({ organizer, chair, secretary }: Meeting): Person[] => [
  ...new Map([organizer, chair, secretary].flatMap((one) => (one ? [[one.id, one]] : []))).values(),
];

/** Whether they still belong to the body: who has left keeps their place in the record and is told nothing more. */
export const takesPart = ({ active, roles }: Person): boolean => active && roles.length > 0;
