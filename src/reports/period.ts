import { tz } from "@date-fns/tz";
import { addDays, addMonths, addQuarters, addWeeks, addYears, differenceInCalendarDays } from "date-fns";
import { GRAMMARS, type Grammar, inAny } from "../i18n/grammar/index.js";
import { type Day, dayFrom, isDay, isoWeekday, plusDays, resolve, splitDay } from "../time/local.js";
import { nextWeekday, readDays } from "../time/words.js";

/** The time that a summary tells of: whole days, in the zone of the body. */
export type Period = {
  /** `2026-Q3`, `2026-07`, `2026`, `2026-W30`, or `2026-01-01/2026-03-31` (ISO 8601 where it has a form for it). */
  key: string;
  first: Day;
  /** The last day, which belongs to it. */
  last: Day;
};

type Unit = "week" | "month" | "quarter" | "year";
export type Unread = { ok: false; reason: "unread" | "future" | "backward" | "too_long" };
export type Read = { ok: true; period: Period } | Unread;

/** Longer than any plan; and a slip of the keyboard must not count a century. */
const MOST_YEARS = 10;
/** Nothing was recorded before, and the period before it must have a name. */
const EARLIEST: Day = "1970-01-01";

/** Longer is no period, and patterns stay cheap on it. */
const LONGEST = 160;

/**
 * The period that somebody's words mean; what has not begun is refused.
 * @param today in the zone of the body
 */
export function readPeriod(said: string, today: Day, lang: string): Read {
  if (said.length > LONGEST) return { ok: false, reason: "unread" };
  const words = said
    .toLowerCase()
    .normalize("NFKC")
    .replaceAll("’", "'")
    .replace(/[\s,]+/g, " ")
    .trim();
  const found = keyed(words) ?? relative(words, today) ?? named(words, today) ?? between(words, today, lang);
  if (!found || found.first < EARLIEST) return { ok: false, reason: "unread" };
  if (found.last < found.first) return { ok: false, reason: "backward" };
  if (found.first > today) return { ok: false, reason: "future" };
  if (found.last > plusDays(found.first, MOST_YEARS * 366)) return { ok: false, reason: "too_long" };
  return { ok: true, period: found };
}

/** What it is compared with: the calendar's one before, or as many days before. */
export function periodBefore({ key, first, last }: Period): Period {
  const unit = unitOf(key);
  if (unit) return whole(unit, dayOfDate(back(unit, dateOf(first), 1)));
  const days = daysFrom(first, last) + 1;
  return range(plusDays(first, -days), plusDays(first, -1));
}

/** The same days as a period that a calendar has a name for, where it has. */
export function range(first: Day, last: Day): Period {
  for (const unit of ["month", "quarter", "year"] as const) {
    const one = whole(unit, first);
    if (one.first === first && one.last === last) return one;
  }
  return { key: `${first}/${last}`, first, last };
}

/** The instants of a period: from the first midnight up to the one after the last day. A midnight that the clock leaps over is where it lands. */
export function instantsOf({ first, last }: Period, zone: string): { from: Date; until: Date } {
  const midnight = (day: Day) => {
    const found = resolve({ ...splitDay(day), hour: 0, minute: 0 }, zone);
    return found.kind === "gap" ? found.after : found.at;
  };
  return { from: midnight(first), until: midnight(plusDays(last, 1)) };
}

export const isOver = ({ last }: Period, today: Day): boolean => last < today;

function unitOf(key: string): Unit | undefined {
  if (/^\d{4}$/.test(key)) return "year";
  if (/^\d{4}-Q[1-4]$/.test(key)) return "quarter";
  if (/^\d{4}-W\d\d$/.test(key)) return "week";
  return /^\d{4}-\d\d$/.test(key) ? "month" : undefined;
}

function whole(unit: Unit, day: Day): Period {
  const { year, month } = splitDay(day);
  switch (unit) {
    case "year":
      return { key: String(year), first: dayFrom(year, 1, 1), last: dayFrom(year, 12, 31) };
    case "quarter": {
      const quarter = Math.ceil(month / 3);
      const first = dayFrom(year, quarter * 3 - 2, 1);
      return { key: `${year}-Q${quarter}`, first, last: plusDays(dayOfDate(addMonths(dateOf(first), 3, utc)), -1) };
    }
    case "month": {
      const first = dayFrom(year, month, 1);
      return { key: first.slice(0, 7), first, last: plusDays(dayOfDate(addMonths(dateOf(first), 1, utc)), -1) };
    }
    case "week": {
      const first = plusDays(day, 1 - isoWeekday(day));
      // ISO 8601: a week belongs to the year of its Thursday.
      const thursday = plusDays(first, 3);
      const { year: owner } = splitDay(thursday);
      const n = Math.floor(daysFrom(dayFrom(owner, 1, 1), thursday) / 7) + 1;
      return { key: `${owner}-W${String(n).padStart(2, "0")}`, first, last: plusDays(first, 6) };
    }
  }
}

/** 2026, 2026-Q3, 2026-07, 2026-W30, and the two days with a slash between. */
function keyed(words: string): Period | undefined {
  const quarter = QUARTER_OF_YEAR[0].exec(words) ?? QUARTER_OF_YEAR[1].exec(words);
  if (quarter) {
    const [, a = "", b = ""] = quarter;
    const [year, n] = a.length === 4 ? [a, b] : [b, a];
    return whole("quarter", dayFrom(Number(year), Number(n) * 3, 1));
  }
  if (/^\d{4}$/.test(words)) return whole("year", `${words}-01-01`);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(words)) return whole("month", `${words}-01`);
  const week = /^(\d{4})-?w(\d\d?)$/.exec(words);
  if (week) {
    // 4 January is in week 1 (ISO 8601).
    const day = dayOfDate(addWeeks(dateOf(`${week[1]}-01-04`), Number(week[2]) - 1, utc));
    const found = whole("week", day);
    return found.key === `${week[1]}-W${week[2]?.padStart(2, "0")}` ? found : undefined;
  }
  return undefined;
}

const pieces = (pick: (words: PeriodWords) => string): string => inAny(({ line }) => pick(line.period));
type PeriodWords = Grammar["line"]["period"];
const UNITS = (["week", "month", "quarter", "year"] as const).map(
  (unit) => [new RegExp(`^(?:${pieces(({ units }) => units[unit])})$`), unit] as const,
);
const UNIT = pieces(({ units }) => Object.values(units).join("|"));
const unitNamed = (word: string): Unit => UNITS.find(([names]) => names.test(word))?.[1] ?? "month";
const THE = pieces(({ the }) => the);
const LAST = new RegExp(
  `^(?:${THE})?(?:${pieces(({ last }) => last)}) (${UNIT})$|^(?:${THE})?(${UNIT}) (?:${pieces(({ lastBehind }) => lastBehind)})$`,
);
const THIS = new RegExp(
  `^(?:${pieces((words) => words.this)}) (${UNIT})(?:${pieces(({ thisTied }) => thisTied)})?$|^(?:${THE})?(${UNIT}) (?:${pieces(({ thisBehind }) => thisBehind)})$`,
);
const QUARTER = inAny(({ time }) => time.quarter);
const QUARTER_OF_YEAR = [
  new RegExp(`^(\\d{4})[- ]?(?:${QUARTER})([1-4])$`),
  new RegExp(`^(?:${QUARTER})([1-4])[- /]?(\\d{4})$`),
] as const;
const QUARTER_ALONE = new RegExp(`^(?:${QUARTER})([1-4])$`);

/** last month, this quarter, le mois dernier; Q3 alone is the latest one that has begun. */
function relative(words: string, today: Day): Period | undefined {
  const unitIn = (match: RegExpExecArray | null) => match?.slice(1).find(Boolean);
  const before = unitIn(LAST.exec(words));
  if (before) {
    const unit = unitNamed(before);
    return whole(unit, dayOfDate(back(unit, dateOf(whole(unit, today).first), 1)));
  }
  const now = unitIn(THIS.exec(words));
  if (now) return whole(unitNamed(now), today);
  const quarter = QUARTER_ALONE.exec(words)?.[1];
  if (!quarter) return undefined;
  const { year } = splitDay(today);
  const found = whole("quarter", dayFrom(year, Number(quarter) * 3, 1));
  return found.first <= today ? found : whole("quarter", dayFrom(year - 1, Number(quarter) * 3, 1));
}

const MONTHS = Array.from({ length: 12 }, (_, n) => GRAMMARS.flatMap(({ line }) => line.period.months[n] ?? []));

/** July is the latest one that has begun; July 2026. */
function named(words: string, today: Day): Period | undefined {
  const found = monthNamed(words);
  if (!found) return undefined;
  const { month, year = yearOf(today) } = found;
  const one = whole("month", dayFrom(year, month, 1));
  return found.year || one.first <= today ? one : whole("month", dayFrom(year - 1, month, 1));
}

function monthNamed(words: string): { month: number; year?: number } | undefined {
  const match = /^(\p{L}+)\.?(?: (\d{4}))?$/u.exec(words);
  const month = MONTHS.findIndex((names) => names.includes(match?.[1] ?? "")) + 1;
  return month ? { month, ...(match?.[2] ? { year: Number(match[2]) } : {}) } : undefined;
}

const TO = new RegExp(`^(?:${pieces(({ from }) => from)})?(.+?)(?: (?:${pieces(({ to }) => to)}|-|–) |/)(.+)$`);

/** 1 Jan to 31 Mar, July to September, Monday to Wednesday; without a year, the latest such days that have begun. */
function between(words: string, today: Day, lang: string): Period | undefined {
  const [, a, b] = TO.exec(words) ?? [];
  const first = a && dayNamed(a.trim(), today, lang);
  const last = b && dayNamed(b.trim(), today, lang);
  if (!first || !last) return undefined;
  const from = startOf(first, last, today);
  const until = endOf(first, last, from);
  return range(from, last.month ? whole("month", until).last : until);
}

type Named = {
  day: Day;
  /** 1 Jan is a day of every year, Friday one of every week. */
  lacks?: "year" | "week";
  /** A whole month was named; `day` is its first. */
  month?: true;
};

/** The latest such day that is not after the last one, where that is certain, else not after today. */
function startOf({ day, lacks }: Named, last: Named, today: Day): Day {
  if (!lacks) return day;
  if (lacks === "week") return day > today ? plusDays(day, -7) : day;
  const until = last.lacks ? today : last.day;
  const found = inYear(day, yearOf(until));
  return found > until ? inYear(day, yearOf(until) - 1) : found;
}

/** The first such day that is not before the first one; a weekday after a date is the coming one. */
function endOf(first: Named, { day, lacks }: Named, from: Day): Day {
  if (lacks === "week" && first.lacks === "week") return nextWeekday(from, isoWeekday(day));
  if (lacks !== "year") return day;
  const found = inYear(day, yearOf(from));
  return found < from ? inYear(day, yearOf(from) + 1) : found;
}

const yearOf = (day: Day): number => splitDay(day).year;

const inYear = (day: Day, year: number): Day => {
  const moved = `${String(year).padStart(4, "0")}${day.slice(4)}`;
  return isDay(moved) ? moved : `${moved.slice(0, 8)}28`;
};

function dayNamed(text: string, today: Day, lang: string): Named | undefined {
  if (isDay(text)) return { day: text };
  const found = monthNamed(text);
  if (found) {
    const { month, year } = found;
    return { day: dayFrom(year ?? yearOf(today), month, 1), month: true, ...(year ? {} : { lacks: "year" }) };
  }
  const words = readDays(text, today, { lang });
  const [day, next] = words.kind === "days" ? words.days.days : [];
  if (!day) return undefined;
  return { day, ...(next ? { lacks: next === plusDays(day, 7) ? "week" : "year" } : {}) };
}

const utc = { in: tz("UTC") };
const dateOf = (day: Day): Date => new Date(`${day}T12:00:00Z`);
const dayOfDate = (at: Date): Day => at.toISOString().slice(0, 10);
const daysFrom = (first: Day, last: Day): number => differenceInCalendarDays(dateOf(last), dateOf(first), utc);

function back(unit: Unit, at: Date, n: number): Date {
  switch (unit) {
    case "week":
      return addDays(at, -7 * n, utc);
    case "month":
      return addMonths(at, -n, utc);
    case "quarter":
      return addQuarters(at, -n, utc);
    case "year":
      return addYears(at, -n, utc);
  }
}
