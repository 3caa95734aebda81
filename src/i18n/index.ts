import { readdirSync, readFileSync } from "node:fs";
import type { Messages } from "./generated.js";
import { grammarOf } from "./grammar/index.js";
import { LANGUAGES, type Language } from "./languages.js";
import { Voice } from "./text.js";

export type { Language, Messages };
export { LANGUAGES };

type Tree = { readonly [key: string]: string | readonly string[] | Tree };

const spoken = new Map<Language, Messages>();

/** @param lang BCP 47; what is not spoken here is answered in the first of the languages */
export function messagesFor(lang: string | undefined): Messages {
  const language = languageOf(lang);
  const known = spoken.get(language);
  if (known) return known;
  const { locale, punctuation } = LANGUAGES[language];
  const messages = said(textsOf(language), new Voice(locale, punctuation)) as Messages;
  spoken.set(language, messages);
  return messages;
}

/** @param lang BCP 47: `fr`, `fr-CA`, `FR` are French; `frr` is not */
export const languageOf = (lang: string | undefined): Language => grammarOf(lang ?? "").lang as Language;

/** Every text of a language, of all its files together. */
export function textsOf(language: string): Tree {
  const folder = new URL(`./${language}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Tree)
    .reduce(merged, {});
}

const isTree = (value: Tree[string] | undefined): value is Tree => typeof value === "object" && !Array.isArray(value);

/**
 * The files share what lists of all commands, arguments and errors need in one place.
 * @throws Error where two say something under the same key
 */
function merged(one: Tree, other: Tree): Tree {
  const both = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const here = both[key];
    if (here !== undefined && !(isTree(here) && isTree(value))) throw new Error(`${key} is there twice`);
    both[key] = isTree(here) && isTree(value) ? merged(here, value) : value;
  }
  return both;
}

/** A text with placeholders becomes a function of its parameters. */
const said = (tree: Tree, voice: Voice): unknown =>
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
