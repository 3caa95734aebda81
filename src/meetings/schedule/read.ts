import { tz } from "@date-fns/tz";
import { add } from "date-fns";
import { type Clock, takeClock } from "../../time/clock.js";
import { parseDuration, readLength, toDuration } from "../../time/duration.js";
import { type Day, dayOf, isoWeekday, plusDays, splitDay } from "../../time/local.js";
import { plain, takeZone, type ZoneWord } from "../../time/text.js";
import { parseWhen, type WhenContext } from "../../time/when.js";
import { checkRule, type LocalIso, toInstant, toLocalTime, turns, utcForm, weekdayCode } from "../recurrence.js";
import { type Clauses, HALF_PAST, takeClauses, takeRange, two } from "./clauses.js";
import { isLeftOut, type LeftOut, leaveOut, type Rest } from "./except.js";
import { type Found, no, type Problem, ruleOf, type ScheduleProblem } from "./found.js";
import { readRhythm } from "./rhythm.js";
import { firstOf, lastOf } from "./season.js";
import {
  ADVERB,
  alone,
  any,
  DAY,
  EVERY,
  HOUR_LEFT,
  MONTH,
  monthNumber,
  NUMBER,
  numberOf,
  OF,
  ONCE,
  PARTS_OF_DAY,
  pattern,
  UNIT,
  whole,
} from "./words.js";

/** `except`: days on which a series does not take place though its rule says so. */
export type Schedule = { start: LocalIso; zone: string; rule?: string; except?: readonly Day[]; minutes?: number };

export type ScheduleFailure = {
  ok: false;
  reason: ScheduleProblem;
  /** What was typed. */
  said: string;
  /** Figures and the writer's own words only, as in WhenFailure. */
  detail?: string;
};

/** A line of chat; what is longer is no schedule, and patterns stay cheap on it. */
const LONGEST = 160;
const SHORTEST_MEETING = 5;
const LONGEST_MEETING = 600;

/** `60m`, `1h30`, `90 min`: whole minutes between 5 and 600, else undefined. */
export function parseMinutes(text: string): number | undefined {
  const minutes = parseDuration(text);
  if (minutes === undefined || !Number.isInteger(minutes)) return undefined;
  return minutes >= SHORTEST_MEETING && minutes <= LONGEST_MEETING ? minutes : undefined;
}

/** Something in it says that it comes again, whatever the rest means. */
const AGAIN = new RegExp(
  alone(
    `${EVERY}|${ADVERB}|(?:${any(({ unclear }) => unclear)})(?:${ADVERB})|(?:${any(({ weekKinds }) => weekKinds)})|(?:${DAY}|${UNIT}) (?:${any(({ outOf }) => outOf.of)})(?:${NUMBER})|(?:${any(({ alternate }) => alternate)})|(?:${Object.keys(ONCE).join("|")}|${NUMBER} (?:${any(({ times }) => times)}))\\s+(?:${any(({ per }) => per)})\\s+(?:${UNIT})`,
  ),
  "u",
);
/** May say so: the 15th of the month, Tuesdays, the first and third Tuesday, Monday to Friday. */
const MAYBE_AGAIN = new RegExp(`s(?!\\p{L})|${OF}(?:${UNIT})|\\p{L}\\s*(?:-|,|&|\\s\\p{L}+\\s)`, "u");

/**
 * Words to a schedule, of any language that is spoken, whichever the reader's.
 *
 * - `every second Tuesday`, like every other Tuesday, is every two weeks; the second Tuesday of the month is said with
 *   its month (`every 2nd Tue of the month`), as in English. All other numbers, and French, mean the month:
 *   `every first Tue`, `chaque deuxième mardi`; French says every two weeks otherwise (`un mardi sur deux`).
 * - The first turn is the first one strictly after now (or on or after `from 1 December`); an interval counts from it.
 * - `until 30 June` is the whole of that day. A working day is one of the five that end with the context's last.
 * - A time is required: a meeting at the end of the working day, as for deadlines, is nobody's intention.
 */
export function parseSchedule(text: string, context: WhenContext): { ok: true; schedule: Schedule } | ScheduleFailure {
  const said = text.trim();
  const fail = (reason: ScheduleProblem, detail?: string): ScheduleFailure => ({
    ...{ ok: false, reason, said },
    ...(detail === undefined ? {} : { detail }),
  });
  if (text.length > LONGEST * 2) return fail("not_a_date");
  const words = plain(text)
    .replace(/[\s()]+/g, " ")
    .trim();
  // An hour and a half is no moment.
  if (words === "" || words.length > LONGEST || readLength(words)) return fail("not_a_date");
  const range = takeRange(words);
  const clauses = takeClauses(range.text);
  const length = lengthOf(clauses.length, range.minutes);
  const found =
    series(clauses, words, context) ??
    ([clauses.count, clauses.until, clauses.since, clauses.span, clauses.except].some((said) => said !== undefined)
      ? no(parseWhen(clauses.head, context).ok ? "ambiguous" : "not_a_date", words)
      : once(clauses.head, context));
  if ("reason" in found) return fail(found.reason, found.detail);
  // After what is no schedule at all, or any words before these would be an ambiguous one.
  if (clauses.twice || (range.minutes !== undefined && clauses.length !== undefined) || HALF_PAST.test(words))
    return fail("ambiguous", words);
  if (length === "bad") return fail("length", clauses.length ?? words);
  return { ok: true, schedule: { ...found, ...(length === undefined ? {} : { minutes: length }) } };
}

function lengthOf(said: string | undefined, range: number | undefined): number | undefined | "bad" {
  if (said === undefined && range === undefined) return undefined;
  const minutes = said === undefined ? parseMinutes(`${range} min`) : parseMinutes(said);
  return minutes ?? "bad";
}

function once(head: string, context: WhenContext): Schedule | Problem {
  const found = parseWhen(head, context);
  if (!found.ok) return no(found.reason, found.detail);
  if (!found.hasTime) return no("no_time", head);
  const start = toLocalTime(found.at, found.zone);
  return toInstant(start, found.zone) > context.now ? { start, zone: found.zone } : no("past", start.replace("T", " "));
}

type Bare = { zoned: ZoneWord; clock: Clock; rhythm: string };

/** The rhythm without its time and its zone. */
export function withoutClock(head: string): Bare {
  const zoned = takeZone(head);
  const unzoned =
    zoned.kind === "ambiguous" ? head.replace(/\s*\(?[a-z]+\)?$/u, "") : zoned.kind === "none" ? head : zoned.rest;
  const clock = takeClock(unzoned);
  const rhythm = (clock.kind === "none" ? unzoned : clock.rest)
    .replace(/\s+/g, " ")
    .replace(/\s*,(?:\s*,)+/g, ",")
    .replace(/^[\s,-]+|[\s,-]+$/g, "")
    .replace(HOUR_LEFT, "")
    .replace(/\s+,/g, ",");
  return { zoned, clock, rhythm };
}

/** @returns undefined where nothing says that it comes again */
function series(clauses: Clauses, words: string, context: WhenContext): Schedule | Problem | undefined {
  const again = AGAIN.test(clauses.head);
  if (!again && !MAYBE_AGAIN.test(clauses.head)) return undefined;
  const { zoned, clock, rhythm: said } = withoutClock(clauses.head);
  const { rhythm, hours } = withoutPartOfDay(said);
  const left = readRest(rhythm, clauses.except, context);
  if (!left) return again ? no("not_a_date") : undefined;
  if ("reason" in left) return left;
  if (zoned.kind === "ambiguous") return no("ambiguous", zoned.detail);
  // An offset is nowhere: in summer it would be another hour.
  if (zoned.kind === "offset") return no("ambiguous", zoned.offset);
  if (clock.kind === "none") return no("no_time", words);
  if (clock.kind !== "found") return no(clock.kind, clock.detail);
  // The end of which day, where each turn has its own?
  if (clock.hour === 24) return no("ambiguous", "00:00, 24:00");
  if (hours && (clock.hour < hours[0] || clock.hour >= hours[1])) return no("ambiguous", words);
  const time = `T${two(clock.hour)}:${two(clock.minute)}`;
  const zone = zoned.kind === "zone" ? zoned.zone : context.zone;
  return ruled(left.found, left.leftOut, clauses, { zone, time, words, rhythm }, context);
}

/** A rhythm and what it leaves out. */
function readRest(rhythm: string, except: string | undefined, context: WhenContext): Rest | Problem | undefined {
  const read = readRhythm(rhythm, context);
  if (except === undefined) return !read || "reason" in read ? read : { found: read, leftOut: [] };
  const left = read && !("reason" in read) ? leaveOut(read, except, context) : read;
  if (left && !("reason" in left)) return left;
  // Every month except August, on the first Tuesday: the rhythm goes on behind what is left out.
  const [, before, after] = GOES_ON.exec(except) ?? [];
  const further = after === undefined ? undefined : readRhythm(`${rhythm} ${after}`, context);
  const instead = further && !("reason" in further) ? leaveOut(further, before ?? "", context) : undefined;
  return instead ?? left ?? (read && no("not_a_date"));
}

const GOES_ON = new RegExp(`^(.+?)(?:\\s*,\\s*|\\s+)((?:${any(({ article }) => article)})\\s.+)$`, "u");

/** Every Tuesday morning at 9:00: the hour says it too, or they contradict one another. */
function withoutPartOfDay(text: string): { rhythm: string; hours?: readonly [number, number] } {
  for (const [names, from, to] of PARTS_OF_DAY) {
    const match = pattern(`(?:^|\\s)(?:${any(({ partsOfDayLead }) => partsOfDayLead)})?(?:${names})$`, "u").exec(text);
    if (!match) continue;
    const before = text.slice(0, match.index).trim();
    const unit = whole(EVERY).test(before) ? " day" : "";
    return { rhythm: `${before}${unit}`, hours: [from, to] };
  }
  return { rhythm: text };
}

type Told = { zone: string; time: string; words: string; rhythm: string };

/** The rule with its first turn, its end and the days that it leaves out. */
function ruled(
  read: Found,
  leftOut: readonly LeftOut[],
  { count, span, until, since }: Clauses,
  { zone, time, words, rhythm }: Told,
  context: WhenContext,
): Schedule | Problem {
  const from =
    since === undefined ? undefined : (startOfNext(since, context, zone) ?? dayTold(since, zone, context, "from"));
  const to = until === undefined ? undefined : dayTold(until, zone, context, "to");
  for (const told of [from, to]) if (told && typeof told !== "string") return told;
  const { season } = read;
  if ([count, span, until ?? season].filter((said) => said !== undefined).length > 1) return no("ambiguous", words);
  // Weekly at nine: on which day?
  const anyDay = !read.byDay && !read.byMonthDay && read.date === undefined && read.freq !== "DAILY";
  if (anyDay && since === undefined) return no("ambiguous", rhythm);
  const today = dayOf(context.now, zone);
  const first =
    [today, from, season?.from]
      .filter((day) => typeof day === "string")
      .sort()
      .at(-1) ?? today;
  const start = firstTurn(read, first, time, zone, context.now);
  if (!start) return no("never", words);
  const named = [to, season?.to].filter((day) => typeof day === "string").sort()[0];
  const last = named ?? (span === undefined ? undefined : endOf(span, start.slice(0, 10)));
  const times = count === undefined ? undefined : (ONCE[count] ?? numberOf(count));
  const ending =
    times !== undefined
      ? `;COUNT=${times}`
      : last !== undefined
        ? `;UNTIL=${utcForm(toInstant(`${last}${time}`, zone))}`
        : "";
  const checked = checkRule(`${ruleOf(read)}${ending}`, start, zone);
  if (!checked.ok) return no(checked.said === "ended" || checked.said === "never" ? "never" : "impossible", words);
  return leftOut.length
    ? without({ start, zone, rule: checked.rule }, leftOut, words)
    : { start, zone, rule: checked.rule };
}

/** A series looks no further for what it leaves out. */
const MOST_TURNS = 400;

function without(schedule: Schedule, leftOut: readonly LeftOut[], words: string): Schedule | Problem {
  const days = turns(schedule, { limit: MOST_TURNS }).map(({ local: wall }) => wall.slice(0, 10));
  // Every Tuesday except 30 December, which is a Wednesday: one of the two is a slip.
  if (!leftOut.every((one) => days.some((day) => isLeftOut(day, [one])))) return no("ambiguous", words);
  const except = days.filter((day) => isLeftOut(day, leftOut));
  const [first] = turns({ ...schedule, except }, { limit: 1 });
  if (!first) return no("never", words);
  // COUNT counts from the start, so a start that is left out stays where it is.
  if (/COUNT=/.test(schedule.rule ?? "")) return { ...schedule, except };
  const later = except.filter((day) => day > first.local.slice(0, 10));
  return { ...schedule, start: first.local, ...(later.length ? { except: later } : {}) };
}

/** From next week on is from its Monday; for a deadline the same words mean another day. */
function startOfNext(text: string, { now }: WhenContext, zone: string): Day | undefined {
  const today = dayOf(now, zone);
  if (whole(any(({ nextPeriods }) => nextPeriods.week)).test(text)) return plusDays(today, 8 - isoWeekday(today));
  if (!whole(any(({ nextPeriods }) => nextPeriods.month)).test(text)) return undefined;
  return add(`${today.slice(0, 7)}-01T00:00:00Z`, { months: 1 }, { in: tz("UTC") })
    .toISOString()
    .slice(0, 10);
}

/** A day said without a time: until 30 June, from next Monday. A month alone begins or ends with the whole of it. */
function dayTold(text: string, zone: string, context: WhenContext, side: "from" | "to"): Day | Problem {
  const [, month, year] = whole(`(?:${any(({ monthLead }) => monthLead)})?(${MONTH})(?: (20\\d\\d))?`).exec(text) ?? [];
  if (month !== undefined) {
    const today = dayOf(context.now, zone);
    const n = monthNumber(month);
    const own = year === undefined ? splitDay(today).year : Number(year);
    const on = year === undefined && lastOf(own, n) < today ? own + 1 : own;
    return side === "from" ? firstOf(on, n) : lastOf(on, n);
  }
  const found = parseWhen(text, { ...context, zone, endOfDay: { h: 23, m: 59 } });
  if (!found.ok) return no(found.reason, found.detail ?? text);
  return found.hasTime ? no("ambiguous", text) : dayOf(found.at, zone);
}

/** The last day of six weeks or two months that begin with the first turn. */
function endOf(span: string, start: Day): Day {
  const end = add(`${start}T00:00:00Z`, toDuration(readLength(span) ?? { weeks: 1 }), { in: tz("UTC") });
  return plusDays(end.toISOString().slice(0, 10), -1);
}

/** The first wall time that fits, strictly after now; an interval counts from there, so it is not looked at. */
function firstTurn(found: Found, first: Day, time: string, zone: string, now: Date): LocalIso | undefined {
  const firstOfRule = (start: Day, read: Found, fits: (wall: LocalIso) => boolean = () => true) =>
    turns(
      { start: `${start}${time}`, zone, rule: ruleOf(read) },
      { from: now, limit: read.anchor ? MONTHS_OF_A_YEAR : 2 },
    ).find(({ at, local: wall }) => at > now && fits(wall))?.local;
  if (found.date !== undefined) {
    const { date } = found;
    return firstOfRule(date < first ? nextYears(date, first) : date, found);
  }
  // Nothing says which day: the day that was told, or today.
  const byDay = found.freq === "WEEKLY" && !found.byDay ? [weekdayCode(isoWeekday(first))] : found.byDay;
  const byMonthDay =
    found.freq === "MONTHLY" && !found.byDay && !found.byMonthDay ? [splitDay(first).day] : found.byMonthDay;
  return firstOfRule(
    first,
    { ...found, interval: 1, byDay, byMonthDay },
    (wall) => !found.anchor || found.anchor.includes(splitDay(wall).month),
  );
}

/** The quarter that comes is among them. */
const MONTHS_OF_A_YEAR = 12;

function nextYears(date: Day, first: Day): Day {
  const year = splitDay(first).year;
  const same = `${year}${date.slice(4)}`;
  return same >= first ? same : `${year + 1}${date.slice(4)}`;
}
