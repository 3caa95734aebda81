import { tz } from "@date-fns/tz";
import { add, addYears } from "date-fns";
import { type Clock, takeClock } from "./clock.js";
import { type DateOrder, type Figures, takeDayOfMonth, takeFigures } from "./dates.js";
import { isExact, type Length, readLength, toDuration } from "./duration.js";
import { type Day, dayFrom, dayOf, isoWeekday, plusDays, resolve, splitDay, wallOf } from "./local.js";
import { LONGEST, plain, takeZone, withoutLeading } from "./text.js";
import { type Days, type Lang, monthly, readDays, yearly } from "./words.js";

export { parseDuration } from "./duration.js";

export type WhenContext = {
  now: Date;
  /** The zone of who wrote: today, tomorrow and times without a zone are theirs. */
  zone: string;
  lang: Lang;
  /** The time of a date without one. */
  endOfDay?: { h: number; m: number };
  /** How 3/4 is read. The month first only where people write so: the United States. */
  dateOrder?: DateOrder;
  /** Needed for `in 3 working days`; undefined when the calendar has no such day. */
  addWorkingDays?: (at: Date, n: number) => Date | undefined;
  /** 1 is Monday: where `end of week` falls. Friday unless told. */
  lastWorkingDay?: number;
};

export type WhenFailure = {
  ok: false;
  reason: "not_a_date" | "impossible" | "past" | "ambiguous" | "negative" | "in_gap";
  /** Figures and the writer's own words only: a local time, the two readings of an ambiguous one, what does not exist. */
  detail?: string;
};
export type When = { ok: true; at: Date; zone: string; hasTime: boolean };

const WORKING_DAY_END = { h: 17, m: 0 };
/** Further ahead is a slip of the keyboard: 20266, in 9000 weeks. */
const FURTHEST_YEARS = 100;

const NOW = /^(?:now|right now|asap|immediately|maintenant|imm[ée]diatement|tout de suite)$/;
const RELATIVE = /^(?:in|within|dans|d'ici|sous|\+)\s*(.+)$/;
const FROM_NOW = /^(.+?)'?\s+(?:from now|from today|later|hence|plus tard|time)$/;
const WORKING = /^(?:\S+) (?:working|business|work)[- ]days?$|^\S+ jours? ouvr\S+$/;
const NEXT_WORKING = /^(?:next|the next) (?:working|business|work)[- ]day$|^(?:le )?prochain jour ouvr\S+$/;
const BACKWARD =
  /^-\s*(?<a>.+)$|^(?:in|dans|within)\s*-\s*(?<b>.+)$|^(?<c>.+?)\s+(?:ago|earlier|before|before now|plus tôt)$|^il y a\s+(?<d>.+)$/;
const AGO = /\sago$|^il y a\s/;
const YESTERDAY =
  /^(?:(?:the )?day before )?yesterday(?: (?:morning|afternoon|evening|night))?$|^last night$|^(?:avant[- ])?hier(?: (?:matin|soir|après-midi))?$|^(?:la )?veille$/;
const LAST = /^(?:last|past|previous|derni[eè]re?)\s+(.+)$|^(.+?)\s+(?:derni[eè]re?|pass[ée]e?)$/;

/**
 * The moment that the whole text means, never one that has passed.
 *
 * - A weekday or a time alone is the next one; a date without a year is the next such date. `next friday` is the
 *   Friday of next week, `friday` the coming one (chrono's reading).
 * - Without a time: the end of the working day, `hasTime` false. Midnight (and 24:00) is the end of the day it is said
 *   with, so that `by Friday midnight` leaves the whole of Friday; 00:00 is its start.
 * - A time that the clock shows twice is the first one (RFC 5545 3.3.5). A time that the clock jumps over is refused
 *   (`in_gap`): RFC 5545 would move it silently, but a person who types it should know.
 * - What may mean two things is `ambiguous`: Friday 17, at 5, 14.12, two dates, 17:00 IST, Monday 1 December when that
 *   is a Tuesday, a few days.
 */
export function parseWhen(text: string, ctx: WhenContext): When | WhenFailure {
  if (text.length > LONGEST * 4) return no("not_a_date");
  const said = plain(text);
  if (said === "" || said.length > LONGEST) return no("not_a_date");
  if (NOW.test(withoutLeading(said))) return { ok: true, at: ctx.now, zone: ctx.zone, hasTime: true };

  const back = BACKWARD.exec(said)?.groups;
  const backward = back?.a ?? back?.b ?? back?.c ?? back?.d;
  if (backward !== undefined && readLength(backward)) return no("negative", said);
  const length = forward(said);
  if (length) return afterLength(length, undefined, ctx, ctx.zone, ctx.zone);

  const zoned = takeZone(said);
  if (zoned.kind === "ambiguous") return no("ambiguous", zoned.detail);
  const clockZone = zoned.kind === "zone" ? zoned.zone : zoned.kind === "offset" ? zoned.offset : ctx.zone;
  // An offset is nowhere: the moment is kept in the writer's zone.
  const meantIn = zoned.kind === "zone" ? zoned.zone : ctx.zone;
  const unzoned = zoned.kind === "none" ? said : zoned.rest;

  const figures = takeFigures(unzoned, ctx.dateOrder ?? "dmy");
  const clock = takeClock(figures.kind === "none" ? unzoned : figures.rest);
  if (zoned.kind !== "none" && clock.kind === "none") return no("not_a_date");
  const left = clock.kind === "none" ? (figures.kind === "none" ? unzoned : figures.rest) : clock.rest;
  const bare = left.replace(/^[\s,-]+|[\s,-]+$/g, "");
  // Friday by 17:00: the word that led to the time.
  const rest = withoutLeading(clock.kind === "none" ? bare : bare.replace(/\s(?:by|before|avant|pour)$/, ""));

  const days = figures.kind === "none" ? restDays(rest, clock, ctx, clockZone) : beside(figures, rest, ctx);
  if ("ok" in days) return days;
  // What is not wholly a date is no date, whatever figures stand in it; so these two come after the words.
  if (figures.kind === "impossible" || clock.kind === "impossible")
    return no("impossible", figures.kind === "impossible" ? figures.detail : said);
  if (figures.kind === "ambiguous") return no("ambiguous", figures.detail);
  if ("length" in days) {
    const time = clock.kind === "found" ? clock : undefined;
    return clock.kind === "ambiguous"
      ? no("ambiguous", clock.detail)
      : afterLength(days.length, time, ctx, clockZone, meantIn);
  }
  if (days.days.length === 0) return no("impossible", said);
  const time = timeOf(clock, days.part);
  if (time === "contradiction") return no("ambiguous", said);
  if (clock.kind === "ambiguous" && !time) return no("ambiguous", clock.detail);
  return choose(days, time, ctx, clockZone, meantIn);
}

/** In 3 days, dans 2 h, d'ici 3 jours, 2 weeks from now, 3 working days. */
function forward(text: string): Length | undefined {
  const found = RELATIVE.exec(text)?.[1] ?? FROM_NOW.exec(text)?.[1];
  const inner = found === undefined ? undefined : (FROM_NOW.exec(found)?.[1] ?? found);
  if (inner !== undefined) return readLength(inner);
  if (NEXT_WORKING.test(text)) return { workingDays: 1 };
  return WORKING.test(text) ? readLength(text) : undefined;
}

type Time = { hour: number; minute: number; second?: number };

function afterLength(length: Length, time: Time | undefined, ctx: WhenContext, clockZone: string, meantIn: string) {
  let then: Date | undefined;
  if (length.workingDays) {
    // Not "no date": the words were understood, and splitBy must not take them for a title.
    if (!ctx.addWorkingDays) return no("impossible", "working days");
    then = ctx.addWorkingDays(ctx.now, length.workingDays);
  } else {
    // Days and months on the wall clock of the zone, hours and minutes by the watch: so does date-fns' add.
    then = new Date(add(ctx.now, toDuration(length), { in: tz(ctx.zone) }).getTime());
  }
  if (!then || Number.isNaN(then.getTime()) || then > addYears(ctx.now, FURTHEST_YEARS)) return no("impossible");
  if (isExact(length)) return time ? no("ambiguous") : { ok: true as const, at: then, zone: meantIn, hasTime: true };
  return choose({ days: [dayOf(then, ctx.zone)] }, time, ctx, clockZone, meantIn);
}

type FoundFigures = Exclude<Figures, { kind: "none" }>;

/** A date in figures, with nothing beside it or the weekday. */
function beside(figures: FoundFigures, rest: string, ctx: WhenContext): Days | WhenFailure {
  const today = dayOf(ctx.now, ctx.zone);
  let weekday: number | undefined;
  if (rest !== "") {
    const words = readDays(rest, today, ctx.lang, ctx.lastWorkingDay ?? 5);
    const [first, second] = words.kind === "days" ? words.days.days : [];
    // A weekday alone has two coming days, a week apart.
    if (!first || !second || plusDays(first, 7) !== second || words.kind !== "days" || words.days.part)
      return no("not_a_date");
    weekday = isoWeekday(first);
  }
  if (figures.kind !== "found") return { days: [] };
  const { year, month, day } = figures;
  const days =
    month === undefined
      ? monthly(day, today)
      : year === undefined
        ? yearly(month, day, today)
        : [dayFrom(year, month, day)];
  return weekday === undefined ? { days } : { days, weekday };
}

function restDays(
  rest: string,
  clock: Clock,
  ctx: WhenContext,
  clockZone: string,
): Days | { length: Length } | WhenFailure {
  const today = dayOf(ctx.now, ctx.zone);
  if (rest === "") {
    if (clock.kind === "none") return no("not_a_date");
    const there = dayOf(ctx.now, clockZone);
    return { days: [there, plusDays(there, 1)] };
  }
  // Friday 27 at 10:00, samedi 28: beside a time, or beyond the hours, a figure is a day.
  const [, weekday = "", figure = ""] = /^(\p{L}+\.?) (\d{1,2})$/u.exec(rest) ?? [];
  if (weekday !== "" && Number(figure) > 0 && Number(figure) <= 31 && (clock.kind === "found" || Number(figure) > 24)) {
    const dated = beside({ kind: "found", day: Number(figure), rest: weekday }, weekday, ctx);
    if (!("ok" in dated)) return dated;
  }
  const length = clock.kind === "none" ? undefined : forward(rest);
  if (length) return { length };
  if (YESTERDAY.test(rest)) return no("negative", rest);
  const lastWorkingDay = ctx.lastWorkingDay ?? 5;
  const last = LAST.exec(rest);
  const lastOf = last?.[1] ?? last?.[2];
  if (lastOf !== undefined && (isUnit(lastOf) || readDays(lastOf, today, ctx.lang, lastWorkingDay).kind === "days"))
    return no("negative", rest);
  const words = readDays(rest, today, ctx.lang, lastWorkingDay);
  if (words.kind !== "none" && AGO.test(rest)) return no("negative", rest);
  if (words.kind === "days") return words.days;
  if (words.kind === "ambiguous") return no("ambiguous", words.detail);
  const figures = takeDayOfMonth(rest);
  return figures.kind === "none"
    ? no("not_a_date")
    : figures.kind === "found"
      ? beside(figures, withoutLeading(figures.rest), ctx)
      : no(figures.kind, figures.detail);
}

/** Last week, la semaine dernière; not `last day`, which needs a `month` beside. */
function isUnit(word: string): boolean {
  return (
    /^(?:week|month|quarter|year|weekend|semaine|mois|trimestre|ann[ée]e|an)$/.test(word) ||
    readLength(word) !== undefined
  );
}

/** Half past eight in the evening is 20:30. */
function timeOf(clock: Clock, part: Days["part"]): Time | undefined | "contradiction" {
  if (clock.kind === "ambiguous" && part && /^\d:00/.test(clock.detail)) {
    const hour = Number(clock.detail.slice(0, 1));
    return { hour: part.half === "pm" ? hour + 12 : hour, minute: 0 };
  }
  if (clock.kind !== "found") return part;
  if (!part) return clock;
  if (part.half === "pm" && clock.hour > 0 && clock.hour < 12) return { ...clock, hour: clock.hour + 12 };
  return part.half === "am" && clock.hour >= 12 ? "contradiction" : clock;
}

/** The first of the days that is not over. */
function choose(
  days: Days,
  time: Time | undefined,
  ctx: WhenContext,
  clockZone: string,
  meantIn: string,
): When | WhenFailure {
  const end = ctx.endOfDay ?? WORKING_DAY_END;
  const wall = time ?? { hour: end.h, minute: end.m };
  const { day: firstDay, at } = days.days
    .map((day) => ({ day, at: moment(day, wall, clockZone) }))
    .find((one) => one.at.at >= ctx.now) ?? { day: days.days[0] ?? "", at: undefined };
  const { weekday } = days;
  if (weekday !== undefined && isoWeekday(firstDay) !== weekday) return no("ambiguous", firstDay);
  if (!at) return no("past", localText(moment(firstDay, wall, clockZone).at, meantIn));
  if (at.at > addYears(ctx.now, FURTHEST_YEARS)) return no("impossible", firstDay);
  if (time && at.kind === "gap")
    return no("in_gap", `${localText(at.before, clockZone)}, ${localText(at.after, clockZone)}`);
  return { ok: true, at: at.at, zone: meantIn, hasTime: time !== undefined };
}

function moment(day: Day, { hour, minute, second }: Time, zone: string) {
  const date = hour === 24 ? plusDays(day, 1) : day;
  return resolve({ ...splitDay(date), hour: hour % 24, minute, second: second ?? 0 }, zone);
}

function localText(at: Date, zone: string): string {
  const { year, month, day, hour, minute } = wallOf(at, zone);
  return `${dayFrom(year, month, day)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function no(reason: WhenFailure["reason"], detail?: string): WhenFailure {
  return detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
}

const BEFORE_DATE: Readonly<Record<Lang, RegExp>> = {
  en: beforeDate("by"),
  fr: beforeDate("by|avant|d['’]ici|pour"),
};

/** `by` and the like, with a colon or without; `due` and the like with one, since they are words of a title too. */
function beforeDate(words: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\d])(?:(?:${words})(?:\\s?[:：]|(?![\\p{L}\\d]))|(?:due|deadline|date limite|échéance)\\s?[:：])`,
    "giu",
  );
}

/** As many of them as a line says before its last date. */
const MOST_BY = 12;

export type Split = { ok: true; head: string; when?: When } | (WhenFailure & { head: string });

/**
 * `Inspect 3 farms in Kilkis by Fri 17:00` into what and by when: at the last `by` (French: by, avant, d'ici, pour)
 * whose whole rest is a date, or an earlier one whose rest is a date too (`by Friday by 10:00`). A rest that is a date but cannot be (31 Feb, yesterday) is that failure, so that a
 * deadline is never lost in a title. A rest that is no date (`Report by mail`) leaves the text as it was.
 */
export function splitBy(text: string, ctx: WhenContext): Split {
  let split: Split = { ok: true, head: text.trim() };
  for (const match of [...text.matchAll(BEFORE_DATE[ctx.lang])].slice(-MOST_BY).reverse()) {
    const tail = text.slice(match.index + match[0].length);
    // d'ici 3 jours says how long by itself; by 3 days does not.
    const found = parseWhen(/^d['’]ici/i.test(match[0]) ? `d'ici ${tail}` : tail, ctx);
    if (!found.ok && found.reason === "not_a_date") continue;
    const head = text.slice(0, match.index).trim();
    split = found.ok ? { ok: true, head, when: found } : { ...found, head };
    if (!found.ok) break;
  }
  return split;
}
