import { ENGLISH } from "../i18n/en/grammar/time.js";
import { FRENCH } from "../i18n/fr/grammar/time.js";
import type { Language, Unit } from "./grammar.js";

export type Lang = "en" | "fr";
export const LANGUAGES: Readonly<Record<Lang, Language>> = { en: ENGLISH, fr: FRENCH };
const ALL: readonly Language[] = Object.values(LANGUAGES);

type Pieces = { [K in keyof Language]: Language[K] extends string ? K : never }[keyof Language];
type Tables = {
  [K in keyof Language]: Language[K] extends Readonly<Record<string, unknown>> ? K : never;
}[keyof Language];

/** Whoever reads one language may write in another: every pattern takes the words of all. */
export const spoken = (name: Pieces): string => ALL.map((language) => language[name]).join("|");

/** The words of a table: those that lead to its values, or, where those are patterns, the patterns. */
export const wordsOf = (name: Exclude<Tables, "units" | "periods" | "keyed">): string =>
  longestFirst(Object.keys(table(name)));
export const unitWords = (): string => ALL.flatMap(({ units }) => Object.values(units)).join("|");
export const periodWords = (...periods: Unit[]): string =>
  ALL.flatMap((language) => periods.map((period) => language.periods[period])).join("|");

export const keyLeads = (key: string): string => ALL.flatMap(({ keyed }) => keyed[key] ?? []).join("|");

const longestFirst = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join("|");

export const names = (name: "weekdays" | "weekdaysShort" | "months" | "monthsShort" | "homonyms"): string[] => [
  ...new Set(ALL.flatMap((language) => language[name])),
];

export const table = <K extends "numbers" | "cities" | "lengths" | "ends" | "later" | "laterBefore">(
  name: K,
): Language[K] => Object.assign(Object.create(null), ...ALL.map((language) => language[name]));

/** The languages, the reader's first. */
export const readerFirst = (lang: Lang): [Lang, Language][] =>
  (Object.entries(LANGUAGES) as [Lang, Language][]).sort(([a], [b]) => Number(b === lang) - Number(a === lang));
