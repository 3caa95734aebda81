import type { Span, Text } from "./message.js";

/** What keeps one text from passing for another: lines, the direction of words, and where a link leads. */

/** Embeddings, overrides and isolates of UAX #9 turn the words around them, which then read as others. */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;
/** Runs of blanks, of which those that break a line become one blank; each letter is looked at once. */
const BLANKS = /[ \t\n\v\f\r\u0085\u2028\u2029]+/g;
const BREAK = /[^ ]/;

export const withoutTurns = (text: string): string => text.replace(TURNS, "");

/** A line break in a title would let what follows pass for another line of the card. */
export const oneLine = (text: string): string =>
  withoutTurns(text).replace(BLANKS, (blanks) => (BREAK.test(blanks) ? " " : blanks));

/**
 * A title, a label, words that carry a link: one line, in which every web address has the host that it leads to, in the
 * letters of DNS: `раура.example` in Cyrillic letters is not `paypa.example`.
 */
export const titleLine = (text: string): string => oneLine(text).replace(ADDRESS, plainAddress);

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"]+/gi;
/** What can be part of a host in any script; the dots are those that IDNA reads as one (RFC 3490, 3.1). */
const HOST = /^[\p{L}\p{M}\p{N}.:\-_\u3002\uFF0E\uFF61]+/u;
const ASCII = /^[\w.:-]*$/;
/** A longer one is no name in DNS, and Punycode takes time that grows with the square of its length. */
const LONGEST_HOST = 253;

/** The host in ASCII and nobody before it: in `https://bank.example@other.example/` the first is a user's name. */
function plainAddress(typed: string): string {
  const scheme = /^https?:\/\//i.exec(typed)?.[0] ?? "";
  const end = typed.slice(scheme.length).search(/[/?#\\]/);
  const authority = typed.slice(scheme.length, end < 0 ? undefined : scheme.length + end);
  const behind = authority.slice(authority.lastIndexOf("@") + 1);
  const host = HOST.exec(behind)?.[0] ?? "";
  const address = `https://${host}`;
  if (host === "" || host.length > LONGEST_HOST || (behind === authority && ASCII.test(host)) || !URL.canParse(address))
    return typed;
  const shown = ASCII.test(host) ? host : new URL(address).host;
  return `${scheme}${shown}${typed.slice(scheme.length + authority.length - behind.length + host.length)}`;
}

/** Where an address leads: a host in the letters of DNS, or whom a mail goes to. */
export function leadsTo(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname } = new URL(address);
  return (protocol === "mailto:" ? pathname : host) || undefined;
}

/** Every link followed by where it leads, unless its words are just that. */
export const withHosts = (text: Text): Span[] =>
  (typeof text === "string" ? [text] : text).flatMap((span): Span[] => {
    if (typeof span === "string" || !("link" in span)) return [span];
    const host = leadsTo(span.url);
    const link = { ...span, link: titleLine(span.link) };
    return !host || [host, span.url, ""].includes(link.link.trim()) ? [link] : [link, ` (${host})`];
  });

/** A text that names one thing, as one line. */
export const titleSpans = (text: Text): Span[] =>
  (typeof text === "string" ? [text] : text).map((span) => {
    if (typeof span === "string") return titleLine(span);
    if ("bold" in span) return { bold: titleLine(span.bold) };
    if ("italic" in span) return { italic: titleLine(span.italic) };
    return "code" in span ? { code: titleLine(span.code) } : { ...span, link: titleLine(span.link) };
  });
