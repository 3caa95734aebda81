import { addDays, addMinutes } from "date-fns";
import { RRuleTemporal } from "rrule-temporal";
import { type Day, dayFrom, isDay, localTimeOf, resolve, splitDay } from "../time/local.js";

/** Wall clock in the meeting's own zone: `YYYY-MM-DDTHH:mm`. */
export type LocalIso = string;

/**
 * `rule` is an RRULE value without its `RRULE:`; absent: once. UNTIL, if any, in UTC form. `except`: days on which it
 * does not take place though the rule says so (EXDATE, RFC 5545 3.8.5.1); COUNT counts them.
 */
export type Pattern = { start: LocalIso; zone: string; rule?: string; except?: readonly Day[] };

export type Turn = { local: LocalIso; at: Date };

const WALL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/;

/** @throws RangeError for a wall clock that never shows this: 31 February, 25:00. */
export function toInstant(wall: LocalIso, zone: string): Date {
  const [, day = "", hour, minute] = WALL.exec(wall) ?? [];
  if (!isDay(day)) throw new RangeError("a wall time, YYYY-MM-DDTHH:mm, is expected");
  return resolve({ ...splitDay(day), hour: Number(hour), minute: Number(minute) }, zone).at;
}

export function toLocalTime(at: Date, zone: string): LocalIso {
  const { year, month, day, hour, minute } = localTimeOf(at, zone);
  return `${dayFrom(year, month, day)}T${two(hour)}:${two(minute)}`;
}

const two = (n: number) => String(n).padStart(2, "0");

/**
 * Turns with `at` from `from` on (or all from the first), in order, at most `limit`.
 *
 * The library is asked in UTC, where every wall time exists once, and the meeting's zone is ours: 10:00 in Vienna stays
 * 10:00 in Vienna. A wall time that the clock shows twice is the first; one that it jumps over lands after the jump
 * (RFC 5545 3.3.5). 3.3.10 would drop such a turn in silence, the library does, and a person's calendar does not: the
 * day's meeting would take place for some and not for others, so none is lost here.
 */
export function turns(
  { start, zone, rule, except = [] }: Pattern,
  { from, limit }: { from?: Date; limit: number },
): Turn[] {
  const turnAt = (wall: LocalIso): Turn => ({ local: wall, at: toInstant(wall, zone) });
  const first = turnAt(start);
  if (limit < 1) return [];
  if (rule === undefined) return from && first.at < from ? [] : [first];
  const { bare, until } = withoutUntil(rule);
  const found: Turn[] = [];
  // A day before, since it is on the wall of UTC that the library compares.
  const walls = wallsOf(bare, start, from && from > first.at ? toLocalTime(addDays(from, -1), zone) : start);
  for (const wall of walls) {
    const turn = turnAt(wall);
    if (until && turn.at > until) break;
    if ((from && turn.at < from) || except.includes(wall.slice(0, 10))) continue;
    found.push(turn);
    if (found.length >= limit) break;
  }
  return found;
}

/** The rest of a series from one of its turns on, at another time of the day: as many turns, and the same last day. */
export function retimed(pattern: Pattern & { rule: string }, from: LocalIso, time: string): Pattern & { rule: string } {
  const { zone, rule, except } = pattern;
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const later = minutes(time) - minutes(from.slice(11));
  const parts = rule.split(";").map((part) => {
    const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(part) ?? [];
    if (name === "COUNT") {
      const past = turns({ ...pattern, except: [] }, { limit: Number(value) }).filter(
        ({ local: wall }) => wall < from,
      ).length;
      return `COUNT=${Math.max(1, Number(value) - past)}`;
    }
    const until = name === "UNTIL" ? instantOf(value) : undefined;
    return until ? `UNTIL=${utcForm(addMinutes(until, later))}` : part;
  });
  return { start: `${from.slice(0, 11)}${time}`, zone, rule: parts.join(";"), except };
}

/** UNTIL is an instant and the library is asked for walls, so it is held against the turns themselves. */
function withoutUntil(rule: string): { bare: string; until?: Date } {
  const parts = rule.split(";");
  const last = parts.find((part) => /^UNTIL=/i.test(part));
  const until = last === undefined ? undefined : instantOf(last.slice("UNTIL=".length));
  return { bare: parts.filter((part) => part !== last).join(";"), ...(until ? { until } : {}) };
}

const UTC_FORM = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/i;

function instantOf(utcForm: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = UTC_FORM.exec(utcForm) ?? [];
  if (!isDay(`${year}-${month}-${day}`)) return undefined;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** `20270630T080000Z`, as UNTIL has it. */
export function utcForm(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** The library's own bounds, told as a plain Error: it looked through that many months or years and found no other. */
const NO_MORE = /^Maximum (?:iterations|candidate)/i;
const MOST_PERIODS = 2000;

function* wallsOf(rule: string, start: LocalIso, from: LocalIso): Generator<LocalIso> {
  const series = new RRuleTemporal({
    rruleString: `DTSTART:${start.replace(/[-:]/g, "")}00Z\nRRULE:${rule}`,
    maxIterations: MOST_PERIODS,
  });
  try {
    let next = series.next(new Date(`${from}:00Z`), true);
    while (next) {
      // Four figures of a year: beyond stands nobody's meeting.
      if (next.year > 9999) return;
      yield next.toString().slice(0, 16);
      next = series.next(next, false);
    }
  } catch (error) {
    if (!(error instanceof Error && NO_MORE.test(error.message))) throw error;
  }
}

export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** 1 is Monday. */
export function weekdayCode(isoDay: number): Weekday {
  return WEEKDAYS[isoDay - 1] ?? "MO";
}

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export type Rule = {
  freq: Frequency;
  interval: number;
  byMonth: number[];
  byDay: { ordinal?: number; day: Weekday }[];
  byMonthDay: number[];
  bySetPos: number[];
  count?: number;
  until?: Date;
};

/**
 * Why a rule is not taken: it cannot be read, has a part that is not ours (BYHOUR, WKST), a figure that is out of
 * range or stands where RFC 5545 has none, never occurs, ends before it begins, or does not fall on its own start (what
 * a calendar makes of that is undefined, RFC 5545 3.8.5.3, so two calendars would show two series).
 */
export type RuleProblem = "unreadable" | "part" | "figure" | "count_and_until" | "never" | "ended" | "start";

const LONGEST_RULE = 200;
const MOST_TURNS = 1000;
const MOST_APART: Readonly<Record<Frequency, number>> = { DAILY: 366, WEEKLY: 104, MONTHLY: 60, YEARLY: 20 };

/**
 * FREQ DAILY, WEEKLY, MONTHLY, YEARLY with INTERVAL, BYMONTH, BYDAY (with ordinals), BYMONTHDAY, BYSETPOS, COUNT, UNTIL; parts
 * come back in that order and in capitals. Anything else is refused.
 */
export function checkRule(
  rule: string,
  start: LocalIso,
  zone: string,
): { ok: true; rule: string } | { ok: false; said: RuleProblem } {
  const read = readRule(rule);
  if (typeof read === "string") return { ok: false, said: read };
  const whole = written(read);
  // Without its end, or a series that ended would be told as one that never occurs.
  const endless = written({ ...read, count: undefined, until: undefined });
  const [first] = turns({ start, zone, rule: endless }, { limit: 1 });
  if (!first) return { ok: false, said: "never" };
  if (first.local !== start) return { ok: false, said: "start" };
  if (read.until && read.until < first.at) return { ok: false, said: "ended" };
  return { ok: true, rule: whole };
}

export function readRule(text: string): Rule | RuleProblem {
  if (text.length > LONGEST_RULE) return "unreadable";
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(";")) {
    const [, name = "", value = ""] = /^([A-Z-]+)=([A-Z0-9,+-]+)$/.exec(part) ?? [];
    if (name === "" || parts.has(name)) return "unreadable";
    parts.set(name, value);
  }
  const freq = FREQUENCIES.find((one) => one === parts.get("FREQ"));
  if (!freq) return parts.has("FREQ") ? "part" : "unreadable";
  for (const name of parts.keys())
    if (!/^(?:FREQ|INTERVAL|BYMONTH|BYDAY|BYMONTHDAY|BYSETPOS|COUNT|UNTIL)$/.test(name)) return "part";

  const [interval = 1, count] = [parts.get("INTERVAL"), parts.get("COUNT")].map(whole);
  if (!within(interval, 1, MOST_APART[freq]) || (parts.has("COUNT") && !within(count, 1, MOST_TURNS))) return "figure";
  const until = parts.has("UNTIL") ? instantOf(parts.get("UNTIL") ?? "") : undefined;
  if (parts.has("UNTIL") && !until) return "figure";
  if (count !== undefined && until) return "count_and_until";

  const byDay = listOf(parts.get("BYDAY")).map((one) => {
    const [, ordinal, day] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(one) ?? [];
    return { ...(ordinal === undefined ? {} : { ordinal: Number(ordinal) }), day: WEEKDAYS.find((w) => w === day) };
  });
  const furthest = freq === "YEARLY" ? 53 : freq === "MONTHLY" ? 5 : 0;
  const days: Rule["byDay"] = [];
  for (const { ordinal, day } of byDay) {
    if (!day || (ordinal !== undefined && !fromEitherEnd(ordinal, furthest))) return "figure";
    days.push({ ...(ordinal === undefined ? {} : { ordinal }), day });
  }
  const byMonth = listOf(parts.get("BYMONTH")).map(Number);
  if (!byMonth.every((n) => Number.isInteger(n) && within(n, 1, 12))) return "figure";
  const byMonthDay = listOf(parts.get("BYMONTHDAY")).map(Number);
  const bySetPos = listOf(parts.get("BYSETPOS")).map(Number);
  if (!byMonthDay.every((n) => fromEitherEnd(n, 31)) || (freq === "WEEKLY" && byMonthDay.length > 0)) return "figure";
  // Of what set it would be a position, where no other part makes one?
  if (!bySetPos.every((n) => fromEitherEnd(n, 366)) || (bySetPos.length > 0 && days.length + byMonthDay.length === 0))
    return "figure";
  return {
    ...{ freq, interval, byMonth, byDay: days, byMonthDay, bySetPos },
    ...(count === undefined ? {} : { count }),
    ...(until ? { until } : {}),
  };
}

const listOf = (value: string | undefined): string[] => (value === undefined ? [] : value.split(","));

/** NaN for what is no whole number: it is within nothing. */
function whole(text: string | undefined): number | undefined {
  return text === undefined ? undefined : /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
}

const within = (n: number | undefined, least: number, most: number) => n !== undefined && n >= least && n <= most;

const fromEitherEnd = (n: number, most: number) => Number.isInteger(n) && n !== 0 && Math.abs(n) <= most;

function written({ freq, interval, byMonth, byDay, byMonthDay, bySetPos, count, until }: Rule): string {
  return [
    `FREQ=${freq}`,
    interval === 1 ? "" : `INTERVAL=${interval}`,
    byMonth.length ? `BYMONTH=${byMonth.join(",")}` : "",
    byDay.length ? `BYDAY=${byDay.map(({ ordinal, day }) => `${ordinal ?? ""}${day}`).join(",")}` : "",
    byMonthDay.length ? `BYMONTHDAY=${byMonthDay.join(",")}` : "",
    bySetPos.length ? `BYSETPOS=${bySetPos.join(",")}` : "",
    count === undefined ? "" : `COUNT=${count}`,
    until ? `UNTIL=${utcForm(until)}` : "",
  ]
    .filter((part) => part !== "")
    .join(";");
}

/** Five days on end, the first as date-fns and ISO count them less one: 0 is Monday. */
export function fiveFrom(first: number): Weekday[] {
  return [0, 1, 2, 3, 4].map((n) => weekdayCode(((first + n + 7) % 7) + 1));
}
