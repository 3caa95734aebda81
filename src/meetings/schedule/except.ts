import { type Day, dayOf } from "../../time/local.js";
import { parseWhen, type WhenContext } from "../../time/when.js";
import { weekdayCode } from "../recurrence.js";
import { type Found, no, type Problem } from "./found.js";
import { MONTH_LIST, monthsIn } from "./season.js";
import {
  ARTICLE,
  any,
  DAY,
  daysIn,
  EVERY,
  FIGURE_END,
  FROM,
  LEAD,
  MONTH,
  MONTH_UNIT,
  NTH,
  OF,
  ordinalsIn,
  partsOf,
  pattern,
  TO,
  WEEKEND,
  WORKING_DAY,
  whole,
} from "./words.js";

/** What a rhythm leaves out: except Fridays, sauf en août, but not 29 December. */

/** Days that were named, each a turn to be left out (EXDATE), or from one through another. */
export type LeftOut = { day: Day } | { from: Day; to: Day };
export type Rest = { found: Found; leftOut: LeftOut[] };

const DURING = any(({ during }) => during);
const STRETCH = whole(`(?:${FROM})\\s+(?:${ARTICLE})?(.+?)\\s+(?:${TO})\\s+(?:${ARTICLE})?(.+)`);
const AGAIN_EXCEPT = new RegExp(`^(?:${any(({ except }) => except)})\\s+`, "u");

/** @returns undefined: the words leave out nothing that is known */
export function leaveOut(found: Found, said: string, ctx: WhenContext): Rest | Problem | undefined {
  if (whole(any(({ holidays }) => holidays)).test(said)) return no("unsayable", said);
  const stretch = STRETCH.exec(said);
  if (stretch) {
    const from = dayIn(stretch[1] ?? "", ctx);
    // From 20 December to 5 January: the one after it.
    const to = from && dayIn(stretch[2] ?? "", { ...ctx, now: new Date(`${from}T00:00:00Z`) });
    return from && to && from <= to ? { found, leftOut: [{ from, to }] } : undefined;
  }
  let rest: Rest = { found, leftOut: [] };
  // The first and third are left out together.
  const items = PLACES.test(said) ? [said] : withMonths(partsOf(said.replace(AGAIN_EXCEPT, "")));
  for (const item of items) {
    const next = one(rest.found, item, ctx);
    if (!next || "reason" in next) return next;
    rest = { found: next.found, leftOut: [...rest.leftOut, ...next.leftOut] };
  }
  return rest;
}

const PLACES = whole(`${LEAD}(?!\\d)${NTH}(?:\\s+${DAY})?(?:${OF}(?:${MONTH_UNIT}))?`);

const A_FIGURE = new RegExp(`^\\d{1,2}(?:${FIGURE_END})?$`, "u");

/** 29 and 30 December: a figure has the month of the next. */
function withMonths(items: readonly string[]): string[] {
  let month = "";
  return [...items]
    .reverse()
    .map((item) => {
      const bare = item.replace(AGAIN_EXCEPT, "").trim();
      month = pattern(`\\d\\s+(${MONTH}(?:\\s+\\d{4})?)$`, "u").exec(bare)?.[1] ?? month;
      return A_FIGURE.test(bare) ? `${bare} ${month}` : bare;
    })
    .reverse();
}

function one(found: Found, said: string, ctx: WhenContext): Rest | Problem | undefined {
  const bare = said.replace(pattern(`^(?:(?:${DURING})\\s+)?(?:${EVERY}\\s+)?${LEAD}`, "u"), "");
  if (whole(`${MONTH_LIST}`).test(bare)) return withoutMonths(found, monthsIn(bare));
  if (whole(`(?:${DAY})s?`).test(bare)) return withoutDays(found, daysIn(bare).map(weekdayCode), said);
  if (whole(WEEKEND).test(bare)) return withoutDays(found, ["SA", "SU"], said);
  if (whole(WORKING_DAY).test(bare)) return withoutDays(found, ["MO", "TU", "WE", "TH", "FR"], said);
  const nth = whole(`(${NTH})(?:\\s+(${DAY}))?(?:${OF}(?:${MONTH_UNIT}))?`).exec(bare);
  // The 29th is a day of no month that is named.
  if (nth && !/^\d/.test(bare)) return withoutPlaces(found, ordinalsIn(nth[1] ?? ""), daysIn(nth[2] ?? ""), said);
  const day = dayIn(bare, ctx);
  return day === undefined ? undefined : { found, leftOut: [{ day }] };
}

function dayIn(text: string, ctx: WhenContext): Day | undefined {
  const at = parseWhen(text, { ...ctx, endOfDay: { h: 23, m: 59 } });
  return at.ok && !at.hasTime ? dayOf(at.at, at.zone) : undefined;
}

const EVERY_DAY = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

function withoutDays(found: Found, days: readonly string[], said: string): Rest | Problem {
  const { freq, byDay, bySetPos, byMonthDay, interval, date } = found;
  if (bySetPos || byMonthDay || date || (freq === "DAILY" && interval !== undefined) || freq === "YEARLY")
    return no("unsayable", said);
  const all = freq === "DAILY" ? EVERY_DAY : (byDay ?? []);
  const left = all.filter((day) => !days.includes(day.slice(-2)));
  // Every Tuesday except Fridays: one of the two is a slip.
  if (left.length === all.length) return no("ambiguous", said);
  if (left.length === 0) return no("never", said);
  return { found: { ...found, freq: freq === "DAILY" ? "WEEKLY" : freq, byDay: left }, leftOut: [] };
}

const EVERY_MONTH = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function withoutMonths(found: Found, months: readonly number[]): Rest | Problem {
  if (found.freq === "YEARLY" || found.anchor) return no("unsayable");
  const left = (found.byMonth ?? EVERY_MONTH).filter((month) => !months.includes(month));
  return left.length === 0 ? no("never") : { found: { ...found, byMonth: left }, leftOut: [] };
}

/** Every Friday except the last: the others are counted from the same end of the month. */
function withoutPlaces(found: Found, places: readonly number[], days: readonly number[], said: string): Rest | Problem {
  const { freq, interval, byDay, byMonth, bySetPos } = found;
  const own = (byDay ?? []).filter((day) => /^\w\w$/.test(day));
  const meant = days.length ? days.map(weekdayCode) : own;
  const sign = places.every((n) => n > 0) ? 1 : places.every((n) => n < 0) ? -1 : 0;
  if (freq !== "WEEKLY" || interval !== undefined || bySetPos || sign === 0 || own.length === 0)
    return no("unsayable", said);
  if (!meant.every((day) => own.includes(day as string))) return no("ambiguous", said);
  const left = [1, 2, 3, 4, 5].map((n) => n * sign).filter((n) => !places.includes(n));
  return {
    found: {
      ...{ freq: "MONTHLY", byMonth, season: found.season },
      byDay: own.flatMap((day) => (meant.includes(day as never) ? left.map((n) => `${n}${day}`) : [day])),
    },
    leftOut: [],
  };
}

export const isLeftOut = (day: Day, leftOut: readonly LeftOut[]): boolean =>
  leftOut.some((one) => ("day" in one ? one.day === day : one.from <= day && day <= one.to));
