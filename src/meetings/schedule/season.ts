import { type Day, dayOf, splitDay } from "../../time/local.js";
import type { WhenContext } from "../../time/when.js";
import type { Read } from "./found.js";
import { AND, any, EVERY, MONTH, MONTHS, monthNumber } from "./words.js";

/** In January, en mars et juin, in every January: which months a rhythm is for. */

export const MONTH_LIST = `${MONTH}(?:${AND}(?:${MONTH}))*`;
const YEARS = any(({ units }) => units.year);
const SEASON = new RegExp(
  `^(.+?)(?:\\s*,)?\\s+(?:${any(({ during }) => during)}|${any(({ of }) => of)})\\s*(?<every>${EVERY}\\s+)?(?<months>${MONTH_LIST})(?:\\s+(?<year>20\\d\\d))?(?<yearly>\\s*,?\\s+${EVERY}\\s+(?:${YEARS}))?$`,
  "u",
);

/**
 * Every Tuesday in January is the coming January; in every January it is that of each year. Of places in a month, and of
 * days of the month, it is each year's: the first Tuesday in January.
 */
export function readSeason(
  text: string,
  ctx: WhenContext,
  read: (text: string, again: boolean, ctx: WhenContext) => Read,
): Read {
  const found = SEASON.exec(text);
  const { every, months: said = "", year, yearly } = found?.groups ?? {};
  const months = monthsIn(said);
  const recurring = every !== undefined || yearly !== undefined;
  // Of two months there are two first Tuesdays: it comes again, though nothing else says so.
  const inner = found ? read(found[1] ?? "", recurring || months.length > 1, ctx) : undefined;
  if (!inner || "reason" in inner) return inner;
  if (inner.byMonth || inner.season || inner.anchor) return undefined;
  if (inner.freq === "MONTHLY" && (inner.byDay || inner.byMonthDay) && year === undefined) {
    if (inner.interval !== undefined) return undefined;
    return months.length === 1 ? { ...inner, freq: "YEARLY", byMonth: months } : { ...inner, byMonth: months };
  }
  if (inner.freq === "YEARLY") return undefined;
  if (recurring) return { ...inner, byMonth: months };
  const season = comingSeason(months, dayOf(ctx.now, ctx.zone), year === undefined ? undefined : Number(year));
  return season.whole ? { ...inner, season } : { ...inner, byMonth: [...months].sort((a, b) => a - b), season };
}

const A_MONTH = new RegExp(`(?<!\\p{L})(?:${MONTHS.join("|")})(?!\\p{L})`, "gu");
export const monthsIn = (text: string): number[] => [...new Set((text.match(A_MONTH) ?? []).map(monthNumber))];

/** `whole`: the months follow one another, so that the stretch holds no others. */
function comingSeason(months: readonly number[], today: Day, said?: number): { from: Day; to: Day; whole: boolean } {
  const { year } = splitDay(today);
  const whole = months.every((month, i) => i === 0 || month === ((months[i - 1] ?? 0) % 12) + 1);
  const stretch = (first: number) => {
    const from = firstOf(first, months[0] ?? 1);
    const last = months.at(-1) ?? 1;
    return { from, to: lastOf(first + (last < (months[0] ?? 1) ? 1 : 0), last) };
  };
  if (said !== undefined && whole) return { ...stretch(said), whole };
  if (whole) {
    const coming = [year - 1, year, year + 1].map(stretch).find(({ to }) => to >= today) ?? stretch(year);
    return { ...coming, whole };
  }
  const each = months.map((month) => {
    const own = said ?? (lastOf(year, month) >= today ? year : year + 1);
    return { from: firstOf(own, month), to: lastOf(own, month) };
  });
  const days = (pick: "from" | "to") => each.map((one) => one[pick]).sort();
  return { from: days("from")[0] ?? today, to: days("to").at(-1) ?? today, whole };
}

export const firstOf = (year: number, month: number): Day => `${year}-${String(month).padStart(2, "0")}-01`;
export const lastOf = (year: number, month: number): Day =>
  new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
