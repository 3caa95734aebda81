import { type Place, takeMoment, timesIn, type Unsure, type WhenContext } from "../time/index.js";
import type { Args, Raws } from "./define.js";
import { type Taken, takeKeys, takeSpoken } from "./keys.js";
import { endOfLine, withoutStop } from "./pasted.js";
import { covered, quotedParts, unquoted } from "./quoted.js";

/** A line, and where each word of it went. */
export type Reading = {
  line: string;
  raws: Raws;
  /** What each argument took, in places of the line; one with two places was told twice. */
  taken: Taken[];
  /** What no argument takes. */
  rest: string;
  /** What is neither a key nor a moment nor a single word. */
  prose: string;
  /** What speaks of a time and was not taken for the moment that the command asks for, by its argument's name. */
  unsure: (Unsure & { as: string })[];
};

/** `@labour : Inspect`, `T-4 - the gate`: what stands between a name and the words. */
const AFTER_NAME = /^[:：,;–—-]\s+/;

/** What was answered about a moment, by its argument; null where the command goes without. */
export type Told = Record<string, string | null>;

export const rawArgs = (line: string, args: Args, time: WhenContext): Raws => readLine(line, args, time).raws;

/**
 * From a line to the raw words of each argument. Nothing is judged here: a word goes to the argument it fits.
 * Quotation marks keep words together and protect `key:` and `by` inside them.
 */
export function readLine(line: string, args: Args, context: WhenContext, told: Told = {}): Reading {
  const time: WhenContext = { ...context, period: "last" };
  const entries = Object.entries(args);
  const end = args.detail?.words === "text" ? endOfLine(covered(line)) : line.length;
  const { raws, taken } = takeKeys(line.slice(0, end), args, time);
  const spoken = takeSpoken(without(covered(line), taken), args, raws, time);
  Object.assign(raws, spoken.raws);
  taken.push(...spoken.taken);
  if (end < line.length && raws.detail === undefined) {
    raws.detail = line.slice(end).trim();
    taken.push({ start: end, end: line.length, as: "detail" });
  }
  const unsure: Reading["unsure"] = [];
  const moments = entries.filter(([name, arg]) => arg.moment && arg.shape === "by" && raws[name] === undefined);
  for (const [name] of moments) {
    if (name in told) continue;
    const { moment, unsure: doubted } = takeMoment(without(covered(line), taken), time);
    if (doubted?.led && args[name]?.moment === "day") {
      // Days of a plan may have passed; what is wrong with others the argument says.
      raws[name] = doubted.said;
      taken.push({ start: doubted.start, end: doubted.end, as: name });
    } else if (doubted) unsure.push({ ...doubted, as: name });
    if (!moment) continue;
    raws[name] = moment.said;
    taken.push({ start: moment.start, end: moment.end, as: name });
  }
  const takeFirst = ([name, arg]: [string, Args[string]]): void => {
    const fits = (one: string) => arg.fits?.(one) ?? true;
    const behind = arg.anywhere && openWords(line, taken).find(({ said }) => fits(said));
    const word = behind || firstWord(without(line, taken));
    // @labour: and T-1. where a sentence goes on.
    const said = word && arg.fits ? [word.said, withoutStop(word.said)].findLast(fits) : word?.said;
    if (!word || said === undefined || !fits(said)) return;
    raws[name] = said;
    taken.push({ start: word.start, end: word.end, as: name });
  };
  const single = entries.filter(([, { shape }]) => shape === "word");
  single.forEach(takeFirst);
  // `happened arrested R-9`: a reference that must be there may stand behind the word that was to come after it.
  single.filter(([name, { given, optional }]) => given && !optional && raws[name] === undefined).forEach(takeFirst);
  const prose = leftOf(line, taken);
  let rest = prose;
  for (const [name, arg] of entries)
    if (arg.shape === "rest" && rest) {
      raws[name] = unquoted(taken.length ? rest.replace(AFTER_NAME, "") : rest);
      rest = "";
    }
  for (const [name] of moments.filter(([name, arg]) => arg.moment !== "day" && !(name in told)))
    for (const one of timesIn(without(covered(line), taken), time))
      if (!unsure.some(({ start, end }) => start <= one.start && one.end <= end)) unsure.push({ ...one, as: name });
  for (const [name, answer] of Object.entries(told)) raws[name] = answer ?? undefined;
  return { line, raws, taken, rest, prose, unsure };
}

/** The words that no key, moment or party took, and where they stand; what is quoted is no word here. */
export const wordsIn = ({ line, taken }: Reading): (Place & { said: string })[] => openWords(line, taken);

function openWords(line: string, taken: readonly Taken[]): (Place & { said: string })[] {
  const open = without(covered(line, undefined, " "), taken);
  return [...open.matchAll(/\S+/g)].map(({ index, 0: said }) => ({ said, start: index, end: index + said.length }));
}

/** The line with blanks where something was taken, so that places in it stay the same. */
function without(line: string, taken: readonly Taken[]): string {
  let out = "";
  for (const { start, end } of inOrder(taken))
    if (start >= out.length) out += line.slice(out.length, start) + " ".repeat(end - start);
  return out + line.slice(out.length);
}

/** What was not taken, each piece without the blanks at the cut. */
function leftOf(line: string, taken: readonly Taken[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of inOrder(taken)) {
    pieces.push(line.slice(from, Math.max(from, start)));
    from = Math.max(from, end);
  }
  return [...pieces, line.slice(from)]
    .map((piece) => piece.replace(/^[^\S\n]+/, "").trimEnd())
    .filter((piece) => piece !== "")
    .join(" ")
    .trim();
}

const inOrder = (taken: readonly Taken[]): Taken[] => [...taken].sort((a, b) => a.start - b.start);

/** The first word, or what stands in quotation marks, and where. */
function firstWord(line: string): { said: string; start: number; end: number } | undefined {
  const start = line.length - line.trimStart().length;
  const text = line.slice(start);
  const [quoted] = OPENING.test(text) ? quotedParts(text) : [];
  if (quoted?.start === 0) return { said: text.slice(1, quoted.end - 1).trim(), start, end: start + quoted.end };
  const word = /^\S+/.exec(text)?.[0];
  return word === undefined ? undefined : { said: word, start, end: start + word.length };
}

/** The first word, or what stands in quotation marks, and what follows. */
export function takeWord(line: string): [word: string | undefined, rest: string] {
  const first = firstWord(line);
  return first ? [first.said, line.slice(first.end).trimStart()] : [undefined, ""];
}

/** What stands in quotation marks is never the name of a command. */
export const OPENING = /^["“«„”»「『‹＂]/;
