import { GRAMMARS, inAny, tableOf } from "../i18n/grammar/index.js";
import type { TimeWords, Unit } from "../i18n/grammar/time.js";

const ALL: readonly TimeWords[] = GRAMMARS.map(({ time }) => time);

type Pieces = { [K in keyof TimeWords]: TimeWords[K] extends string ? K : never }[keyof TimeWords];
type Tables = {
  [K in keyof TimeWords]: TimeWords[K] extends Readonly<Record<string, unknown>> ? K : never;
}[keyof TimeWords];

/** Whoever reads one language may write in another: every pattern takes the words of all. */
export const spoken = (name: Pieces): string => inAny(({ time }) => time[name]);

/** The words of a table: those that lead to its values, or, where those are patterns, the patterns. */
export const wordsOf = (name: Exclude<Tables, "units" | "periods" | "keyed">): string =>
  longestFirst(Object.keys(table(name)));
export const unitWords = (): string => ALL.flatMap(({ units }) => Object.values(units)).join("|");
export const periodWords = (...periods: Unit[]): string =>
  ALL.flatMap((language) => periods.map((period) => language.periods[period])).join("|");

/** What each word for a length or a period means. */
export const unitsIn = <K extends "units" | "periods">(name: K): (readonly [RegExp, keyof TimeWords[K]])[] =>
  ALL.flatMap((language) =>
    Object.entries(language[name]).map(
      ([unit, words]) => [new RegExp(`^(?:${words})$`, "u"), unit as keyof TimeWords[K]] as const,
    ),
  );

export const keyLeads = (key: string): string => ALL.flatMap(({ keyed }) => keyed[key] ?? []).join("|");

const longestFirst = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join("|");

export const names = (
  name: "weekdays" | "weekdaysShort" | "months" | "monthsShort" | "homonyms" | "oneLetterOff",
): string[] => [...new Set(ALL.flatMap((language) => language[name]))];

export const table = <K extends "numbers" | "cities" | "lengths" | "ends" | "later" | "laterBefore">(
  name: K,
): TimeWords[K] => tableOf<never>(({ time }) => time[name] as Readonly<Record<string, never>>) as TimeWords[K];
