import anyAscii from "any-ascii";
import { isSupportedCountry } from "libphonenumber-js";

/**
 * Compatibility forms (full width, ligatures, Roman numerals) as their plain letters, the digits of every script as
 * 0-9, dashes as -, no invisible characters: pasted Arabic carries direction marks, MRZ readers a byte order mark.
 */
export function plain(raw: string): string {
  return raw
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/\p{Pd}|\u2212/gu, "-")
    .replace(/[\p{Cf}\p{Cc}\s]+/gu, (gap) => (/\s/.test(gap) ? " " : ""))
    .trim();
}

/** A digit that the table does not have yet stays: dropped, it would make two numbers one. */
function asciiDigit(digit: string): string {
  const ascii = anyAscii(digit);
  return /^\d$/.test(ascii) ? ascii : digit;
}

/**
 * The letters that Greek or Cyrillic and Latin share in print. Greek plates and identity cards use these 14 alone,
 * Russian, Bulgarian and Ukrainian plates these 12 (and І), so that a Latin reader reads them as they stand (Vienna
 * Convention on Road Traffic, annex 2): officers type them on either keyboard.
 */
const LOOK_ALIKES: Readonly<Record<string, string>> = Object.fromEntries([
  ...[..."ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"].map((letter, i) => [letter, "ABEZHIKMNOPTYX"[i]]),
  ...[..."АВЕІКМНОРСТУХ"].map((letter, i) => [letter, "ABEIKMHOPCTYX"[i]]),
]);

/**
 * What is printed on a plate or a document: capitals and digits alone, no marks (a reader abroad types GÖ as GO).
 * 0 and O, 1 and I stay what they are: a guess would join two things that differ.
 */
export function printed(text: string): string {
  const capitals = bare(bare(text).toUpperCase());
  return [...capitals].map((letter) => LOOK_ALIKES[letter] ?? letter).join("");
}

/** No marks, no separators: harakat and tatweel go too, and the seats of hamza with them. */
function bare(text: string): string {
  return text.normalize("NFKD").replace(/[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}0-9]/gu, "");
}

/** In characters, of which some scripts' take two places in a string. */
export const sizeOf = (text: string): number => [...text].length;

/** Every country that has telephones, which is every one that has an agency. */
export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && isSupportedCountry(code);
}
