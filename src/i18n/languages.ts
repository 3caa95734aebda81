import type { Punctuation } from "./text.js";

export type LanguageRow = {
  /** In the language itself, as people choose it. */
  name: string;
  /** BCP 47: for plurals and lists, as CLDR has them. */
  locale: string;
  dir: "ltr" | "rtl";
  punctuation: Punctuation;
};

/**
 * The languages that Coord speaks, a line each; what it says in them stands in a folder of the same name
 * (CONTRIBUTING.md, "Add a language"). The first is spoken to whoever speaks none of them.
 */
export const LANGUAGES = {
  en: {
    name: "English",
    locale: "en-GB",
    dir: "ltr",
    punctuation: { quote: "“{}”", comma: ", ", semicolon: "; " },
  },
  fr: {
    name: "Français",
    locale: "fr",
    dir: "ltr",
    punctuation: { quote: "«\u00a0{}\u00a0»", comma: ", ", semicolon: "\u202f; " },
  },
} as const satisfies Readonly<Record<string, LanguageRow>>;

export type Language = keyof typeof LANGUAGES;
