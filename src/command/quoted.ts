import { codesOf, textOf } from "../lib/codes.js";

/** What stands in quotation marks is words, whatever they look like. */

/** Of every language: “a”, „a“, ”a” in Swedish, «a», »a« in Danish, 「a」 in Japanese. */
const CLOSING: Readonly<Record<string, readonly string[]>> = {
  ...{ '"': ['"'], "“": ["”"], "„": ["“", "”"], "”": ["”"], "«": ["»"], "»": ["«"], "‹": ["›"] },
  ...{ "「": ["」"], "『": ["』"], "＂": ["＂"] },
};

const MARKS = new RegExp(`[${Object.keys(CLOSING).join("")}]`);

/** Of a quoted part: where its first mark stands, and where what follows its last one begins. */
export type Span = { start: number; end: number };

export function quotedParts(line: string): Span[] {
  const found: Span[] = [];
  eachQuoted(line, (start, end) => found.push({ start, end }));
  return found;
}

/** Where the quoted part that begins here ends: the parts stand in order. */
export function quotedEnd(parts: readonly Span[], start: number): number | undefined {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  const part = parts[low];
  return part?.start === start ? part.end : undefined;
}

function eachQuoted(line: string, tell: (start: number, end: number) => void): void {
  const next = nextOf(line);
  const marks = new RegExp(MARKS, "g");
  while (marks.test(line)) {
    const start = marks.lastIndex - 1;
    if (isInches(line, start)) continue;
    let last = line.length;
    for (const mark of CLOSING[line.charAt(start)] ?? []) last = Math.min(last, next(mark, start + 1));
    if (last === line.length) continue;
    marks.lastIndex = last + 1;
    tell(start, last + 1);
  }
}

/** Where a mark stands next, or the end: asked from left to right, each letter is looked at once for each mark. */
function nextOf(line: string): (mark: string, from: number) => number {
  const known = new Map<string, number>();
  return (mark, from) => {
    const before = known.get(mark) ?? -1;
    if (before >= from) return before;
    const at = line.indexOf(mark, from);
    const found = at < 0 ? line.length : at;
    known.set(mark, found);
    return found;
  };
}

/** 5" of pipe opens no quotation. */
const isInches = (line: string, at: number): boolean =>
  line[at] === '"' && at > 0 && /[\p{L}\p{N}]/u.test(line.charAt(at - 1));

/**
 * The line with its quoted parts covered letter for letter, so that places in it stay the same.
 * @param but where a part begins that is to be left as it is
 */
export function covered(line: string, but: (start: number) => boolean = () => false, cover = "\u00a7"): string {
  const codes = codesOf(line);
  eachQuoted(line, (start, end) => {
    if (!but(start)) codes.fill(cover.charCodeAt(0), start, end);
  });
  return textOf(codes);
}

/** What was quoted as a whole is meant without its marks. */
export function unquoted(text: string): string {
  const said = text.trim();
  const [only] = quotedParts(said);
  return only?.start === 0 && only.end === said.length ? said.slice(1, -1).trim() : text;
}
