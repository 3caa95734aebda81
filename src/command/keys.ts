import { distance } from "fastest-levenshtein";
import { inAny, tableOf } from "../i18n/grammar/index.js";
import { refuse } from "../lib/refusal.js";
import { keyLeads, parseWhen, type WhenContext } from "../time/index.js";
import type { Arg, Args, Raws } from "./define.js";
import { covered, quotedEnd, quotedParts, type Span } from "./quoted.js";

/** `key:value`, `key: value`, `clé : valeur` and `key:"several words"`, outside quotation marks. */

const COLON = "[^\\S\\n]{0,2}[:：]";
const BLANKS = /^[^\S\n]*/;

type Keyed = [name: string, arg: Arg<unknown> & { key: string }];
const keyedIn = (args: Args): Keyed[] =>
  Object.entries(args).filter((entry): entry is Keyed => entry[1].shape === "key" && entry[1].key !== undefined);

/** Where in the line an argument was said. */
export type Taken = { start: number; end: number; as: string };

/**
 * The last of each key that is given, and where each stands; several of a list are one list.
 * @throws Refusal where words follow a key and it cannot be known how many of them are its own
 */
export function takeKeys(line: string, args: Args, time: WhenContext): { raws: Raws; taken: Taken[] } {
  const raws: Raws = {};
  const taken: Taken[] = [];
  const keys = new Map(keyedIn(args).map(([name, arg]) => [arg.key, { name, arg }]));
  if (keys.size === 0) return { raws, taken };
  const quoted = quotedParts(line);
  const next = anyOf([...keys.keys()]);
  let from = 0;
  for (const match of covered(line).matchAll(next)) {
    const key = (match[1] ?? "").toLowerCase();
    const known = keys.get(key);
    if (!known || match.index < from) continue;
    const after = match.index + match[0].length;
    const start = after + (BLANKS.exec(line.slice(after, after + LONGEST_GAP))?.[0].length ?? 0);
    const value =
      known.arg.moment && quotedEnd(quoted, start) === undefined
        ? momentAt(line, start, next, time)
        : valueAt(line, start, quoted, known.arg, next);
    if (value.end === start) continue;
    if (
      known.arg.words &&
      start > after &&
      quotedEnd(quoted, start) === undefined &&
      wordsFollow(line, value.end, next)
    )
      refuse((t) => t.errors.quoteValue({ said: `${key}:`, example: `${key}:"${value.said} …"` }));
    const before = raws[known.name];
    raws[known.name] = known.arg.list && before !== undefined ? `${before},${value.said}` : value.said;
    taken.push({ start: match.index, end: value.end, as: known.name });
    from = value.end;
  }
  return { raws, taken };
}

/**
 * What the moments of a command are told by without a colon: `away until Mon 09:00`, `away from Monday to Friday`; of one
 * that takes free words only where the line ends with them: `training offer … from Mon until Fri`.
 */
export function takeSpoken(line: string, args: Args, given: Raws, time: WhenContext): { raws: Raws; taken: Taken[] } {
  const raws: Raws = {};
  const taken: Taken[] = [];
  const keys = keyedIn(args);
  const moments = keys.filter(([name, arg]) => arg.moment && given[name] === undefined);
  if (moments.length === 0) return { raws, taken };
  if (Object.values(args).some(({ shape }) => shape === "rest")) {
    // From the end, whichever stands there.
    for (let left = line.trimEnd(), n = 0; n < moments.length; n++) {
      const last = moments.flatMap(([name, { key }]) =>
        name in raws ? [] : (spokenLast(left, name, key, time) ?? []),
      )[0];
      if (!last) break;
      raws[last.as] = last.said;
      taken.push({ start: last.start, end: last.end, as: last.as });
      left = left.slice(0, last.start).trimEnd();
    }
  } else
    for (const [name, arg] of keys) {
      const leads = arg.moment && given[name] === undefined ? keyLeads(arg.key) : "";
      const match = leads && new RegExp(`(?<=^|\\s)(?:${leads})\\s+`, "iu").exec(line);
      if (!match) continue;
      const value = momentAt(line, match.index + match[0].length, anyOf(keys.map(([, { key }]) => key)), time);
      const found = parseWhen(value.said, time);
      if (!found.ok && !found.readings) continue;
      raws[name] = value.said;
      taken.push({ start: match.index, end: value.end, as: name });
    }
  return { raws, taken };
}

/** At the last of its leads, where all that follows is a moment. */
function spokenLast(
  line: string,
  name: string,
  key: string,
  time: WhenContext,
): (Taken & { said: string }) | undefined {
  const leads = keyLeads(key);
  const from = Math.max(0, line.length - LONGEST_LOOK);
  const match = leads && [...line.slice(from).matchAll(new RegExp(`(?<=\\s)(?:${leads})\\s+`, "giu"))].at(-1);
  if (!match) return undefined;
  const start = from + match.index;
  const said = line.slice(start + match[0].length);
  return parseWhen(said, time).ok ? { start, end: line.length, as: name, said } : undefined;
}

/** The longest beginning of what follows that is a moment: `until: Mon 09:00 deputy:@omar`. */
function momentAt(line: string, start: number, keys: RegExp, time: WhenContext): { said: string; end: number } {
  const look = line.slice(start, start + LONGEST_LOOK);
  const stop = look.search(keys);
  const ends = [...look.slice(0, stop < 0 ? undefined : stop).matchAll(/\S(?=\s|$)/g)].map(({ index }) => index + 1);
  const read = ends.slice(0, MOST_WORDS_OF_MOMENT).map((one) => ({ one, found: parseWhen(look.slice(0, one), time) }));
  const doubted = read.findLast(({ found }) => !found.ok && found.readings);
  // All of it may mean several, 2/3 December, and is asked about; from Monday to Friday are two.
  const whole = doubted?.one === ends.at(-1) && !SPAN.test(look.slice(0, doubted?.one)) ? doubted : undefined;
  const end = (whole ?? read.findLast(({ found }) => found.ok) ?? doubted)?.one;
  const least = start + (end ?? ends[0] ?? 0);
  return { said: line.slice(start, least), end: least };
}
const MOST_WORDS_OF_MOMENT = 8;
const SPAN = new RegExp(`\\s(?:${keyLeads("until")})\\s`, "iu");

/** Blanks between a key and its value; more are a gap in the text. */
const LONGEST_GAP = 8;

const anyOf = (keys: readonly string[]): RegExp =>
  new RegExp(`(?<=^|\\s)(${[...keys].sort((a, b) => b.length - a.length).join("|")})${COLON}`, "giu");

function valueAt(
  line: string,
  start: number,
  quoted: readonly Span[],
  { list, fits, goesOn: more }: Arg<unknown>,
  keys: RegExp,
) {
  const quote = quotedEnd(quoted, start);
  if (quote !== undefined) return { said: line.slice(start + 1, quote - 1).trim(), end: quote };
  let end = wordEnd(line, start);
  // priority: life safety
  const two = wordEnd(line, end + blanksAt(line, end));
  if (fits && !list && !fits(line.slice(start, end)) && fits(line.slice(start, two))) end = two;
  while (more) {
    const follows = end + blanksAt(line, end);
    const next = wordEnd(line, follows);
    // Another key ends it, also with a blank before its colon: `takes:3 mois langs : fr`.
    const key = line.slice(follows, follows + LONGEST_LOOK).search(keys) === 0;
    if (next === end || key || !more.test(line.slice(follows, next))) break;
    end = next;
  }
  // with: @police, @iom
  while (list) {
    const following = end + blanksAt(line, end);
    const goesOn = line[end - 1] === "," ? following : line[following] === "," ? following + 1 : undefined;
    if (goesOn === undefined) break;
    const next = wordEnd(line, goesOn + blanksAt(line, goesOn));
    if (next <= end) break;
    end = next;
  }
  return { said: line.slice(start, end), end };
}

function wordEnd(line: string, start: number): number {
  let end = start;
  while (end < line.length && /\S/.test(line.charAt(end))) end++;
  return end;
}

const blanksAt = (line: string, at: number): number => BLANKS.exec(line.slice(at, at + LONGEST_GAP))?.[0].length ?? 0;

/** By a date and with somebody end a value, as the next key does. */
const ENDS_VALUE = new RegExp(`^(?:${inAny(({ line }) => line.endsValue)})$`, "i");

function wordsFollow(line: string, end: number, keys: RegExp): boolean {
  const rest = line.slice(end, end + LONGEST_LOOK).trimStart();
  const word = /^\S+/.exec(rest)?.[0];
  if (word === undefined || ENDS_VALUE.test(word)) return false;
  return rest.search(keys) !== 0;
}
const LONGEST_LOOK = 80;

/** Addresses begin like keys. */
const SCHEMES = new Set("http https ftp mailto tel sip sips urn doi geo xmpp data localhost".split(" "));
/** What a language writes where a key is another word; others are near enough to be found. */
const KEYS = tableOf(({ line }) => line.keys);
const LIKE_KEY = new RegExp(`(?<=^|\\s)([\\p{L}\\p{M}]{3,24})(${COLON})(\\s*)(?=(\\S))`, "gu");

/**
 * A word that looks like a key and is none of this command's: `urgency:high`, or `priorty: high`, near enough to one
 * that there is. `Note: the gate`, 17:00 and https:// are words like others.
 */
export function strangeKey(rest: string, args: Args): StrangeKey | undefined {
  const keys = keyedIn(args).map(([, arg]) => arg.key);
  for (const [, word = "", colon = "", gap = "", next = ""] of covered(rest).matchAll(LIKE_KEY)) {
    const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    if (keys.includes(plain) || SCHEMES.has(plain)) continue;
    const near = keys.filter((key) => isNear(plain, key) || KEYS[plain] === key);
    const bound = colon.length === 1 && gap === "" && word === word.toLowerCase() && !/[\d/:\\]/.test(next);
    if (near.length || bound) return { said: `${word}:`, typed: word + colon, near, keys: shown(keys) };
  }
  return undefined;
}

export type StrangeKey = {
  said: string;
  /** As it stands in the line. */
  typed: string;
  /** What may be meant. */
  near: string[];
  /** What there is, as `key:…`. */
  keys: string[];
};

const shown = (keys: readonly string[]): string[] => keys.map((key) => `${key}:…`);

const isNear = (word: string, key: string): boolean =>
  key.length > 4 && distance(word, key) <= (key.length > 7 ? 2 : 1);
