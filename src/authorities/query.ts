import { GRAMMARS } from "../i18n/grammar/index.js";
import { messagesFor } from "../i18n/index.js";
import { LANGUAGES } from "../i18n/languages.js";
import { LANGS, languageName } from "../i18n/names.js";
import { countriesNamed, isNamed } from "./countries.js";
import { type AuthorityFunction, FUNCTIONS, functionRow } from "./functions.js";
import { AUTHORITY_KINDS, type AuthorityKind } from "./model.js";
import { wordsIn } from "./words.js";

/** What somebody looks for in the directory, read of one line: `smuggling by sea greece urgent`, `entraide maroc arabe`. */
export type Query = {
  countries: readonly string[];
  /** Words that several countries are called by, with these: which is meant is asked. */
  unclear?: { said: string; countries: readonly string[] };
  functions: readonly AuthorityFunction[];
  kinds: readonly AuthorityKind[];
  /** Languages in which a request would be taken. */
  langs: readonly string[];
  urgent: boolean;
  /** Those alone that nobody has checked for a year, or ever. */
  unchecked: boolean;
  /** What is none of these: words of a name, a place, a network. */
  words: readonly string[];
};

/** Of a line more words than these are not looked at. */
const MOST_WORDS = 24;
/** Words in a row that can be one name. */
const LONGEST = 6;

type Meaning =
  | { is: "function"; value: AuthorityFunction }
  | { is: "kind"; value: AuthorityKind }
  | { is: "lang"; value: string }
  | { is: "urgent" }
  | { is: "unchecked" }
  | { is: "idle" };

/** @param own names of States that no list has, as `wordsIn` gives them */
export function readQuery(line: string, own: ReadonlyMap<string, string> = new Map()): Query {
  const { countries, unclear, meant, words } = readRuns(line, meaningsOf(), own);
  const of = <Is extends Meaning["is"]>(is: Is) =>
    meant.filter((one): one is Extract<Meaning, { is: Is }> => one.is === is);
  const values = <T>(ones: readonly { value: T }[]) => [...new Set(ones.map(({ value }) => value))];
  return {
    ...{ countries, functions: values(of("function")), kinds: values(of("kind")), langs: values(of("lang")) },
    ...{ urgent: of("urgent").length > 0, unchecked: of("unchecked").length > 0, words },
    ...(unclear ? { unclear } : {}),
  };
}

/** What a line names: countries, what the words of others mean, and those that mean nothing of it. */
export type Runs<M> = Pick<Query, "countries" | "unclear" | "words"> & { meant: readonly M[] };

/**
 * The longest run of words that means something is taken first, from the left. A country comes before all else, since a
 * wrong one is the worst of mistakes here.
 * @param meanings by words as `wordsIn` gives them, with one blank between two
 * @param own names of States that no list has, in the same way
 */
export function readRuns<M>(
  line: string,
  meanings: ReadonlyMap<string, readonly M[]>,
  own: ReadonlyMap<string, string> = new Map(),
): Runs<M> {
  const words = wordsIn(line).slice(0, MOST_WORDS);
  const [countries, meant, rest]: [Set<string>, M[], string[]] = [new Set(), [], []];
  let unclear: Query["unclear"];
  for (let at = 0; at < words.length; ) {
    const run = runAt(words, at, meanings, own);
    at += run.length;
    if ("countries" in run) {
      if (run.countries.length === 1) countries.add(run.countries[0] as string);
      else unclear ??= { said: run.said, countries: run.countries };
      continue;
    }
    if (run.meant.length === 0) rest.push(run.said);
    meant.push(...run.meant);
  }
  const codes = codesIn(line);
  for (const code of codes) countries.add(code);
  return {
    ...{ countries: [...countries], meant },
    words: rest.filter((word) => !codes.some((code) => code.toLowerCase() === word)),
    ...(unclear ? { unclear } : {}),
  };
}

type Run<M> = { length: number; said: string } & ({ countries: string[] } | { meant: readonly M[] });

function runAt<M>(
  words: readonly string[],
  at: number,
  meanings: ReadonlyMap<string, readonly M[]>,
  own: ReadonlyMap<string, string>,
): Run<M> {
  for (let length = Math.min(LONGEST, words.length - at); length > 0; length--) {
    const said = words.slice(at, at + length).join(" ");
    const countries = countriesNamed(said, own);
    const meant = meanings.get(said);
    // One word of a name is no country where it is a word for something else: "united" is, "sea" is not.
    if (countries.length && !(meant && length === 1 && countries.length > 1)) return { length, said, countries };
    if (meant) return { length, said, meant };
  }
  const said = words[at] as string;
  const code = said.toUpperCase();
  const known = isNamed(code) || [...own.values()].includes(code);
  return { length: 1, said, ...(known ? { countries: [code] } : { meant: [] }) };
}

/**
 * `AT` in capital letters among small ones is a code, though it is a word too. In a line that is all in capitals it is
 * what it would be in small ones.
 */
function codesIn(line: string): string[] {
  if (!/\p{Ll}/u.test(line) && wordsIn(line).length > 1) return [];
  return (line.match(/(?<![\p{L}\p{N}])[A-Z]{2}(?![\p{L}\p{N}])/gu) ?? []).filter(isNamed);
}

let known: ReadonlyMap<string, readonly Meaning[]> | undefined;

/** The words of all languages, since whoever reads one may write in another. */
function meaningsOf(): ReadonlyMap<string, readonly Meaning[]> {
  known ??= readMeanings();
  return known;
}

function readMeanings(): ReadonlyMap<string, readonly Meaning[]> {
  const meanings = new Map<string, Meaning[]>();
  const add = (text: string, meaning: Meaning) => {
    const words = wordsIn(text).join(" ");
    if (words) meanings.set(words, [...(meanings.get(words) ?? []), meaning]);
  };
  for (const { directory } of GRAMMARS) {
    for (const word of directory.idle) add(word, { is: "idle" });
    for (const word of directory.urgent) add(word, { is: "urgent" });
    for (const word of directory.unchecked) add(word, { is: "unchecked" });
    for (const value of FUNCTIONS)
      for (const word of directory.functions[value] ?? []) add(word, { is: "function", value });
    for (const value of AUTHORITY_KINDS)
      for (const word of directory.kinds[value] ?? []) add(word, { is: "kind", value });
  }
  for (const lang of Object.keys(LANGUAGES)) {
    const t = messagesFor(lang).directory;
    for (const one of FUNCTIONS) add(t.functions[one], { is: "function", value: one });
    for (const code of LANGS) add(languageName(code, lang), { is: "lang", value: code });
  }
  for (const one of FUNCTIONS) for (const word of functionRow(one).words) add(word, { is: "function", value: one });
  return meanings;
}
