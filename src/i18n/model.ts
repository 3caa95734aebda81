import type { Grammar } from "./grammar/model.js";
import type { Punctuation } from "./text.js";

/** What Coord knows of a language beside its texts. */
export type LanguageRow = {
  /** In the language itself, as people choose it. */
  name: string;
  /** BCP 47: for plurals and lists, as CLDR has them. */
  locale: string;
  punctuation: Punctuation;
  grammar: Grammar;
};
