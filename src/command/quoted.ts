/**
 * What stands in quotation marks is words, whatever they look like. One pass: a mark that nothing closes is found out
 * once, and not searched for again at each of its kind.
 */

/** Of every language: “a”, „a“, ”a” in Swedish, «a», »a« in Danish, 「a」 in Japanese. */
const CLOSING: Readonly<Record<string, readonly string[]>> = {
  ...{ '"': ['"'], "“": ["”"], "„": ["“", "”"], "”": ["”"], "«": ["»"], "»": ["«"], "‹": ["›"] },
  ...{ "「": ["」"], "『": ["』"], "＂": ["＂"] },
};

/** Of a quoted part: where its first mark stands, and where what follows its last one begins. */
export type Span = { start: number; end: number };

export function quotedParts(line: string): Span[] {
  const found: Span[] = [];
  const unclosed = new Set<string>();
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at);
    const closing = CLOSING[letter];
    if (!closing || unclosed.has(letter) || isInches(line, at)) continue;
    const last = closing.map((mark) => line.indexOf(mark, at + 1)).filter((end) => end > 0);
    if (last.length === 0) {
      unclosed.add(letter);
      continue;
    }
    const end = Math.min(...last) + 1;
    found.push({ start: at, end });
    at = end - 1;
  }
  return found;
}

/** 5" of pipe opens no quotation. */
const isInches = (line: string, at: number): boolean => line[at] === '"' && /[\p{L}\p{N}]/u.test(line.charAt(at - 1));

/**
 * The line with its quoted parts covered letter for letter, so that places in it stay the same.
 * @param but parts to be left as they are
 */
export function covered(line: string, but: (part: Span) => boolean = () => false, cover = "\u00a7"): string {
  let out = "";
  let from = 0;
  for (const part of quotedParts(line)) {
    if (but(part)) continue;
    const { start, end } = part;
    out += line.slice(from, start) + cover.repeat(end - start);
    from = end;
  }
  return out + line.slice(from);
}

/** What was quoted as a whole is meant without its marks. */
export function unquoted(text: string): string {
  const said = text.trim();
  const [only] = quotedParts(said);
  return only?.start === 0 && only.end === said.length ? said.slice(1, -1).trim() : text;
}
