import { MENTION } from "./chat/index.js";
import type { Args, Raws } from "./command.js";
import { takeKeys } from "./keys.js";
import { covered, quotedParts, unquoted } from "./quoted.js";
import { splitBy, type WhenContext } from "./time/index.js";

/**
 * From a line to the raw words of each argument. Nothing is judged here: a word goes to the argument it fits.
 * Quotation marks keep words together and protect `key:` and `by` inside them.
 */
export const rawArgs = (line: string, args: Args, time: WhenContext): Raws => cut(line, args, time).raws;

/** @returns with `rest` what no argument takes, and with `prose` what is neither a key nor a date nor a single word */
export function cut(line: string, args: Args, time: WhenContext): { raws: Raws; rest: string; prose: string } {
  const entries = Object.entries(args);
  let { raws, rest } = takeKeys(line.trim(), args);
  for (const [name, arg] of entries) {
    if (arg.shape !== "by") continue;
    const { head, ...found } = splitBy(covered(rest), time);
    if (found.ok && !found.when) continue;
    // A date that cannot be goes on as it stands, so that the argument says what is wrong with it.
    raws = { ...raws, [name]: rest.slice(head.length).trim().replace(LEAD, "$1") };
    rest = rest.slice(0, head.length).trim();
  }
  for (const [name, arg] of entries) {
    if (arg.shape !== "word") continue;
    const [word, after] = takeWord(rest);
    if (word && (arg.fits?.(word) ?? true)) {
      raws[name] = word;
      rest = after;
    }
  }
  const prose = rest;
  for (const [name, arg] of entries)
    if (arg.shape === "rest" && rest) {
      raws[name] = unquoted(rest);
      rest = "";
    }
  return { raws, rest, prose };
}

/** by: Fri 17:00 */
const LEAD = /^(?:(d['’]ici)|\p{L}+(?: \p{L}+)?)\s?[:：]/u;

/** The first word, or what stands in quotation marks, and what follows. */
export function takeWord(line: string): [word: string | undefined, rest: string] {
  const text = line.trimStart();
  const [quoted] = OPENING.test(text) ? quotedParts(text) : [];
  if (quoted?.start === 0) return [text.slice(1, quoted.end - 1).trim(), text.slice(quoted.end).trimStart()];
  const match = /^\S+/.exec(text);
  return match ? [match[0], text.slice(match[0].length).trimStart()] : [undefined, ""];
}

/** What stands in quotation marks is never the name of a command. */
export const OPENING = /^["“«„]/;

export const mentionIndex = (word: string): number | undefined => {
  const match = new RegExp(`^${MENTION.source}$`).exec(word);
  return match ? Number(match[1]) : undefined;
};
