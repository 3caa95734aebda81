import { distance } from "fastest-levenshtein";
import { inAny, tableOf } from "../i18n/grammar/index.js";
import { type Label, strictest } from "../policy/index.js";
import { covered } from "./quoted.js";

/**
 * A marking that was typed counts, wherever it stands and however it is written: `tlp: amber strict`, `[TLP:AMBER]`,
 * `TLP AMBER`, `étiquette : ambre`. What stands in quotation marks is no marking.
 */
export type Marking = {
  /** The strictest that was typed. */
  label?: Label;
  /** What was typed where a label belongs and is none. */
  unknown?: string;
  /** The line without it. */
  words: string;
};

const COLOURS: Readonly<Record<string, Label>> = tableOf(({ line }) => line.colours);

const APART = "(?<![\\p{L}\\p{N}])";
const END = "(?![\\p{L}\\p{N}])";
/** What people put between the letters and the colour, with the marks of Slack and Teams for bold and the like. */
const BETWEEN = '(?:[\\s:=*_~`/|()\\[\\]{}<>"“”«»„\\p{Pd}]|\\.(?!\\s))*';
const COLOUR = `(?<colour>${Object.keys(COLOURS).join("|")})`;
const STRICT = `(?:[\\s+*_~\`/()\\[\\]\\p{Pd}]*(?<strict>strict))?`;
const TLP = `${APART}(?:tlp|t\\.l\\.p\\.?)(?:v?2\\.0)?`;
const NAME = `${APART}(?:${inAny(({ line }) => line.label)})`;

/** Each part is left in one step or not at all, so that nothing is gone through twice. */
const MARK = new RegExp(
  `(?:${TLP}(?<between>${BETWEEN})|${NAME}\\s?[:=]${BETWEEN}(?:tlp${BETWEEN})?)(?:${COLOUR}${STRICT}${END}|(?<other>[\\p{L}\\p{N}+]*))`,
  "gu",
);

/** `tlp:"amber strict"` is a value and no quotation. */
const isValue = (line: string, at: number): boolean =>
  /[\s:=：]/.test(line.charAt(at - 1)) && KEY.test(folded(line.slice(Math.max(0, at - 20), at)).text);
const KEY = new RegExp(`(?:${TLP}|${NAME})\\s?[:=]\\s?$`, "u");

/** Letters within an address mark nothing. */
const ADDRESS = /https?:\/\/\S+/giu;
const hidden = (part: string): string => "\u00a7".repeat(part.length);

type Found = { start: number; end: number; label?: Label; unknown?: string };

export function readMarking(line: string): Marking {
  const found = markingsOf(line);
  const labels = found.flatMap(({ label }) => label ?? []);
  const [first, ...more] = labels;
  const unknown = found.find((one) => one.unknown !== undefined)?.unknown;
  return {
    ...(first ? { label: strictest(first, ...more) } : {}),
    ...(unknown === undefined ? {} : { unknown }),
    words: found.length ? without(line, found) : line,
  };
}

/** The markings that a line begins with, as they were typed, and what stands behind them: `tlp:red postpone R-9`. */
export function pastMarking(line: string): [marking: string, rest: string] {
  let past = 0;
  for (const { start, end } of withPairs(line, markingsOf(line))) {
    if (line.slice(past, start).trim() !== "") break;
    past = end;
  }
  return past === 0 ? ["", line] : [line.slice(0, past), ends(line.slice(past), true, false).trimStart()];
}

function markingsOf(line: string): Found[] {
  const { text, places } = folded(covered(line, (start) => isValue(line, start)).replace(ADDRESS, hidden));
  const found: Found[] = [];
  for (const match of text.matchAll(MARK)) {
    const { colour, strict, other = "", between } = match.groups ?? {};
    const known = colour === undefined ? undefined : COLOURS[colour];
    const start = places[match.index] ?? 0;
    const end = places[match.index + match[0].length] ?? line.length;
    if (known) found.push({ start, end, label: known === "AMBER" && strict ? "AMBER+STRICT" : known });
    else if (isMeant(between, other))
      found.push({ start, end, unknown: line.slice(end - other.length, end) || "TLP:" });
  }
  return found;
}

/** `tlp:pink` was meant for a label, and so was a colour with a letter wrong; `explain TLP to the staff` was not. */
function isMeant(between: string | undefined, other: string): boolean {
  const asKey = between !== undefined && /[:=]/.test(between);
  return (
    asKey || (other.length > 3 && Object.keys(COLOURS).some((name) => name.length > 4 && distance(name, other) < 2))
  );
}

/** Small letters without accents and in their plain form (full-width, bold of Unicode), and where each of them stood. */
function folded(line: string): { text: string; places: number[] } {
  let text = "";
  const places: number[] = [];
  let at = 0;
  for (const letter of line) {
    const plain =
      letter < "\u0080"
        ? letter.toLowerCase()
        : letter
            .normalize("NFKD")
            .replace(/[\p{M}\p{Cf}]/gu, "")
            .toLowerCase();
    // A sign for a whole phrase is no letter of a marking.
    const shown = plain.length > 4 ? "\u00a7" : plain;
    text += shown;
    for (let n = 0; n < shown.length; n++) places.push(at);
    at += letter.length;
  }
  return { text, places: [...places, at] };
}

const PAIRS: Readonly<Record<string, string>> = {
  ...{ "[": "]", "(": ")", "{": "}", "<": ">", "*": "*", _: "_", "~": "~", "`": "`" },
  ...{ "【": "】", "（": "）", "［": "］", '"': '"', "“": "”", "«": "»" },
};

const BLANK = /[^\S\n]/;

/** Where these parts stand with the brackets or stars around them. */
function withPairs(line: string, parts: readonly Found[]): { start: number; end: number }[] {
  let from = 0;
  return parts.map((part) => {
    let { start, end } = part;
    // *TLP: [AMBER]*: what was opened within is closed behind.
    for (const opened of [...line.slice(start, end)].filter((letter) => letter in PAIRS).reverse())
      if (line[end] === PAIRS[opened]) end++;
      else if (BLANK.test(line.charAt(end)) && line[end + 1] === PAIRS[opened]) end += 2;
    while (start > from && line[end] !== undefined && PAIRS[line.charAt(start - 1)] === line[end]) {
      start--;
      end++;
    }
    // *TLP*:*AMBER*, whose first star is closed within, and #TLP:AMBER.
    const before = line.charAt(start - 1);
    const within = line.slice(start, end).split(before).length - 1;
    if (start > from && (before === "#" || (PAIRS[before] === before && within % 2 === 1))) start--;
    from = end;
    return { start, end };
  });
}

/** The line without these parts, and without what joined them to the rest. */
function without(line: string, parts: readonly Found[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const { start, end } of withPairs(line, parts)) {
    kept.push(line.slice(from, start));
    from = end;
  }
  kept.push(line.slice(from));
  return kept
    .map((piece, n) => ends(piece, n > 0, n < kept.length - 1))
    .filter((piece) => piece !== "")
    .join(" ")
    .trim();
}

const JOINT = /[-–—|:;,]/;

/** A piece without the blanks at the cut, and without the dash or comma that stood between it and a marking at its end. */
function ends(piece: string, afterMark: boolean, beforeMark: boolean): string {
  let [start, end] = [0, piece.length];
  if (afterMark) {
    while (BLANK.test(piece.charAt(start))) start++;
    // A full stop or comma directly after it was the marking's own.
    const own = /^[.,;:!?]*(?!\S)/.exec(piece)?.[0].length ?? 0;
    if (start === 0) start = own;
    if (JOINT.test(piece.charAt(start)) && !/\S/.test(piece.charAt(start + 1))) start++;
    while (BLANK.test(piece.charAt(start))) start++;
  }
  if (beforeMark) {
    while (end > start && BLANK.test(piece.charAt(end - 1))) end--;
    if (end > start && /[-–—|]/.test(piece.charAt(end - 1)) && !/\S/.test(piece.charAt(end - 2))) end--;
    while (end > start && BLANK.test(piece.charAt(end - 1))) end--;
  }
  return piece.slice(start, end);
}
