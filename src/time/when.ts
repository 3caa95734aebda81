import { tz } from "@date-fns/tz";
import { add, addMonths, addYears } from "date-fns";
import { distance } from "fastest-levenshtein";
import { type Clock, takeClock } from "./clock.js";
import { type DateOrder, type Figures, takeDayOfMonth, takeFigures } from "./dates.js";
import { isExact, type Length, readLength, toDuration } from "./duration.js";
import { names, spoken } from "./language.js";
import { type Day, dayFrom, dayOf, isoWeekday, localTimeOf, plusDays, resolve, splitDay } from "./local.js";
import { LONGEST, plain, takeZone, withoutCourtesy, withoutLeading } from "./text.js";
import { type Days, monthly, nextWeekday, readDays, yearly } from "./words.js";

export { parseDuration } from "./duration.js";

export type WhenContext = {
  now: Date;
  /** The zone of who wrote: today, tomorrow and times without a zone are theirs. */
  zone: string;
  /** Of who wrote, BCP 47: its words are tried first. */
  lang: string;
  /** The time of a date without one. */
  endOfDay?: { h: number; m: number };
  /** How 3/4 is read; the day first unless told. */
  dateOrder?: DateOrder;
  /** Needed for `in 3 working days`; undefined when the calendar has no such day. */
  addWorkingDays?: (at: Date, n: number) => Date | undefined;
  /** 1 is Monday: where `end of week` falls. Friday unless told. */
  lastWorkingDay?: number;
  /** Which end of next week or next month is meant; unless told, the same day of it as today (chrono's reading). */
  period?: "first" | "last";
};

export type WhenFailure = {
  ok: false;
  reason: "not_a_date" | "impossible" | "past" | "ambiguous" | "negative" | "in_gap";
  /** Figures and the writer's own words only: a local time, the two readings of an ambiguous one, what does not exist. */
  detail?: string;
  /** What it may mean all the same, to be asked about. */
  readings?: readonly When[];
};
export type When = {
  ok: true;
  at: Date;
  zone: string;
  hasTime: boolean;
  /** A whole month was named: the day is its first. */
  month?: true;
};

const WORKING_DAY_END = { h: 17, m: 0 };
/** Further ahead is a slip of the keyboard: 20266, in 9000 weeks. */
const FURTHEST_YEARS = 100;
/** A day of a year that has passed as lately as this was hardly meant for the next year. */
const JUST_PASSED_MONTHS = 4;

const whole = (source: string) => new RegExp(`^(?:${source})$`, "u");

const NOW = whole(spoken("now"));
const RELATIVE = new RegExp(`^(?:(?:${spoken("within")})\\s+|(?:${spoken("withinTied")})\\s*|\\+\\s*)(.+)$`, "u");
const FROM_NOW = new RegExp(`^(.+?)'?\\s+(?:${spoken("fromNow")})$`, "u");
const WORKING = whole(`\\S+ (?:${spoken("workingDays")})`);
const NEXT_WORKING = whole(spoken("nextWorkingDay"));
const BACKWARD = new RegExp(
  `^-\\s*(?<a>.+)$|^(?:${spoken("within")})\\s*-\\s*(?<b>.+)$|^(?<c>.+?)\\s+(?:${spoken("ago")})$|^(?:${spoken("agoBefore")})\\s+(?<d>.+)$`,
  "u",
);
const AGO = new RegExp(`\\s(?:${spoken("ago")})$|^(?:${spoken("agoBefore")})\\s`, "u");
const YESTERDAY = whole(spoken("yesterday"));
const LAST = new RegExp(`^(?:${spoken("lastBefore")})\\s+(.+)$|^(.+?)\\s+(?:${spoken("lastBehind")})$`, "u");
const DAY_END = `(?:${spoken("endOfDay")})`;
const DAY_END_BESIDE = new RegExp(`^${DAY_END}(?: (?:${spoken("endOfDayOf")}))?[ ,]+(?=\\S)|[ ,]+${DAY_END}$`, "u");
const VAGUE = new RegExp(
  `^(?:(?:${spoken("vagueLead")}|${spoken("at")}) )?(?:${spoken("vague")})[ -]+(?:${spoken("vagueOf")})?`,
  "u",
);
const SEASON = whole(`(?:(?:${spoken("seasonLead")}) ?)*(?:${spoken("seasons")})(?: \\d{4})?`);

/**
 * The moment that the whole text means, never one that has passed.
 *
 * - A weekday or a time alone is the next one; a date without a year is the next such date. `next friday` is the
 *   Friday of next week (chrono's reading), `vendredi prochain` and `friday` are the coming one.
 * - Without a time: the end of the working day, `hasTime` false. Midnight (and 24:00) is the end of the day it is said
 *   with, so that `by Friday midnight` leaves the whole of Friday; 00:00 is its start.
 * - A time that the clock shows twice is the first one (RFC 5545 3.3.5). A time that the clock jumps over is refused
 *   (`in_gap`): RFC 5545 would move it silently, but a person who types it should know.
 * - What may mean two things is `ambiguous`: Friday 17, Friday 3:00, 14.12, two dates, 17:00 IST, Monday 1 December when
 *   that is a Tuesday, a few days. A day that has just passed, told without its year, is `past`.
 * - Words that lead to a date (by, due:, avant) and those of courtesy are no part of it.
 */
export function parseWhen(text: string, ctx: WhenContext): When | WhenFailure {
  if (text.length > LONGEST * 4) return no("not_a_date");
  const words = plain(text);
  if (words === "" || words.length > LONGEST) return no("not_a_date");
  const bare = withoutCourtesy(words);
  const found = readWhen(bare, ctx);
  const understood = found.ok || !["not_a_date", "ambiguous"].includes(found.reason) || found.readings;
  return understood ? found : (unclear(withoutLeading(bare), ctx) ?? misspelt(bare, ctx) ?? found);
}

function readWhen(said: string, ctx: WhenContext): When | WhenFailure {
  if (said === AROUND_THE_CLOCK) return no("not_a_date");
  if (NOW.test(withoutLeading(said))) return { ok: true, at: ctx.now, zone: ctx.zone, hasTime: true };

  const back = BACKWARD.exec(said)?.groups;
  const backward = back?.a ?? back?.b ?? back?.c ?? back?.d;
  if (backward !== undefined && readLength(backward)) return no("negative", said);
  const length = forward(said) ?? forward(withoutLeading(said));
  if (length) return afterLength(length, undefined, ctx, ctx.zone, ctx.zone);

  const zoned = takeZone(said);
  if (zoned.kind === "ambiguous") return no("ambiguous", zoned.detail);
  const clockZone = zoned.kind === "zone" ? zoned.zone : zoned.kind === "offset" ? zoned.offset : ctx.zone;
  // An offset is nowhere: the moment is kept in the writer's zone.
  const meantIn = zoned.kind === "zone" ? zoned.zone : ctx.zone;
  const unzoned = withoutDayEnd(zoned.kind === "none" ? said : zoned.rest);

  const figures = takeFigures(unzoned, ctx.dateOrder ?? "dmy");
  const clock = takeClock(figures.kind === "none" ? unzoned : figures.rest);
  if (zoned.kind !== "none" && clock.kind === "none") return no("not_a_date");
  const left = clock.kind === "none" ? (figures.kind === "none" ? unzoned : figures.rest) : clock.rest;
  const bare = left.replace(/^[\s,-]+|[\s,-]+$/g, "");
  // Friday by 17:00: the word that led to the time.
  const rest = withoutLeading(clock.kind === "none" ? bare : bare.replace(LEAD_LAST, ""));

  const days = figures.kind === "none" ? restDays(rest, clock, ctx, clockZone) : beside(figures, rest, ctx);
  if ("ok" in days) return days;
  const again = (phrases: readonly string[], read = said) =>
    readingsOf(
      phrases.map((phrase) => phrase + read),
      ctx,
    );
  const timed = clock.kind === "found" ? ` ${two(clock.hour)}:${two(clock.minute)}` : "";
  // What is not wholly a date is no date, whatever figures stand in it; so these two come after the words.
  if (figures.kind === "impossible") return no("impossible", figures.detail, again(figures.dates ?? [], timed));
  if (clock.kind === "impossible") return no("impossible", said);
  if (figures.kind === "ambiguous") return no("ambiguous", figures.detail, again(figures.dates ?? [], timed));
  if ("length" in days) {
    const time = clock.kind === "found" ? clock : undefined;
    return clock.kind === "ambiguous"
      ? no("ambiguous", clock.detail)
      : afterLength(days.length, time, ctx, clockZone, meantIn);
  }
  if (days.days.length === 0) return no("impossible", said);
  const time = timeOf(clock, days.part);
  if (time === "contradiction") return no("ambiguous", said);
  if (clock.kind === "ambiguous" && !time) {
    const read = (clock.times ?? []).map((one) => choose(days, timeIn(one), ctx, clockZone, meantIn));
    return no(
      "ambiguous",
      clock.detail,
      read.filter((one): one is When => one.ok),
    );
  }
  return choose(days, time, ctx, clockZone, meantIn);
}

const AROUND_THE_CLOCK = "24/7";
const LEAD_LAST = new RegExp(`(?:^|\\s)(?:${spoken("lead")}|${spoken("hourLead")})$`, "u");
const two = (n: number) => String(n).padStart(2, "0");
const timeIn = (text: string): Time => ({ hour: Number(text.split(":")[0]), minute: Number(text.split(":")[1]) });

/** EOD Friday, Friday close of business: the day's end is what a day without a time means. */
function withoutDayEnd(said: string): string {
  const bare = withoutLeading(said);
  const rest = bare.replace(DAY_END_BESIDE, "");
  return rest === "" || rest === bare ? said : rest;
}

const readingsOf = (phrases: readonly string[], ctx: WhenContext): When[] =>
  phrases.map((phrase) => readWhen(phrase, ctx)).filter((one) => one.ok);

const SPELT = [...names("weekdays"), ...names("months"), ...spoken("tomorrow").split("|")].filter(
  (name) => name.length > 4 && !names("oneLetterOff").includes(name) && !names("homonyms").includes(name),
);
const MOST_WORDS = 6;

/** By fridya, le 4 décmbre: a day but for a letter, which is asked about and never guessed. */
function misspelt(said: string, ctx: WhenContext): WhenFailure | undefined {
  const words = said.split(" ");
  if (words.length > MOST_WORDS) return undefined;
  for (const [n, word] of words.entries()) {
    const meant = word.length > 4 && !SPELT.includes(word) && SPELT.find((name) => nearlySpelt(word, name));
    const read = meant ? readWhen(words.with(n, meant).join(" "), ctx) : undefined;
    if (read?.ok) return no("ambiguous", said, [read]);
  }
  return undefined;
}

/** A letter more, less or another; two that changed places; or two wrong ones in a long name. */
function nearlySpelt(word: string, name: string): boolean {
  const far = distance(word, name);
  const swapped = far === 2 && [...word].sort().join("") === [...name].sort().join("");
  return far === 1 ? word !== `${name}s` : swapped || (far === 2 && name.length > 7);
}

const BETWEEN = new RegExp(`^(.+?)(?:\\s*[/,-]\\s*|\\s+(?:${spoken("between")})\\s+)(.+)$`, "u");
const RANGE = new RegExp(`^(?:${spoken("rangeLead")})\\s+`, "u");
const FIGURE_WITH_MONTH = new RegExp(`^\\d{1,2}(?:${spoken("figure")})?\\s+(\\S.*)$`);

/** What is no date for certain and speaks of one: 2/3 December, Monday or Tuesday, early next week, in spring. */
function unclear(said: string, ctx: WhenContext): WhenFailure | undefined {
  if (SEASON.test(said)) return no("ambiguous", said);
  const quarter = QUARTER.exec(said);
  if (quarter) return no("ambiguous", said, quarterEnds(quarter, ctx));
  const [, weekday, figure = ""] = /^(\p{L}+\.?) (\d{1,2})$/u.exec(said) ?? [];
  if (weekday !== undefined) {
    const hours = Number(figure) < 12 ? [Number(figure), Number(figure) + 12] : [Number(figure)];
    const phrases = [`${weekday} ${figure}th`, ...hours.map((hour) => `${weekday} ${two(hour)}:00`)];
    const readings = readingsOf(phrases, ctx);
    if (readings.length) return no("ambiguous", said, readings);
  }
  const near = said.replace(VAGUE, "");
  if (near !== said) {
    const read = readWhen(near, { ...ctx, period: ctx.period && "first" });
    if (read.ok) return no("ambiguous", said, read.month ? [] : [read]);
  }
  const [, first = "", last = ""] = BETWEEN.exec(said.replace(RANGE, "")) ?? [];
  if (first === "") return undefined;
  const end = readWhen(last, ctx);
  if (!end.ok && (end.reason === "not_a_date" || end.reason === "negative")) return undefined;
  // The month of 2/3 December stands behind the second alone.
  const month = FIGURE_WITH_MONTH.exec(last)?.[1];
  const start = readWhen(first, ctx);
  const led = /^\d{1,2}$/.test(first) && month ? readWhen(`${first} ${month}`, ctx) : start;
  const readings = [led, end].filter((one): one is When => one.ok);
  return led.ok || (!led.ok && led.reason !== "not_a_date") ? no("ambiguous", said, readings) : undefined;
}

const QUARTER = new RegExp(`^(?:${spoken("quarter")})([1-4])(?:[ /-]?(\\d{4}))?$`);

/** By Q1: hardly before it begins, and not for certain by its end. */
function quarterEnds([, n, year]: RegExpExecArray, ctx: WhenContext): When[] {
  const month = Number(n) * 3;
  const day = month === 3 || month === 12 ? 31 : 30;
  return readingsOf([year === undefined ? `${day}.${month}.` : dayFrom(Number(year), month, day)], ctx);
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
    // Not "no date": the words were understood, and nobody must take them for a title.
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
    const words = readDays(rest, today, ctx);
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
  const more = month !== undefined && year === undefined ? { yearly: true as const } : {};
  return weekday === undefined ? { days, ...more } : { days, weekday, ...more };
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
  const last = LAST.exec(rest);
  const lastOf = last?.[1] ?? last?.[2];
  if (lastOf !== undefined && (isUnit(lastOf) || readDays(lastOf, today, ctx).kind === "days"))
    return no("negative", rest);
  const words = readDays(rest, today, ctx);
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

const LAST_OF = whole(spoken("lastOf"));

/** Last week, la semaine dernière; not `last day`, which needs a `month` beside. */
function isUnit(word: string): boolean {
  return LAST_OF.test(word) || readLength(word) !== undefined;
}

/** Half past eight in the evening is 20:30. */
function timeOf(clock: Clock, part: Days["part"]): Time | undefined | "contradiction" {
  if (clock.kind === "ambiguous" && clock.times && part) return timeIn(clock.times[part.half === "pm" ? 1 : 0] ?? "");
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
  const { weekday, ...unweekdayed } = days;
  if (weekday !== undefined && isoWeekday(firstDay) !== weekday) {
    const coming = { days: [nextWeekday(dayOf(ctx.now, clockZone), weekday)] };
    const read = [unweekdayed, coming].map((one) => choose(one, time, ctx, clockZone, meantIn));
    return no(
      "ambiguous",
      firstDay,
      read.filter((one): one is When => one.ok),
    );
  }
  const local = (one: Day) => localText(moment(one, wall, clockZone).at, meantIn);
  if (!at) return no("past", local(firstDay));
  if (at.at > addYears(ctx.now, FURTHEST_YEARS)) return no("impossible", firstDay);
  if (time && at.kind === "gap")
    return no("in_gap", `${localText(at.before, clockZone)}, ${localText(at.after, clockZone)}`);
  const month = days.month ? { month: true as const } : {};
  const found: When = { ok: true, at: at.at, zone: meantIn, hasTime: time !== undefined, ...month };
  const [soonest = firstDay] = days.days;
  const passed = days.yearly && soonest !== firstDay && !days.month ? moment(soonest, wall, clockZone).at : undefined;
  if (passed && addMonths(passed, JUST_PASSED_MONTHS) > ctx.now) return no("past", local(soonest), [found]);
  return found;
}

function moment(day: Day, { hour, minute, second }: Time, zone: string) {
  const date = hour === 24 ? plusDays(day, 1) : day;
  return resolve({ ...splitDay(date), hour: hour % 24, minute, second: second ?? 0 }, zone);
}

function localText(at: Date, zone: string): string {
  const { year, month, day, hour, minute } = localTimeOf(at, zone);
  return `${dayFrom(year, month, day)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function no(reason: WhenFailure["reason"], detail?: string, readings?: readonly When[]): WhenFailure {
  return {
    ...{ ok: false, reason },
    ...(detail === undefined ? {} : { detail }),
    ...(readings?.length ? { readings } : {}),
  };
}
