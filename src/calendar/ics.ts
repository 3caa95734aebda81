import { tzOffset } from "@date-fns/tz";
import { addMinutes } from "date-fns";
import { isDay, type LocalTime, localTimeOf, resolve, splitDay } from "../time/local.js";
import { isZone } from "../time/zones.js";
import { vtimezone } from "./vtimezone.js";

/*
 * iCalendar files: RFC 5545 (format), 5546 (invitations and cancellations), 6868 (parameter values), 7986 (feeds).
 * Our own writer: ts-ics lets a line break in a name or address become a property and folds by characters,
 * ical-generator writes `\"` into parameters and lets NUL pass (its newest needs Node 22), neither brings a VTIMEZONE;
 * ical.js also has no zone data, and could then no longer be the independent reader of the tests.
 */

export type PartStat = "NEEDS-ACTION" | "ACCEPTED" | "TENTATIVE" | "DECLINED" | "DELEGATED";
export type CalendarPerson = { name: string; email: string };
export type Attendee = CalendarPerson & {
  partstat: PartStat;
  role?: "CHAIR" | "REQ-PARTICIPANT" | "OPT-PARTICIPANT";
  /** Addresses. */
  delegatedTo?: string;
  delegatedFrom?: string;
};

/** Wall clock in the event's zone, `YYYY-MM-DDTHH:mm`. */
export type LocalIso = string;

export type Override = {
  /** The wall time it would have had. */
  recurrence: LocalIso;
  start: LocalIso;
  minutes: number;
  sequence: number;
  cancelled?: true;
  attendees?: readonly Attendee[];
  location?: string;
  summary?: string;
  description?: string;
};

export type CalendarEvent = {
  uid: string;
  sequence: number;
  stamp: Date;
  modified?: Date;
  summary: string;
  description?: string;
  location?: string;
  /** Where one joins; https alone. */
  url?: string;
  organizer: CalendarPerson;
  attendees: readonly Attendee[];
  zone: string;
  start: LocalIso;
  minutes: number;
  /** The value of an RRULE. */
  rule?: string;
  /** Turns that are not there, wall times. */
  except?: readonly LocalIso[];
  overrides?: readonly Override[];
  cancelled?: true;
  alarmMinutes?: number;
  /** Who else may read it in the reader's own calendar; PUBLIC where it is not said. */
  class?: "PUBLIC" | "PRIVATE" | "CONFIDENTIAL";
};

export type CalendarMethod = "REQUEST" | "CANCEL" | "PUBLISH";

/** What was wrong. The value itself is content and stays out of the message, which ends in logs. */
export type CalendarFault =
  | "address"
  | "attendees"
  | "cancelled"
  | "events"
  | "minutes"
  | "only"
  | "rule"
  | "sequence"
  | "stamp"
  | "time"
  | "uid"
  | "url"
  | "zone";

export class CalendarFileError extends Error {
  override readonly name = "CalendarFileError";

  constructor(readonly fault: CalendarFault) {
    super(`not for a calendar file: ${fault}`);
  }
}

/** One VEVENT to be: the whole, or one turn that differs. */
type Part = {
  event: CalendarEvent;
  /** What a turn is known by. */
  recurrence?: LocalIso;
  start: LocalIso;
  minutes: number;
  sequence: number;
  rule?: string;
  except: readonly LocalIso[];
  attendees: readonly Attendee[];
  summary: string;
  description?: string;
  location?: string;
};

/** How long an open-ended series is looked after where its zone follows no yearly rule. */
const OPEN_YEARS = 20;
/** UNTIL=99991231T235959Z is how some say "open-ended". */
const MOST_YEARS = 60;

/**
 * REQUEST invites to the whole or, with `only`, to one turn; CANCEL takes back the whole or one turn; PUBLISH is a
 * feed, which names no attendees (RFC 5546, 3.2.1).
 *
 * A cancelled turn is an EXDATE: a REQUEST may not carry STATUS:CANCELLED (RFC 5546, 3.2.2). What is cancelled as a
 * whole is left out of a feed. PUBLISH would allow STATUS:CANCELLED, but a subscriber takes the file as all there is, so
 * that what is missing goes away everywhere; with the status Google drops it too, Apple strikes it through, and
 * Outlook shows it as if it took place.
 *
 * A series that comes into the hour a clock skips: RFC 5545 3.3.10 says both that such a turn is dropped and that it is
 * moved. Whoever knows the turns gives it an override, which is then written as the time that the clocks show.
 */
export function calendarFile(
  method: CalendarMethod,
  events: readonly CalendarEvent[],
  { name, only }: { name?: string /** This turn alone. */; only?: LocalIso } = {},
): string {
  // RFC 5546 3.2.2 and 3.2.5: all that an invitation or a cancellation carries is one event.
  if (method !== "PUBLISH" && events.length !== 1) throw new CalendarFileError("events");
  if (method === "PUBLISH" && only !== undefined) throw new CalendarFileError("only");
  const parts = events.flatMap((event) => partsOf(method, event, only));
  const zones = zonesOf(parts);
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Coord//Coord//EN",
    "CALSCALE:GREGORIAN",
    `METHOD:${method}`,
    // The older property is the one that Google and Outlook read.
    ...said("NAME", name),
    ...said("X-WR-CALNAME", name),
    ...zones,
    ...parts.flatMap((part) => vevent(method, part)),
    "END:VCALENDAR",
  ]
    .map((line) => `${fold(line)}\r\n`)
    .join("");
}

function partsOf(method: CalendarMethod, event: CalendarEvent, only: LocalIso | undefined): Part[] {
  const overrides = event.overrides ?? [];
  const except = event.except ?? [];
  if (event.rule === undefined && (overrides.length > 0 || except.length > 0)) throw new CalendarFileError("rule");
  if (method !== "CANCEL" && event.cancelled) {
    if (method === "PUBLISH") return [];
    throw new CalendarFileError("cancelled");
  }
  const { start, minutes, sequence, rule, attendees, summary, description, location } = event;
  const common = { event, minutes, sequence, attendees, summary, description, location };
  const gone = new Set([...except, ...overrides.filter((one) => one.cancelled).map((one) => one.recurrence)]);
  const whole: Part = { ...common, start, rule, except: [...gone].sort() };
  const turn = (recurrence: LocalIso): Part => {
    const own = overrides.find((one) => one.recurrence === recurrence);
    return {
      ...common,
      recurrence,
      start: own?.start ?? recurrence,
      minutes: own?.minutes ?? minutes,
      sequence: own?.sequence ?? sequence,
      except: [],
      attendees: own?.attendees ?? attendees,
      summary: own?.summary ?? summary,
      description: own?.description ?? description,
      location: own?.location ?? location,
    };
  };
  if (only !== undefined) {
    if (rule === undefined) throw new CalendarFileError("only");
    if (method === "REQUEST" && gone.has(only)) throw new CalendarFileError("cancelled");
    return [turn(only)];
  }
  if (method === "CANCEL") return [whole];
  return [
    whole,
    ...overrides
      .map((one) => one.recurrence)
      .filter((at) => !gone.has(at))
      .map(turn),
  ];
}

/** The VTIMEZONEs, each for all the years that the events of its zone can come to. */
function zonesOf(parts: readonly Part[]): string[] {
  const years = new Map<string, [number, number]>();
  for (const part of parts) {
    const { zone } = part.event;
    if (isUtc(zone)) continue;
    const told = [part.start, part.recurrence ?? part.start, ...part.except].map((at) => wallFrom(at).year);
    const [first, last] = years.get(zone) ?? [Number.POSITIVE_INFINITY, 0];
    years.set(zone, [Math.min(first, ...told), Math.max(last, ...told, lastYear(part))]);
  }
  const lines = [...years].flatMap(([zone, [first, last]]) => vtimezone(zone, first, last));
  // RFC 5545 3.6 wants at least one component, and somebody's feed may hold no meeting yet.
  return parts.length === 0 ? [...vtimezone("UTC", 2000, 2000)] : lines;
}

function lastYear({ rule, start }: Part): number {
  const { year } = wallFrom(start);
  if (rule === undefined) return year;
  const until = /(?:^|;)UNTIL=(\d{4})/.exec(rule)?.[1];
  return until ? Math.min(Number(until), year + MOST_YEARS) : year + OPEN_YEARS;
}

function vevent(method: CalendarMethod, part: Part): string[] {
  const { event, recurrence, rule, attendees } = part;
  const cancel = method === "CANCEL";
  if (method !== "PUBLISH" && attendees.length === 0) throw new CalendarFileError("attendees");
  if (event.alarmMinutes !== undefined && !isCount(event.alarmMinutes)) throw new CalendarFileError("minutes");
  const link = event.url === undefined ? undefined : https(event.url);
  return [
    "BEGIN:VEVENT",
    `UID:${uid(event.uid)}`,
    `DTSTAMP:${instant(event.stamp)}`,
    ...(event.modified ? [`LAST-MODIFIED:${instant(event.modified)}`] : []),
    `SEQUENCE:${sequenceOf(part.sequence)}`,
    `STATUS:${cancel ? "CANCELLED" : "CONFIRMED"}`,
    ...(recurrence === undefined ? [] : [dateTime("RECURRENCE-ID", wallFrom(recurrence), event.zone)]),
    ...span(part),
    ...(rule === undefined ? [] : [`RRULE:${checkedRule(rule)}`]),
    // One a line, as Google writes it: not every reader takes a list.
    ...part.except.map((at) => dateTime("EXDATE", wallFrom(at), event.zone)),
    titled("SUMMARY", part.summary),
    ...said("DESCRIPTION", part.description),
    ...said("LOCATION", part.location),
    ...(link === undefined ? [] : [`URL:${link}`, `CONFERENCE;VALUE=URI:${link}`]),
    ...(event.class ? [`CLASS:${event.class}`] : []),
    `TRANSP:${cancel ? "TRANSPARENT" : "OPAQUE"}`,
    person("ORGANIZER", event.organizer, []),
    ...(method === "PUBLISH" ? [] : attendees.map((one) => attendee(method, one))),
    ...(method === "PUBLISH" && event.alarmMinutes !== undefined ? alarm(event.alarmMinutes, part.summary) : []),
    "END:VEVENT",
  ];
}

/** An invited person's reminders are that person's own to set, so only a feed that was asked for brings any. */
function alarm(minutes: number, summary: string): string[] {
  return [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    titled("DESCRIPTION", summary),
    `TRIGGER:-${duration(minutes)}`,
    "END:VALARM",
  ];
}

/**
 * From when to when. The end is a time on the wall where that says the same as the length; where a clock changes in
 * between it is the length: the wall of an end may come twice, and readers take a series' length from the wall.
 */
function span({ event: { zone }, start, minutes, rule }: Part): string[] {
  if (!isCount(minutes) || minutes === 0) throw new CalendarFileError("minutes");
  const asked = wallFrom(start);
  const { kind, at } = resolve(asked, zone);
  const end = addMinutes(at, minutes);
  // A single time that comes twice is told in UTC: readers differ in which of the two they take. One that is skipped is
  // written as what the clock shows instead. A series keeps the time of its other turns in both.
  if (kind === "overlap" && rule === undefined) {
    return [dateTime("DTSTART", localTimeOf(at, "UTC"), "UTC"), dateTime("DTEND", localTimeOf(end, "UTC"), "UTC")];
  }
  const skipped = kind === "gap" && rule !== undefined;
  const shown = skipped ? asked : localTimeOf(at, zone);
  const plain = !skipped && tzOffset(zone, at) === tzOffset(zone, end);
  return [
    dateTime("DTSTART", shown, zone),
    plain ? dateTime("DTEND", localTimeOf(end, zone), zone) : `DURATION:${duration(minutes)}`,
  ];
}

function attendee(method: CalendarMethod, one: Attendee): string {
  const { partstat, role = "REQ-PARTICIPANT", delegatedTo, delegatedFrom } = one;
  return person("ATTENDEE", one, [
    `ROLE=${role}`,
    `PARTSTAT=${partstat}`,
    ...(method === "REQUEST" && partstat === "NEEDS-ACTION" ? ["RSVP=TRUE"] : []),
    ...(delegatedTo === undefined ? [] : [`DELEGATED-TO="${mailto(delegatedTo)}"`]),
    ...(delegatedFrom === undefined ? [] : [`DELEGATED-FROM="${mailto(delegatedFrom)}"`]),
  ]);
}

function person(property: string, { name, email }: CalendarPerson, parameters: readonly string[]): string {
  const shown = clean(name).trim() === "" ? [] : [`CN=${quoted(name)}`];
  return [property, ...shown, ...parameters].join(";").concat(":", mailto(email));
}

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

/** Whether a calendar takes it for somebody's address. */
export function isAddress(email: string): boolean {
  const at = email.lastIndexOf("@");
  const local = email.slice(0, Math.max(0, at));
  return email.length <= 254 && local.length <= 64 && LOCAL.test(local) && HOST.test(email.slice(at + 1));
}

/** What RFC 6068 wants encoded in an address stays readable by who decodes, and cannot end the value for who does not. */
function mailto(email: string): string {
  if (!isAddress(email)) throw new CalendarFileError("address");
  const at = email.lastIndexOf("@");
  return `mailto:${email.slice(0, at).replace(/[%/?#&=^`{|}]/g, encodeURIComponent)}${email.slice(at)}`;
}

/** As the URL standard writes it: nothing in it can end a line, and no account's password is handed on. */
function https(url: string): string {
  if (/[\s\x00-\x1f\x7f-\x9f]/.test(url) || !URL.canParse(url)) throw new CalendarFileError("url");
  const { protocol, username, password, href } = new URL(url);
  if (protocol !== "https:" || username !== "" || password !== "") throw new CalendarFileError("url");
  return href;
}

function uid(given: string): string {
  if (!/^[\x21-\x7e]{1,255}$/.test(given)) throw new CalendarFileError("uid");
  return text(given);
}

function sequenceOf(n: number): number {
  if (!isCount(n)) throw new CalendarFileError("sequence");
  return n;
}

/** What iCalendar's INTEGER holds, and not below nothing. */
function isCount(n: number): boolean {
  return Number.isInteger(n) && n >= 0 && n <= 2_147_483_647;
}

/** A rule is a machine's words, so it is held to their form; its end is in UTC because the start has a zone. */
function checkedRule(rule: string): string {
  const parts = new Map<string, string>();
  for (const part of rule.split(";")) {
    const [, key, value] = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part) ?? [];
    if (key === undefined || value === undefined || parts.has(key)) throw new CalendarFileError("rule");
    parts.set(key, value);
  }
  const until = parts.get("UNTIL");
  if (
    !/^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(parts.get("FREQ") ?? "") ||
    (until !== undefined && (parts.has("COUNT") || !/^\d{8}T\d{6}Z$/.test(until)))
  ) {
    throw new CalendarFileError("rule");
  }
  return rule;
}

function wallFrom(at: LocalIso): LocalTime {
  const [, day, hour, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(at) ?? [];
  if (day === undefined || !isDay(day) || Number(hour) > 23 || Number(minute) > 59) throw new CalendarFileError("time");
  const wall = { ...splitDay(day), hour: Number(hour), minute: Number(minute) };
  // Before 1970 offsets had seconds; far ahead nobody meets, and a feed has to look through every year up to there.
  if (wall.year < 1971 || wall.year > 2199) throw new CalendarFileError("time");
  return wall;
}

/** `DTSTART;TZID=Europe/Vienna:20260601T100000`. RFC 5545 3.2.19 forbids a TZID on a time in UTC. */
function dateTime(property: string, wall: LocalTime, zone: string): string {
  const digits = `${String(wall.year).padStart(4, "0")}${two(wall.month)}${two(wall.day)}T${two(wall.hour)}${two(wall.minute)}00`;
  return isUtc(zone) ? `${property}:${digits}Z` : `${property};TZID=${zone}:${digits}`;
}

function isUtc(zone: string): boolean {
  if (!isZone(zone)) throw new CalendarFileError("zone");
  return zone === "UTC" || zone === "Etc/UTC";
}

function instant(at: Date): string {
  if (Number.isNaN(at.getTime())) throw new CalendarFileError("stamp");
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return `PT${hours > 0 ? `${hours}H` : ""}${rest > 0 || hours === 0 ? `${rest}M` : ""}`;
}

/**
 * Without what no reader can show: control characters go, halves of characters become the sign for one. Whatever
 * breaks a line is one line feed: readers that split lines as Unicode does would see a new property after U+2028.
 */
function clean(words: string): string {
  // The halves first: two that only a control character keeps apart must not become a character.
  return words
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/\r\n|[\r\n\x85\u2028\u2029]/g, "\n")
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
}

/** TEXT, RFC 5545 3.3.11. */
function text(words: string): string {
  return clean(words)
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

/** Nothing at all where nothing is said: some readers take a property without a value for an error. */
function said(property: string, words: string | undefined): string[] {
  return words === undefined || clean(words).trim() === "" ? [] : [`${property}:${text(words)}`];
}

/** A title has to be there, and something in it that one can see and open. */
function titled(property: string, words: string): string {
  return said(property, words)[0] ?? `${property}:-`;
}

/**
 * A parameter's value, always quoted; what may not stand in quotes is written as RFC 6868 says. A backslash means nothing
 * there, but ical.js (Thunderbird, Nextcloud) undoes `\n` and its like, counts where the value ended by what is left,
 * and takes a colon near the end of a name for the one before the address. Spaces make up for what it miscounts.
 */
function quoted(words: string): string {
  const inside = clean(words).replaceAll("^", "^^").replaceAll("\n", "^n").replaceAll('"', "^'");
  const miscounted = inside.includes(":") ? inside.split("\\").length - 1 : 0;
  return `"${inside}${" ".repeat(miscounted)}"`;
}

const LINE_OCTETS = 75;

/** Lines of 75 octets at most, the space before a continuation counted, and no character cut in two. */
function fold(line: string): string {
  if (Buffer.byteLength(line) <= LINE_OCTETS) return line;
  let folded = "";
  let room = LINE_OCTETS;
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (octets > room) {
      folded += "\r\n ";
      room = LINE_OCTETS - 1;
    }
    folded += character;
    room -= octets;
  }
  return folded;
}

const two = (n: number): string => String(n).padStart(2, "0");
