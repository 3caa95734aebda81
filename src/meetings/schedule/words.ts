import { GRAMMARS, grammarOf, inAny } from "../../i18n/grammar/index.js";
import type { Freq, ScheduleWords } from "../../i18n/grammar/schedule.js";

/**
 * The patterns of all languages at once: whoever writes in one may have the other's keyboard habits, and a line says by
 * itself which it is.
 */
const LANGUAGES: readonly ScheduleWords[] = GRAMMARS.map(({ schedule }) => schedule);

export const any = (pick: (words: ScheduleWords) => string): string => LANGUAGES.map(pick).filter(Boolean).join("|");
const all = <T>(pick: (words: ScheduleWords) => readonly T[]): T[] => LANGUAGES.flatMap(pick);

/** No letter or digit before and behind. */
export const LETTER = "[\\p{L}\\p{N}]";
export const alone = (source: string): string => `(?<!${LETTER})(?:${source})(?!${LETTER})`;
/** Each source is one of the grammar's own, so there are few; making a pattern costs more than trying it. */
const made = new Map<string, RegExp>();
export function pattern(source: string, flags: "u" | "gu" = "u"): RegExp {
  const key = `${flags} ${source}`;
  const known = made.get(key) ?? new RegExp(source, flags);
  made.set(key, known);
  return known;
}
export const whole = (source: string): RegExp => pattern(`^(?:${source})$`);

export const DAYS = [0, 1, 2, 3, 4, 5, 6].map((n) => any(({ days }) => days[n] ?? ""));
export const DAY = `(?:${DAYS.join("|")})\\.?`;
const SINGULAR = whole(any(({ singular }) => singular));
// What two languages have in common stands once: a pattern that can go two ways takes twice as long with each word.
export const MONTHS = Array.from({ length: 12 }, (_, n) =>
  [...new Set(any(({ months }) => months[n] ?? "").split("|"))].join("|"),
);
export const MONTH = `(?:${MONTHS.join("|")})\\.?`;
const AND_WORD = any(({ and }) => and);
export const AND = `(?:\\s*(?:,|&|\\+|/)\\s*(?:(?:${AND_WORD})\\s+)?|\\s+(?:${AND_WORD})\\s+)`;
export const OR = any(({ or }) => or);
const ARTICLE_WORD = any(({ article }) => article);
const EVERY_WORD = any(({ every }) => every);
/** What leads to two ends at once, and what stands between them. */
export const FROM = any(({ span, between }) => `${span.from}|${between}`);
export const TO = any(({ span, and }) => `${span.to}|${and}`);
/** Directly before the figure of a day, and behind it. */
export const THE_DAY = inAny(({ time }) => time.theDay);
export const FIGURE_END = inAny(({ time }) => time.figure);
/** Left over behind a rhythm whose hour was taken. */
export const HOUR_LEFT = new RegExp(`\\s(?:${inAny(({ time }) => time.hourLead)})$`, "u");
export const THE = `(?:(?:${ARTICLE_WORD})\\s*)`;
export const ARTICLE = `(?:(?:${ARTICLE_WORD}|${EVERY_WORD})\\s*)`;
/** Articles on end, in any number: and on the. */
export const LEAD = `(?:(?:${ARTICLE_WORD})(?:\\s+|(?<=')))*`;
export const DAYLIST = `${ARTICLE}?${DAY}(?:${AND}${ARTICLE}?${DAY})*`;
export const EVERY = `(?:${EVERY_WORD})`;

export const ORDINALS: readonly (readonly [string, number])[] = all(({ ordinals }) => ordinals);
export const FIGURE = `\\d{1,2}(?:${any(({ figure }) => figure)})`;
// The longer first: second to last, second.
export const ORDINAL = `(?:${[...ORDINALS]
  .flatMap(([names]) => names.split(/\|(?![^(]*\))/))
  .sort((a, b) => b.length - a.length)
  .join("|")}|${FIGURE})`;
export const NTH = `${ARTICLE}?${ORDINAL}(?:${AND}${ARTICLE}?${ORDINAL})*`;

const NUMBERS: Readonly<Record<string, number>> = Object.assign({}, ...LANGUAGES.map(({ numbers }) => numbers));
export const NUMBER = `(?:\\d{1,4}|${Object.keys(NUMBERS).join("|")})`;
export const numberOf = (word: string): number => NUMBERS[word] ?? Number(word);
export const ONCE: Readonly<Record<string, number>> = Object.assign({}, ...LANGUAGES.map(({ once }) => once));

export const ADVERBS: readonly (readonly [string, Freq, number])[] = all(({ adverbs }) => adverbs);
export const ADVERB = ADVERBS.map(([names]) => names).join("|");
export const UNITS: readonly (readonly [string, Freq, number])[] = [
  [any(({ units }) => units.day), "DAILY", 1],
  [any(({ units }) => units.week), "WEEKLY", 1],
  [any(({ units }) => units.month), "MONTHLY", 1],
  [any(({ units }) => units.quarter), "MONTHLY", 3],
  [any(({ units }) => units.year), "YEARLY", 1],
];
export const UNIT = UNITS.map(([names]) => names).join("|");
export const MONTH_UNIT = any(({ units }) => units.month);
export const DAY_COUNTS: Readonly<Record<number, number>> = Object.assign(
  {},
  ...LANGUAGES.map(({ dayCounts }) => dayCounts),
);
/** The languages that count so have no word in common with those that do not. */
export const COUNTED_DAY = LANGUAGES.filter(({ dayCounts }) => Object.keys(dayCounts).length)
  .map(({ units }) => units.day)
  .join("|");
export const WORKING_DAY = `(?:${any(({ workingDay }) => workingDay)})`;
export const WEEKEND = `(?:${any(({ weekend }) => weekend)})`;
export const PARTS_OF_DAY: readonly (readonly [string, number, number])[] = all(({ partsOfDay }) => partsOfDay);
export const OF = `(?:\\s+(?:${any(({ of }) => of)})\\s*)(?:(?:${any(({ ofWhich }) => ofWhich)})\\s*)?`;

/** A plural says by itself that it comes again: Tuesdays. */
export function isPlural(day: string): boolean {
  return /^\p{L}{4,}s$/u.test(day) && !SINGULAR.test(day);
}

export const daysIn = (text: string): number[] => [
  ...new Set((text.match(pattern(alone(DAY), "gu")) ?? []).map(dayNumber)),
];

/** 1 is Monday. */
export const dayNumber = (word: string): number => placeIn(DAYS, word) + 1;
export const monthNumber = (word: string): number => placeIn(MONTHS, word) + 1;

function placeIn(names: readonly string[], word: string): number {
  return names.findIndex((source) => whole(`(?:${source})\\.?`).test(word));
}

export function everyDayIsPlural(text: string): boolean {
  const days = text.match(pattern(alone(DAY), "gu")) ?? [];
  return days.length > 0 && days.every(isPlural);
}

export function ordinalOf(word: string): number {
  return ORDINALS.find(([names]) => whole(names).test(word))?.[1] ?? Number.parseInt(word, 10);
}

export const ordinalsIn = (text: string): number[] => [
  ...new Set((text.match(pattern(alone(ORDINAL), "gu")) ?? []).map(ordinalOf)),
];

/** What a line that Coord proposes says for "every". */
export const everyIn = (lang: string): string => grammarOf(lang).schedule.typed.every;

/** Wherever a list may be parted. */
export const partsOf = (text: string): string[] => text.split(pattern(AND, "u")).filter(Boolean);
