import { en, type Messages } from "./en/index.js";
import { fr } from "./fr/index.js";

export type { Messages };

/** Languages that are complete: the compiler holds each to the keys of English. */
export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;

/** @param lang BCP 47; what is not spoken here is answered in English */
export const messagesFor = (lang: string | undefined): Messages => (languageOf(lang) === "fr" ? fr : en);

export const languageOf = (lang: string | undefined): Language => (/^fr\b/i.test(lang ?? "") ? "fr" : "en");
