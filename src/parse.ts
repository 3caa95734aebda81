import { MENTION } from "./chat/index.js";
import type { Args, Raws } from "./command.js";
import { splitBy, type WhenContext } from "./time/index.js";

/**
 * From a line to the raw words of each argument. Nothing is judged here: a word goes to the argument it fits.
 * Quotation marks keep words together and protect `key:` and `by` inside them.
 */
export const rawArgs = (line: string, args: Args, time: WhenContext): Raws => cut(line, args, time).raws;

/** @returns with `rest` what no argument takes */
export function cut(line: string, args: Args, time: WhenContext): { raws: Raws; rest: string } {
  const raws: Raws = {};
  const entries = Object.entries(args);
  let rest = line.trim();
  for (const [name, arg] of entries) if (arg.shape === "key" && arg.key) [raws[name], rest] = takeKey(rest, arg.key);
  for (const [name, arg] of entries) {
    if (arg.shape !== "by") continue;
    const { head, ...found } = splitBy(outsideQuotes(rest), time);
    if (found.ok && !found.when) continue;
    // A date that cannot be goes on as it stands, so that the argument says what is wrong with it.
    raws[name] = rest.slice(head.length).trim();
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
  for (const [name, arg] of entries)
    if (arg.shape === "rest" && rest) {
      raws[name] = unquote(rest);
      rest = "";
    }
  return { raws, rest };
}

/** The first word, or what stands in quotation marks, and what follows. */
export function takeWord(line: string): [word: string | undefined, rest: string] {
  const text = line.trimStart();
  const quoted = /^(?:"([^"]*)"|“([^”]*)”|«([^»]*)»)\s*/.exec(text);
  if (quoted) return [quoted[1] ?? quoted[2] ?? quoted[3]?.trim(), text.slice(quoted[0].length)];
  const match = /^\S+/.exec(text);
  return match ? [match[0], text.slice(match[0].length).trimStart()] : [undefined, ""];
}

/** `key:value` or `key:"several words"`, the last one given, outside quotation marks. */
function takeKey(line: string, key: string): [value: string | undefined, rest: string] {
  const pattern = new RegExp(`(?<=^|\\s)${key}:(?:"([^"]*)"|“([^”]*)”|(\\S+))(?=\\s|$)`, "gi");
  const match = [...outsideQuotes(line, key).matchAll(pattern)].at(-1);
  if (!match) return [undefined, line];
  const start = match.index;
  const end = start + match[0].length;
  const value = line.slice(start + key.length + 1, end).replace(/^["“]|["”]$/g, "");
  return [value, `${line.slice(0, start)} ${line.slice(end)}`.replace(/\s+/g, " ").trim()];
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', "“": "”", "«": "»" };

/** The line with quoted parts blanked out, letter for letter, but for the value of `key:"…"`. One pass, whatever is typed. */
function outsideQuotes(line: string, key = ""): string {
  let out = "";
  for (let at = 0; at < line.length; ) {
    const letter = line.charAt(at);
    const closing = CLOSING[letter];
    const end = closing === undefined ? -1 : line.indexOf(closing, at + 1);
    if (end < 0) {
      out += letter;
      at += 1;
      continue;
    }
    const quoted = line.slice(at, end + 1);
    const isValue = key !== "" && out.toLowerCase().endsWith(`${key}:`);
    out += isValue ? quoted : "\u00a7".repeat(quoted.length);
    at = end + 1;
  }
  return out;
}

function unquote(text: string): string {
  const [word, rest] = takeWord(text);
  return rest === "" && /^["“«]/.test(text) && word ? word : text;
}

export const mentionIndex = (word: string): number | undefined => {
  const match = new RegExp(`^${MENTION.source}$`).exec(word);
  return match ? Number(match[1]) : undefined;
};
