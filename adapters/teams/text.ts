import { withoutTurns } from "../../src/chat/index.js";

/** Text in and out: Markdown made harmless on the way out, entities undone on the way in. */

const HIGH_SURROGATE_LAST = /[\uD800-\uDBFF]$/;

/** At most `max` UTF-16 units, without what turns the words around it; a cut ends in `…` and never parts a surrogate pair. */
export function cut(whole: string, max: number): string {
  const text = withoutTurns(whole);
  if (text.length <= max) return text;
  const head = text.slice(0, Math.max(0, max - 1)).replace(HIGH_SURROGATE_LAST, "");
  return `${head}…`;
}

/**
 * For TextBlock and FactSet, which read Markdown and have no plain mode. Text becomes one line,
 * so that what starts a block (a list, a heading, a rule) can stand only at its very start.
 */
export const escapeMarkdown = (text: string): string => escapeStart(escapeInline(text));

/** Within a line. Braces too: cards replace `{{DATE(…)}}` and `{{TIME(…)}}` before they read Markdown. */
export const escapeInline = (text: string): string => text.replace(/[\\`*_~[\]<|{&]/g, "\\$&");

export const escapeStart = (line: string): string =>
  line
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^[#>+\-=]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");

/**
 * For TextRun, which reads no Markdown but still replaces `{{DATE(…)}}`: such text is split
 * between the braces into two runs.
 */
export const splitFunctions = (text: string): string[] => text.split(/(?<=\{)(?=\{(?:DATE|TIME)\()/);

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " }),
);

/** One pass, so that `&amp;lt;` becomes `&lt;` and no further. */
export const decodeEntities = (text: string): string =>
  text
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
      if (name) return ENTITIES.get(name.toLowerCase()) ?? whole;
      const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\u00A0/g, " ");
