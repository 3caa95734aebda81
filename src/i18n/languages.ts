import { english } from "./en/index.js";
import { french } from "./fr/index.js";

/**
 * The languages that Coord speaks and reads, a line each; the rest stands in a folder of the same name
 * (CONTRIBUTING.md, "Add a language"). The first is spoken to whoever speaks none of them.
 */
export const LANGUAGES = { en: english, fr: french } as const;

export type Language = keyof typeof LANGUAGES;
