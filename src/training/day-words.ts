import { type Day, dayFrom, dayOf, isoWeekday, plusDays } from "../time/local.js";

/**
 * Training is planned months ahead and by the week: first Tue of March, le dernier jeudi de février 2027. Such words
 * become the day that they mean, `YYYY-MM-DD`; the rest of the line stays as it is.
 */

const ORDINALS = [
  ["first|1st|premi[eè]re?|1er", 1],
  ["second|2nd|deuxi[eè]me|2e", 2],
  ["third|3rd|troisi[eè]me|3e", 3],
  ["fourth|4th|quatri[eè]me|4e", 4],
  ["last|derni[eè]re?", -1],
] as const;

const WEEKDAYS = [
  "mon(?:day)?|lun(?:di)?",
  "tue(?:s(?:day)?)?|mar(?:di)?",
  "wed(?:nesday)?|mer(?:credi)?",
  "thu(?:r(?:s(?:day)?)?)?|jeu(?:di)?",
  "fri(?:day)?|ven(?:dredi)?",
  "sat(?:urday)?|sam(?:edi)?",
  "sun(?:day)?|dim(?:anche)?",
];

const MONTHS = [
  "jan(?:uary|v(?:ier)?)?",
  "feb(?:ruary)?|f[eé]v(?:r(?:ier)?)?",
  "mar(?:ch|s)?",
  "apr(?:il)?|avr(?:il)?",
  "may|mai",
  "june?|juin",
  "july?|juil(?:let)?",
  "aug(?:ust)?|ao[uû]t",
  "sept?(?:emb(?:er|re))?",
  "oct(?:ob(?:er|re))?",
  "nov(?:emb(?:er|re))?",
  "d[eé]c(?:emb(?:er|re))?",
];

const any = (names: readonly string[]): string => names.map((name) => `(?:${name})`).join("|");

const NTH = new RegExp(
  `(?<![\\p{L}\\d])(?<every>(?:every|each|chaque)\\s+)?(?:(?:on\\s+)?the\\s+|le\\s+)?(?<nth>${any(ORDINALS.map(([names]) => names))})\\s+(?<weekday>${any(WEEKDAYS)})\\.?\\s+(?:of|in|de|d['’])\\s*(?<month>${any(MONTHS)})\\.?(?:\\s+(?<year>20\\d\\d))?(?![\\p{L}\\d])`,
  "iu",
);

const whole = (names: string, word: string): boolean => new RegExp(`^(?:${names})$`, "iu").test(word);

/** The fifth is not read: most months have none. @param zone in which today is reckoned: without a year, the next one to come is meant */
export function withDays(line: string, { now, zone }: { now: Date; zone: string }): string {
  return line.replace(NTH, (said: string, ...rest: unknown[]) => {
    const { every, nth, weekday, month, year } = rest.at(-1) as Record<string, string | undefined>;
    // Every year is no one day.
    if (every || !nth || !weekday || !month) return said;
    const today = dayOf(now, zone);
    const found = {
      n: ORDINALS.find(([names]) => whole(names, nth))?.[1] ?? 1,
      weekday: 1 + WEEKDAYS.findIndex((names) => whole(names, weekday)),
      month: 1 + MONTHS.findIndex((names) => whole(names, month)),
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
