import { type Runs, readRuns } from "../authorities/query.js";
import { wordsIn } from "../authorities/words.js";
import { GRAMMARS } from "../i18n/grammar/index.js";
import { inEvery, type Messages } from "../i18n/index.js";
import { ASSISTANCE } from "../requests/kinds/judicial.js";
import { KIND_NAMES, KINDS } from "../requests/kinds.js";
import type { RequestKind } from "../store/request-tables.js";

/** What a sheet is about: a kind of request, or one type of assistance of those of UNTOC 18(3). */
export type Measure = string;

/** In the order in which they are listed. */
export const MEASURES: readonly Measure[] = [
  ...KIND_NAMES,
  ...Object.keys(ASSISTANCE).filter((one) => one !== "other"),
];

export const measureName = ({ requests: { kinds, options } }: Messages, one: Measure): string =>
  isKind(one) ? kinds[one] : options[one as keyof typeof options];

/** @returns the kind of request that such a measure is asked for with */
export const kindFor = (one: Measure): RequestKind => (isKind(one) ? one : "mla");

const isKind = (one: Measure): one is RequestKind => KIND_NAMES.some((kind) => kind === one);

/** `hearing`, `service_of_documents`, or as people call it. */
export const measureNamed = (said: string): Measure | undefined => {
  const [only, ...others] = meaningsOf().get(wordsIn(said).join(" ")) ?? [];
  return others.length ? undefined : (only ?? undefined);
};

/** `norland search and seizure`, `fiche france audition`: the countries and measures of a line. */
export function readSheetLine(line: string, own: ReadonlyMap<string, string>): Runs<Measure | null> {
  return readRuns(line, meaningsOf(), own);
}

/** Nothing: a word that says nothing of what is looked for. */
type Meanings = ReadonlyMap<string, readonly (Measure | null)[]>;

let known: Meanings | undefined;

/** The words of all languages, since whoever reads one may write in another. */
function meaningsOf(): Meanings {
  known ??= readMeanings();
  return known;
}

function readMeanings(): Meanings {
  const meanings = new Map<string, (Measure | null)[]>();
  const add = (text: string, one: Measure | null) => {
    const words = wordsIn(text).join(" ");
    const there = meanings.get(words) ?? [];
    if (words && !there.includes(one)) meanings.set(words, [...there, one]);
  };
  for (const one of MEASURES) {
    add(one, one);
    for (const { text } of inEvery((t) => measureName(t, one))) add(text, one);
    for (const { directory } of GRAMMARS) for (const word of directory.requests[one] ?? []) add(word, one);
  }
  // What a competence is called names the kind of request that it is for, where no measure is called so.
  for (const kind of KIND_NAMES)
    for (const { directory } of GRAMMARS)
      for (const word of directory.functions[KINDS[kind].function] ?? [])
        if (!meanings.has(wordsIn(word).join(" "))) add(word, kind);
  for (const { directory } of GRAMMARS)
    for (const word of directory.idle) if (!meanings.has(wordsIn(word).join(" "))) add(word, null);
  return meanings;
}
