import type { WhenContext } from "../../time/when.js";
import { fiveFrom, weekdayCode } from "../recurrence.js";
import { type Inside, no, type Read } from "./found.js";
import {
  ADVERBS,
  AND,
  any,
  DAY,
  daysIn,
  EVERY,
  everyDayIsPlural,
  FIGURE,
  LEAD,
  LETTER,
  MONTH_UNIT,
  NTH,
  NUMBER,
  numberOf,
  OF,
  ordinalsIn,
  pattern,
  THE,
  WORKING_DAY,
  whole,
} from "./words.js";

/** Places in a month, a quarter or a year: the first Tuesday, the 15th and the 30th, the last working day. */

const QUARTER_UNIT = any(({ units }) => units.quarter);
const YEAR_UNIT = any(({ units }) => units.year);
const MONTHLY = ADVERBS.flatMap(([names, freq, n]) => (freq === "MONTHLY" && n === 1 ? [names] : [])).join("|");
const LAST_DAY = any(({ lastDay }) => lastDay);
const OF_PERIOD = new RegExp(
  `^(.*?)(?:${OF}(?:(?<month>${MONTH_UNIT})|(?<quarter>${QUARTER_UNIT})|(?<year>${YEAR_UNIT}))|\\s+(?:${MONTHLY})|(?:${OF})?${EVERY}\\s+(?<n>${NUMBER})\\s+(?:${MONTH_UNIT}))$`,
  "u",
);

/** Every first Tue, the second Tuesday of each month, le 15 de chaque mois, the last Friday of the quarter. */
export function placesOfPeriod(text: string, ctx: WhenContext): Read {
  const period = OF_PERIOD.exec(text);
  const every = pattern(`^${EVERY}\\s+`, "u");
  const place = (period?.[1] ?? text).replace(every, "").trimEnd();
  // Without "every", a plural and "of the month", the first Tuesday is one day; two places are none.
  if (!period && !every.test(text) && !everyDayIsPlural(place) && !TWO_PLACES.test(place)) return undefined;
  if (!period && !every.test(text) && !PLACED.test(place)) return undefined;
  const inside = placesIn(place, ctx);
  if (!inside || "reason" in inside) return inside;
  const { quarter, year, n } = period?.groups ?? {};
  if (year !== undefined) return inLongPeriod(inside, 12, text);
  if (quarter !== undefined) return inLongPeriod(inside, 3, text);
  const interval = n === undefined ? 1 : numberOf(n);
  return { freq: "MONTHLY", ...(interval === 1 ? {} : { interval }), ...inside };
}

const TWO_PLACES = new RegExp(`^${LEAD}${NTH}${AND}`, "u");
const PLACED = new RegExp(`^${LEAD}(?:${NTH})\\s`, "u");

/** The first four of a kind are in the first month, the last ones in the last; what lies between has no rule. */
function inLongPeriod(inside: Exclude<Inside, undefined | { reason: unknown }>, months: 3 | 12, text: string): Read {
  const numbers = inside.bySetPos ?? inside.byMonthDay ?? (inside.byDay ?? []).map((day) => Number.parseInt(day, 10));
  const most = inside.byMonthDay ? 1 : 4;
  const first = numbers.every((n) => n >= 1 && n <= most);
  const last = numbers.every((n) => n < 0 && n >= -most);
  if (numbers.length === 0 || (!first && !last)) return no("unsayable", text);
  if (months === 12) return { freq: "YEARLY", byMonth: [first ? 1 : 12], ...inside };
  return { freq: "MONTHLY", interval: 3, ...inside, anchor: first ? [1, 4, 7, 10] : [3, 6, 9, 12] };
}

/** The first Tuesday; first Monday and third Tuesday; the 15th and the 30th; the last day; the last working day. */
export function placesIn(text: string, ctx: WhenContext): Inside {
  const bare = text.replace(pattern(`^${LEAD}`, "u"), "");
  const working = whole(`(${NTH})\\s+${WORKING_DAY}`).exec(bare);
  if (working) return { byDay: fiveFrom((ctx.lastWorkingDay ?? 5) - 5), bySetPos: ordinalsIn(working[1] ?? "") };
  // First Friday and each Tuesday are two: the place is not the Tuesday's.
  const group = `(?:${NTH})\\s+${DAY}(?:${AND}${THE}?${DAY})*`;
  if (whole(`${group}(?:${AND}${LEAD}${group})*`).test(bare)) {
    const byDay = [
      ...bare.matchAll(pattern(`(${NTH})\\s+(${DAY}(?:${AND}${THE}?${DAY}(?!${LETTER}))*)`, "gu")),
    ].flatMap(([, nth = "", days = ""]) => ordinalsIn(nth).flatMap((n) => daysIn(days).map((day) => ({ n, day }))));
    const far = byDay.find(({ n }) => Math.abs(n) > 5 || n === 0);
    return far ? no("never", text) : { byDay: byDay.map(({ n, day }) => `${n}${weekdayCode(day)}`) };
  }
  const figure = `(?:${FIGURE}|\\d{1,2}|${LAST_DAY})`;
  if (!whole(`${figure}(?:${AND}${LEAD}${figure})*`).test(bare)) return undefined;
  const dates = bare
    .split(pattern(AND, "u"))
    .map((one) => one.replace(pattern(`^${LEAD}`, "u"), ""))
    .map((one) => (whole(LAST_DAY).test(one) ? -1 : Number.parseInt(one, 10)));
  return dates.every((n) => n === -1 || (n >= 1 && n <= 31)) ? { byMonthDay: dates } : no("impossible", text);
}
