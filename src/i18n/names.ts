/** Languages and countries as a reader calls them (CLDR, by Intl). */

/** @param code BCP 47 */
export const languageName = (code: string, lang: string): string =>
  new Intl.DisplayNames([lang], { type: "language" }).of(code) ?? code;

/** @param code ISO 3166-1 alpha-2 */
export const countryName = (code: string, lang: string): string =>
  new Intl.DisplayNames([lang], { type: "region" }).of(code) ?? code;
