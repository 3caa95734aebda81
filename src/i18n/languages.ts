import { english } from "./en/index.js";
import { french } from "./fr/index.js";
import type { LanguageRow } from "./model.js";

/**
 * The languages that Coord speaks and reads, a line each; the rest stands in a folder of the same name
 * (CONTRIBUTING.md, "Add a language"). The first is spoken to whoever speaks none of them.
 */
export const LANGUAGES = { en: english, fr: french } as const;

export type Language = keyof typeof LANGUAGES;

const rows = new Map<string, LanguageRow>(Object.entries(LANGUAGES));

/** @param lang any BCP 47 tag: `fr`, `fr-CA`, `FR` are French, `frr` is not */
export function languageOf(lang: string | undefined): Language {
  const primary = (lang ?? "").split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  return (rows.has(primary) ? primary : "en") as Language;
}

export const rowOf = (lang: string | undefined): LanguageRow => rows.get(languageOf(lang)) ?? LANGUAGES.en;

/** A language that is tried before it is shipped. @returns what takes it away again */
export function alsoSpeak(primary: string, row: LanguageRow): () => void {
  rows.set(primary, row);
  return () => rows.delete(primary);
}
