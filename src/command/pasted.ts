import { inAny } from "../i18n/grammar/index.js";

/** What copying leaves in a line and nobody typed. */

/** Zero-width and soft marks; joiners stay, since Persian and emoji need them. */
const UNSEEN = /[\u200B\u2060\uFEFF\u00AD]/g;
/** A bullet, a number or a sign of quotation before the command. */
const BULLET = /^(?:\s*(?:[-–—•*·▪◦‣>]|\d{1,2}[.)])\s+)+(?=\S)/u;

export const unpasted = (line: string): string => line.replace(UNSEEN, "").replace(BULLET, "");

/** A list, or the head of a forwarded mail, below the line: what the command is about, and not its own words. */
const BELOW = new RegExp(
  `\\n[^\\S\\n]*(?:(?:[-–—•*·▪◦‣>]|\\d{1,2}[.)])[^\\S\\n]+\\S|(?:${inAny(({ line }) => line.mailHead)})[^\\S\\n]?:[^\\S\\n])`,
  "iu",
);

/** Where what stands below a line begins; its length where there is nothing. */
export const endOfLine = (text: string): number => {
  const at = text.search(BELOW);
  return at < 0 ? text.length : at;
};

/** What follows a name or a reference when a sentence goes on: `@labour:`, `T-1.` */
export const withoutStop = (word: string): string => word.replace(/(?<=[\p{L}\p{N}\uE001])[.,:;!]+$/u, "");

/** What follows a colon or a dash that stands alone, as French writes the one and many write the other: `: R-9`, `- R-9`. */
export const pastStop = (text: string): string => text.replace(/^(?:[:;.,]|\p{Pd}{1,2}|[-–—=]>|→)(?:\s+|$)/u, "");
