/** Languages and countries as a reader calls them (CLDR, by Intl). */

const names = new Map<string, Intl.DisplayNames>();

/** Each takes a while to make, and they are asked for by the hundred. */
function namesIn(lang: string, type: "language" | "region"): Intl.DisplayNames {
  const key = `${type} ${lang}`;
  const known = names.get(key) ?? new Intl.DisplayNames([lang], { type });
  names.set(key, known);
  return known;
}

/** @param code BCP 47 */
export const languageName = (code: string, lang: string): string => namesIn(lang, "language").of(code) ?? code;

/** @param code ISO 3166-1 alpha-2 */
export const countryName = (code: string, lang: string): string => namesIn(lang, "region").of(code) ?? code;

/** The six of the United Nations, and those most spoken where migrants are smuggled; ISO 639-1. */
export const LANGS = [
  ...["en", "fr", "ar", "es", "ru", "zh"],
  ...["am", "bn", "de", "el", "fa", "hi", "it", "ku", "ms", "pl", "ps", "pt", "ro", "so", "sq", "sr", "sw", "ti"],
  ...["tr", "uk", "ur", "vi"],
] as const;
