import { any, DAYS, EVERY, MONTHS, ORDINAL, ORDINALS } from "../meetings/schedule/words.js";
import { type Day, dayFrom, dayOf, isoWeekday, plusDays } from "../time/local.js";

/**
 * Training is planned months ahead and by the week: first Tue of March, le dernier jeudi de février 2027. Such words
 * become the day that they mean, `YYYY-MM-DD`; the rest of the line stays as it is.
 */

/** Text is in any case of letters, and has the apostrophes of whichever keyboard. */
const curled = (source: string): string => source.replaceAll("'", "['’]");
const whole = (names: string): RegExp => new RegExp(`^(?:${curled(names)})$`, "iu");
const named = (sources: readonly string[]): readonly RegExp[] => sources.map(whole);
const ORDINAL_WORDS = ORDINALS.map(([names, n]) => [whole(names), n] as const);
const WEEKDAY_WORDS = named(DAYS);
const MONTH_WORDS = named(MONTHS);

const NTH = new RegExp(
  `(?<![\\p{L}\\d])(?<every>${EVERY}\\s+)?(?:(?:${any(({ theNth }) => theNth)})\\s+)?(?<nth>${ORDINAL})\\s+(?<weekday>${DAYS.join("|")})\\.?\\s+(?:${curled(any(({ of }) => of))})\\s*(?<month>${MONTHS.join("|")})\\.?(?:\\s+(?<year>20\\d\\d))?(?![\\p{L}\\d])`,
  "iu",
);
const isRead = (n: number): boolean => n === -1 || (n >= 1 && n <= 4);

/**
 * The fifth is not read: most months have none. @param zone in which today is worked out: without a year, the next one
 * to come is meant
 */
export function withDays(line: string, { now, zone }: { now: Date; zone: string }): string {
  return line.replace(NTH, (said: string, ...rest: unknown[]) => {
    const { every, nth, weekday, month, year } = rest.at(-1) as Record<string, string | undefined>;
    // Every year is no one day.
    if (every || !nth || !weekday || !month) return said;
    const n = ORDINAL_WORDS.find(([names]) => names.test(nth))?.[1] ?? Number.parseInt(nth, 10);
    if (!isRead(n)) return said;
    const today = dayOf(now, zone);
    const found = {
      n,
      weekday: 1 + WEEKDAY_WORDS.findIndex((names) => names.test(weekday)),
      month: 1 + MONTH_WORDS.findIndex((names) => names.test(month)),
    };
    if (year) return dayIn(Number(year), found);
    const soonest = dayIn(Number(today.slice(0, 4)), found);
    return soonest >= today ? soonest : dayIn(Number(today.slice(0, 4)) + 1, found);
  });
}

function dayIn(year: number, { n, weekday, month }: { n: number; weekday: number; month: number }): Day {
  const start = n > 0 ? dayFrom(year, month, 1) : month === 12 ? dayFrom(year + 1, 1, 1) : dayFrom(year, month + 1, 1);
  const after = (weekday - isoWeekday(start) + 7) % 7;
  return plusDays(start, after + 7 * (n > 0 ? n - 1 : -1));
}
