import { LANGUAGES, rowOf } from "../languages.js";
import type { Grammar } from "./model.js";

export type { Grammar } from "./model.js";

/** The first is the one of commands and keys, and of whoever speaks none of them. */
export const GRAMMARS: readonly Grammar[] = Object.values(LANGUAGES).map(({ grammar }) => grammar);

const FIRST = LANGUAGES.en.grammar;

/** Whoever reads none of them is answered in this one. */
export const FIRST_LANGUAGE = FIRST.lang;

export const grammarOf = (lang: string): Grammar => rowOf(lang).grammar;

/** The languages, the reader's first. */
export const readerFirst = (lang: string): readonly Grammar[] => {
  const own = grammarOf(lang);
  return [own, ...GRAMMARS.filter((one) => one !== own)];
};

/** The words of all languages for one thing, as the alternatives of a pattern. */
export const inAny = (pick: (grammar: Grammar) => string): string => GRAMMARS.map(pick).filter(Boolean).join("|");

/** One table of all languages. */
export const tableOf = <T>(pick: (grammar: Grammar) => Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.assign(Object.create(null), ...GRAMMARS.map(pick));
