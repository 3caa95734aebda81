import { tz } from "@date-fns/tz";
import type { ParsedResult } from "chrono-node";
import { addMonths, addWeeks, lastDayOfMonth, lastDayOfQuarter, lastDayOfYear } from "date-fns";
import { GRAMMARS, readerFirst } from "../i18n/grammar/index.js";
import type { TimeWords, Unit } from "../i18n/grammar/time.js";
import { spoken, table, unitsIn } from "./language.js";
import { type Day, dayFrom, isDay, isoWeekday, plusDays, splitDay } from "./local.js";

/** Which days the words may mean, soonest first: the first one that is not over is meant. Empty: no such day. */
export type Days = {
  days: readonly Day[];
  /** A weekday said beside a date (1 is Monday): it must agree. */
  weekday?: number;
  /** Morning, afternoon, evening: a time, where none is told. */
  part?: { hour: number; minute: number; half: "am" | "pm" };
  /** A whole month was named. */
  month?: true;
  /** A day of some year: the one that has just passed may be meant as well as the next. */
  yearly?: true;
};

export type Words = { kind: "days"; days: Days } | { kind: "none" } | { kind: "ambiguous"; detail: string };

export type DaysContext = {
  /** BCP 47. */
  lang: string;
  /** 1 is Monday; Friday unless told. */
  lastWorkingDay?: number;
  /** Which end of next week is meant. */
  period?: "first" | "last";
};

const utc = tz("UTC");

/** The day after tomorrow, which chrono has only with its article and not at all in French. */
const IN_TWO_DAYS = new RegExp(`^(?:${spoken("dayAfterTomorrow")})(?= |$)`, "u");
const LATER = table("later");
const LATER_BEFORE = table("laterBefore");

/**
 * The day that words mean, the whole of them: tomorrow, next tuesday, 31 march, vendredi prochain, end of month.
 * A reader of one language may write in another: all are tried, the reader's first.
 */
export function readDays(text: string, today: Day, reader: DaysContext): Words {
  const { lang } = reader;
  const others = readerFirst(lang);
  const period = readPeriod(text, today, reader);
  if (period) return { kind: "days", days: period };
  const later = Object.keys(LATER).find((words) => text.endsWith(` ${words}`));
  const before = Object.keys(LATER_BEFORE).find((words) => text.startsWith(`${words} `));
  if (later !== undefined || before !== undefined) {
    const weekday = later === undefined ? text.slice((before?.length ?? 0) + 1) : text.slice(0, -later.length - 1);
    const first = readDays(weekday, today, reader);
    const [day, next] = first.kind === "days" ? first.days.days : [];
    const days = LATER[later ?? ""] ?? LATER_BEFORE[before ?? ""] ?? 0;
    if (day && next === plusDays(day, 7)) return { kind: "days", days: { days: [plusDays(day, days)] } };
  }
  const twoDays = IN_TWO_DAYS.exec(text)?.[0];
  if (twoDays === text) return { kind: "days", days: { days: [plusDays(today, 2)] } };
  for (const { time: language } of others) {
    const words = twoDays ? text.replace(twoDays, language.tomorrow) : text;
    const found = wholly(words, today, language);
    if (found.kind === "none") continue;
    if (!twoDays || found.kind !== "days") return found;
    return { kind: "days", days: { ...found.days, days: found.days.days.map((day) => plusDays(day, 1)) } };
  }
  return noSuchDay(text, today, lang);
}

/** What chrono makes of the whole text and of the forms it has beside it. */
function wholly(text: string, today: Day, language: TimeWords): Words {
  for (const { form, month } of language.forms(text)) {
    const [found, more] = language.chrono.parse(form, machineNoon(today));
    if (!found || more || bare(found.text) !== bare(form)) continue;
    const words = meaning(found, today, language);
    return month && words.kind === "days" ? { kind: "days", days: { ...words.days, month } } : words;
  }
  return { kind: "none" };
}

/** 234 BC, 2555 BE: nothing is due then. */
const ERA = /\d\s*(?:ad|bce?|ce|be|ac)(?!\p{L})/iu;
const VAGUE = new RegExp(`(?<!\\p{L})(?:${spoken("vague")})(?!\\p{L})`, "iu");

function bare(text: string): string {
  return text
    .replace(/[\s,()]+/g, " ")
    .trim()
    .toLowerCase();
}

/**
 * chrono works in the zone of the machine. It is given noon, there, of the day it is where the words were said, and
 * is asked for days only: no clock change of the machine's zone can move those.
 */
function machineNoon(day: Day): Date {
  const { year, month, day: date } = splitDay(day);
  return new Date(year, month - 1, date, 12);
}

function meaning(found: ParsedResult, today: Day, language: TimeWords): Words {
  const { start } = found;
  const tags = start.tags();
  if (found.end) return { kind: "ambiguous", detail: "two dates" };
  if (tags.has("result/relativeDateAndTime")) return { kind: "ambiguous", detail: found.text };
  // Three days to one, a week to the other: a deadline cannot hang on it.
  if (ERA.test(found.text)) return { kind: "none" };
  if (VAGUE.test(found.text)) return { kind: "ambiguous", detail: found.text };
  const part = partOfDay(found);
  // Times were taken before: an hour that is left is a bare figure, Friday 17, which may be a day as well.
  if (start.isCertain("hour") && !part) return { kind: "ambiguous", detail: found.text };
  const year = start.get("year") ?? 0;
  const month = start.get("month") ?? 0;
  const date = start.get("day") ?? 0;
  const day = dayFrom(year, month, date);
  if (!/^\d{4}-/.test(day) || !isDay(day)) return { kind: "none" };
  const rest = { ...(part ? { part } : {}) };
  const sunday0 = start.get("weekday");
  const weekday = sunday0 === null ? undefined : sunday0 === 0 ? 7 : sunday0;
  if (start.isCertain("weekday") && !start.isCertain("day") && weekday !== undefined) {
    if (WEEKEND.test(found.text)) return { kind: "days", days: { days: [nextWeekday(today, 6)] } };
    const coming = language.nextWeekdayIs === "coming" && NEXT.get(language)?.test(found.text.toLowerCase());
    if (coming) return { kind: "days", days: { days: [nextWeekday(plusDays(today, 1), weekday)], ...rest } };
    const placed = PLACED.test(found.text.toLowerCase());
    const first = placed ? day : nextWeekday(today, weekday);
    return { kind: "days", days: { days: placed ? [first] : [first, plusDays(first, 7)], ...rest } };
  }
  const spoken =
    start.isCertain("weekday") && weekday !== undefined && !tags.has("result/relativeDate") ? { weekday } : {};
  if (start.isCertain("month") && !start.isCertain("year")) {
    const whole = start.isCertain("day") ? {} : { month: true as const };
    return { kind: "days", days: { days: yearly(month, date, today), yearly: true, ...spoken, ...rest, ...whole } };
  }
  const whole = start.isCertain("month") && !start.isCertain("day") && !tags.has("result/relativeDate");
  // August 32: chrono takes it for August 2032.
  if (whole && !/\d{4}/.test(found.text) && /\d/.test(found.text)) return { kind: "none" };
  return { kind: "days", days: { days: [day], ...spoken, ...rest, ...(whole ? { month: true as const } : {}) } };
}

const NEXT: ReadonlyMap<TimeWords, RegExp> = new Map(
  GRAMMARS.map(({ time }) => [
    time,
    new RegExp(`(?<!\\p{L})(?:${time.nextBehind})$|^(?:${time.nextBefore})(?!\\p{L})`, "u"),
  ]),
);

const PLACED = new RegExp(`(?<!\\p{L})(?:${spoken("placed")})(?!\\p{L})`, "u");
const WEEKEND = new RegExp(`^(?:(?:${spoken("theDay")}) )?(?:${spoken("weekend")})`, "u");
const TONIGHT = new RegExp(`(?<!\\p{L})(?:${spoken("tonight")})(?!\\p{L})`, "u");

const MORNING = 8;

function partOfDay(found: ParsedResult): Days["part"] {
  const { start } = found;
  const tag = [...found.tags()].find((name) => /casualReference\/(?:morning|afternoon|evening|tonight)/.test(name));
  const night = TONIGHT.test(found.text.toLowerCase());
  if (!tag && !night) return undefined;
  // A working morning: chrono's is at six in English.
  const hour = Math.max(start.get("hour") ?? 12, MORNING);
  return { hour, minute: start.get("minute") ?? 0, half: hour < 12 ? "am" : "pm" };
}

export function nextWeekday(from: Day, weekday: number): Day {
  return plusDays(from, (weekday - isoWeekday(from) + 7) % 7);
}

/** A date without a year: this year's or the next one's, as far as they exist. */
export function yearly(month: number, date: number, today: Day): Day[] {
  const { year } = splitDay(today);
  return [year, year + 1].map((one) => dayFrom(one, month, date)).filter(isDay);
}

/** A day without a month: the coming ones. Three months on end always hold a 31st that is still to come. */
export function monthly(date: number, today: Day): Day[] {
  const { year, month } = splitDay(today);
  const first = new Date(`${dayFrom(year, month, 1)}T00:00:00Z`);
  return [0, 1, 2]
    .map((n) => splitDay(iso(addMonths(first, n, { in: utc }))))
    .map((one) => dayFrom(one.year, one.month, date))
    .filter(isDay);
}

const FIRST = new RegExp(`(?<=^1)(?:${spoken("figure")})(?!\\p{L})`, "u");

/** 31 February, 32 August: chrono passes over them in silence. The month alone, with the first, tells that a date was meant. */
function noSuchDay(text: string, today: Day, lang: string): Words {
  const figure = /(?<![\d\p{L}])(\d{1,3})(?=[ -]?\p{L})|(?<=\p{L}\.?[ -])(\d{1,3})(?!\d)/u;
  const match = figure.exec(text);
  if (!match) return { kind: "none" };
  const first = `${text.slice(0, match.index)}1${text.slice(match.index + match[0].length)}`.replace(FIRST, "");
  for (const { time: language } of readerFirst(lang)) {
    const found = wholly(first, today, language);
    if (found.kind !== "days") continue;
    const one = splitDay(found.days.days[0] ?? today);
    if (one.day !== 1 || found.days.part) continue;
    // A year that was told binds; otherwise the coming 29 February may be next year's.
    const days = found.days.days.map((day) => splitDay(day)).map((d) => dayFrom(d.year, d.month, Number(match[0])));
    return { kind: "days", days: { days: days.filter(isDay) } };
  }
  return { kind: "none" };
}

const UNITS = unitsIn("periods");
const ENDS = table("ends");
const END_OF_DAY = new RegExp(`^(?:${spoken("endOfDay")})$`, "u");
const END = new RegExp(`^(?:${spoken("endOf")}) ?(?=\\p{L})(.+)$`, "u");
const THIS = new RegExp(
  `^(?:(?:${spoken("article")}) |(?:${spoken("articleTied")}))?(?:(?:(?<now>${spoken("thisBefore")})|(?<next>${spoken("nextBefore")})) )?(?<word>[\\p{L} ]+?)(?: ?(?:(?<behind>${spoken("nextBehind")})|(?<running>${spoken("thisBehind")})))?$`,
  "u",
);
const WEEK = new RegExp(
  `^(?:(\\d{4})[- ]?w(\\d{1,2})|(?:${spoken("weekNumber")}) ?(\\d{1,2})(?: (?:${spoken("of")})?(\\d{4}))?)$`,
  "u",
);

/** End of month, eod, fin de semaine, this week, week 50: the last day of it; of a week, the last working day. */
function readPeriod(text: string, today: Day, reader: DaysContext): Days | undefined {
  const lastWorkingDay = reader.lastWorkingDay ?? 5;
  if (END_OF_DAY.test(text)) return { days: [today] };
  const numbered = WEEK.exec(text);
  if (numbered) return weekNumbered(numbered, today, lastWorkingDay);
  const ends = ENDS[text];
  if (ends) return { days: lastDays(ends, today, 0, lastWorkingDay) };
  const end = END.exec(text)?.[1];
  const { now, next: before, word = "", behind, running } = THIS.exec(end ?? text)?.groups ?? {};
  const unit = UNITS.find(([pattern]) => pattern.test(word))?.[1];
  const next = before !== undefined || behind !== undefined;
  if (unit && end !== undefined) return { days: lastDays(unit, today, next ? 1 : 0, lastWorkingDay) };
  if (unit && unit !== "day" && (now !== undefined || running !== undefined) && !next)
    return { days: lastDays(unit, today, 0, lastWorkingDay) };
  if (unit && unit !== "day" && next && end === undefined && reader.period)
    return reader.period === "last"
      ? { days: lastDays(unit, today, 1, lastWorkingDay) }
      : { days: [plusDays(lastDays(unit, today, 0, 7)[0] ?? today, 1)] };
  if (end === undefined) return undefined;
  const named = readDays(end, today, reader);
  if (named.kind !== "days" || named.days.part) return undefined;
  if (!named.days.month) return named.days;
  const days = named.days.days.map((day) => iso(lastDayOfMonth(new Date(`${day}T00:00:00Z`), { in: utc })));
  return { days, ...(named.days.yearly ? { yearly: true } : {}) };
}

/** ISO 8601: 4 January is in week 1. A year without that many weeks has no such day. */
function weekNumbered([, ...groups]: RegExpExecArray, today: Day, lastWorkingDay: number): Days {
  const [yearFirst, , , yearLast] = groups;
  const week = Number(groups[1] ?? groups[2]);
  const told = yearFirst ?? yearLast;
  const last = (year: number): Day[] => {
    const fourth = new Date(`${dayFrom(year, 1, 4)}T00:00:00Z`);
    const monday = plusDays(iso(addWeeks(fourth, week - 1, utcContext)), 1 - isoWeekday(iso(fourth)));
    const { year: own } = splitDay(plusDays(monday, 3));
    return week > 0 && own === year ? [plusDays(monday, lastWorkingDay - 1)] : [];
  };
  const { year } = splitDay(today);
  return told !== undefined ? { days: last(Number(told)) } : { days: [...last(year), ...last(year + 1)], yearly: true };
}
const utcContext = { in: utc };

function lastDays(unit: Unit, today: Day, ahead: number, lastWorkingDay: number): Day[] {
  const date = new Date(`${today}T00:00:00Z`);
  switch (unit) {
    case "day":
      return [plusDays(today, ahead)];
    case "week": {
      const monday = plusDays(today, 1 - isoWeekday(today) + 7 * ahead);
      const last = plusDays(monday, lastWorkingDay - 1);
      return ahead ? [last] : [last, plusDays(last, 7)];
    }
    case "month":
      return [iso(lastDayOfMonth(addMonths(date, ahead, { in: utc }), { in: utc }))];
    case "quarter":
      return [iso(lastDayOfQuarter(addMonths(date, 3 * ahead, { in: utc }), { in: utc }))];
    case "year":
      return [iso(lastDayOfYear(addMonths(date, 12 * ahead, { in: utc }), { in: utc }))];
  }
}

function iso(date: Date): Day {
  return date.toISOString().slice(0, 10);
}
