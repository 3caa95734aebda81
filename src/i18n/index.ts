import { readdirSync, readFileSync } from "node:fs";
import type { WordsByLanguage } from "../chat/index.js";
import type { Messages } from "./generated.js";
import { alsoSpeak, LANGUAGES, type Language, languageOf, rowOf } from "./languages.js";
import type { LanguageRow } from "./model.js";
import { Voice } from "./text.js";

export type { Language, Messages };
export { LANGUAGES, languageOf };

export type Texts = { readonly [key: string]: string | readonly string[] | Texts };

const spoken = new Map<Language, Messages>();

/** @param lang BCP 47; what is not spoken here is answered in the first of the languages */
export function messagesFor(lang: string | undefined): Messages {
  const language = languageOf(lang);
  const known = spoken.get(language);
  if (known) return known;
  const messages = messagesOf(rowOf(language), textsOf(language));
  spoken.set(language, messages);
  return messages;
}

/** A language that is tried before it is shipped. @param primary its subtag @returns what takes it away again */
export function speak(primary: string, row: LanguageRow, texts: Texts): () => void {
  const silence = alsoSpeak(primary, row);
  spoken.set(primary as Language, messagesOf(row, texts));
  return () => {
    silence();
    spoken.delete(primary as Language);
  };
}

const messagesOf = (row: LanguageRow, texts: Texts): Messages => voiced<Messages>(texts, row);

/** The texts as they are said. @typeParam T their shape, which a test holds them to */
export const voiced = <T>(texts: Texts, { locale, punctuation }: Pick<LanguageRow, "locale" | "punctuation">): T =>
  said(texts, new Voice(locale, punctuation)) as T;

/** What adapters say by themselves, by language (src/chat/connector.ts). */
export const adapterWords = (): WordsByLanguage =>
  Object.fromEntries(Object.keys(LANGUAGES).map((language) => [language, messagesFor(language).adapters]));

/** The same in every language, for a page whose reader nobody knows. */
export const inEvery = (say: (t: Messages) => string): { lang: string; text: string }[] =>
  Object.keys(LANGUAGES).map((lang) => ({ lang, text: say(messagesFor(lang)) }));

/** Every text of a language, of all its files together. */
export function textsOf(language: string): Texts {
  const folder = new URL(`./${language}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Texts)
    .reduce(merged, {});
}

const isTree = (value: Texts[string] | undefined): value is Texts => typeof value === "object" && !Array.isArray(value);

/**
 * The files share what lists of all commands, arguments and errors need in one place.
 * @throws Error where two say something under the same key
 */
function merged(one: Texts, other: Texts): Texts {
  const both = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const here = both[key];
    if (here !== undefined && !(isTree(here) && isTree(value))) throw new Error(`${key} is there twice`);
    both[key] = isTree(here) && isTree(value) ? merged(here, value) : value;
  }
  return both;
}

/** A text with placeholders becomes a function of its parameters. */
const said = (tree: Texts, voice: Voice): unknown =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === "string"
        ? value.includes("{")
          ? voice.sayer(value)
          : value
        : isTree(value)
          ? said(value, voice)
          : value,
    ]),
  );
