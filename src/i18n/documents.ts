import { LANGUAGES, type Messages, messagesFor, textsOf, voiced } from "./index.js";

/**
 * Languages in which Coord writes to authorities of other States: those it speaks, and others of which only the words of
 * such documents are there (`es/`), since nobody is spoken to in them.
 */
export const DOCUMENT_LANGUAGES = ["en", "fr", "es"] as const;
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

/** The words of requests that stand on paper. */
export type DocumentWords = Pick<
  Messages["requests"],
  "kinds" | "fields" | "options" | "urgencies" | "states" | "words" | "grounds" | "bases" | "dates" | "document"
>;

const ONLY_WRITTEN = { es: { locale: "es", punctuation: { quote: "«{}»", comma: ", ", semicolon: "; " } } } as const;

const read = new Map<DocumentLanguage, DocumentWords>();

export function documentWords(lang: DocumentLanguage): DocumentWords {
  const known = read.get(lang);
  if (known) return known;
  const words =
    lang in LANGUAGES
      ? messagesFor(lang).requests
      : voiced<{ requests: DocumentWords }>(textsOf(lang), ONLY_WRITTEN[lang as keyof typeof ONLY_WRITTEN]).requests;
  read.set(lang, words);
  return words;
}

/** @param code ISO 639-1, as somebody chose it */
export const documentLanguage = (code: string): DocumentLanguage | undefined =>
  DOCUMENT_LANGUAGES.find((one) => one === code);
