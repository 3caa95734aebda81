import { codesOf, textOf } from "../lib/codes.js";
import { spoken, table } from "./language.js";
import { isZone } from "./zones.js";

/** Longer is no date, and patterns stay cheap on it. */
export const LONGEST = 80;

/**
 * Words as people type them, made alike: full-width letters (NFKC), Arabic, Persian and Devanagari digits, typographic
 * quotes, dashes and spaces, capitals. What closes a sentence is cut.
 */
export function plain(text: string): string {
  return (
    text
      .normalize("NFKC")
      .replace(/\p{Nd}/gu, digit)
      .replace(/[’‘ʼ`´]/g, "'")
      .replace(/[‐‑‒–—−]/g, "-")
      // Marks of direction that right-to-left keyboards leave around digits.
      .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u200b\ufeff]/g, "")
      // Bold as chats write it.
      .replace(/[\s*~]+/g, " ")
      .trim()
      // The dot of 14.12. belongs to the date.
      .replace(/(?<=[\p{L}\d])(?<!\d\.\d{1,2})\s*[.,:;!?]+$/u, "")
      .toLowerCase()
      .replace(/(?<=(?:^|\s)\d{4}-\d{2}-\d{2})t(?=\d)/, " ")
  );
}

/** The same letters made plain one by one, so that places in the text stay the same: small, plain quotes and digits. */
export function levelled(text: string): string {
  const known = new Map<number, number>();
  const codes = codesOf(text);
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (isPlain(code)) continue;
    const made = known.get(code) ?? plainLetter(text.charAt(at)).charCodeAt(0);
    known.set(code, made);
    codes[at] = made;
  }
  return textOf(codes);
}

/** a to z, a digit, a blank. */
const isPlain = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 32;

function plainLetter(letter: string): string {
  if (/[\s*~]/.test(letter)) return " ";
  const made = letter
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, digit)
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[‐‑‒–—−]/g, "-")
    .toLowerCase();
  return made.length === letter.length ? made : letter;
}

/** Unicode keeps every script's ten digits together, zero first, each run starting where no digit stands before. */
function digit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((code - zero) % 10);
}

/**
 * Zone words, to the place whose wall clock they mean. In July `EET` said in Athens means Athens, not two hours from
 * UTC; so the summer and the winter name mean the same clock, whichever is in force.
 */
const ZONE_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ utc: "UTC", gmt: "UTC", z: "UTC" },
    ...{ wet: "Europe/Lisbon", west: "Europe/Lisbon", bst: "Europe/London" },
    ...{ cet: "Europe/Brussels", cest: "Europe/Brussels", eet: "Europe/Athens", eest: "Europe/Athens" },
    ...{
      msk: "Europe/Moscow",
      trt: "Europe/Istanbul",
      eat: "Africa/Nairobi",
      wat: "Africa/Lagos",
      sast: "Africa/Johannesburg",
    },
    ...{ et: "America/New_York", est: "America/New_York", edt: "America/New_York" },
    ...{ ct: "America/Chicago", cdt: "America/Chicago", mdt: "America/Denver" },
    ...{ pt: "America/Los_Angeles", pst: "America/Los_Angeles", pdt: "America/Los_Angeles" },
  }),
);

/** India, Israel or Ireland; Chicago, Shanghai or Havana; Denver or Manila's sea; Halifax or Riyadh. */
const UNCLEAR_ZONES = new Set(["ist", "cst", "mst", "ast", "ect"]);

export type ZoneWord =
  | { kind: "none" }
  | { kind: "zone"; zone: string; rest: string }
  /** `+02:00`: an instant is meant, in no place. The name is one that date-fns' tz takes. */
  | { kind: "offset"; offset: string; rest: string }
  | { kind: "ambiguous"; detail: string };

/** Cities by which zones are called, and those that the languages add; a name that two have is none. */
const CITIES: ReadonlyMap<string, string> = citiesOf(Intl.supportedValuesOf("timeZone"));

function citiesOf(zones: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | undefined>();
  for (const zone of zones.filter((one) => one.includes("/"))) {
    const city = zone
      .slice(zone.lastIndexOf("/") + 1)
      .replaceAll("_", " ")
      .toLowerCase();
    found.set(city, found.has(city) ? undefined : zone);
  }
  return new Map([...found, ...Object.entries(table("cities"))].filter((one): one is [string, string] => !!one[1]));
}

const ZONED = `\\(?\\s*(?:(?:${spoken("timeIn")})\\s*)?`;
const ZONE_NAME = "([\\p{L}_]+(?:[/.' -]+[\\p{L}_+-]+){0,3})";
const BEHIND_ZONE = `(?:\\s+(?:${spoken("timeOf")}))?\\s*\\)?`;
const NAMED_HOUR = `(?:${spoken("noon")}|${spoken("midnight")})`;
const BEFORE_OFFSET = new RegExp(`\\d{1,2}(?::\\d{2}|h)|[ap]m|${spoken("noon")}`);
const ZONE_LAST = new RegExp(`^(.*?(?:[\\dhm]|${NAMED_HOUR}))(?:\\s+|(?=z$))${ZONED}${ZONE_NAME}${BEHIND_ZONE}$`, "u");
/** A clock with its zone before the day: 17:00 Athens time tomorrow. */
const ZONE_WITHIN = new RegExp(
  `(\\d{1,2}(?::\\d{2}|\\s?h(?:\\d{2})?|\\s?[ap]m)|${NAMED_HOUR})(?:\\s+|(?=z\\s))${ZONED}([\\p{L}_/]+(?: [\\p{L}]+){0,2})`,
  "u",
);

/** Takes a zone off the end. It must follow a time: `9:00 EET`, `17:00 (Europe/Athens)`, `17h UTC+2`, `08:00z`. */
export function takeZone(text: string): ZoneWord {
  const offset = /^(.*\d[^-+]*?)\s*(?:\(\s*)?(?:(?:utc|gmt)\s*)?([+-])(\d{1,2})(?::?(\d{2}))?(?:\s*\))?$/.exec(text);
  if (offset && BEFORE_OFFSET.test(offset[1] ?? "")) {
    const [, rest = "", sign = "+", hours = "", minutes = "00"] = offset;
    const named = /(?:utc|gmt)\s*[+-]/.test(text);
    const padded = `${sign}${hours.padStart(2, "0")}:${minutes}`;
    // From -12:00 to +14:00 is what places on Earth use. 17:00-18 is a stretch of time, not an offset.
    const onEarth = Number(hours) <= (sign === "+" ? 14 : 12) && Number(minutes) < 60;
    // 10:00-12:00 too, but for the ISO form with its date.
    const told = sign === "+" || (offset[4] !== undefined && /^\d{4}-\d\d-\d\d/.test(rest));
    if (onEarth && (named || told)) return { kind: "offset", offset: padded, rest };
  }
  const [, rest = "", word = ""] = ZONE_LAST.exec(text) ?? [];
  const last = zoneCalled(word, rest);
  return last.kind === "none" ? zoneWithin(text) : last;
}

function zoneWithin(text: string): ZoneWord {
  const match = ZONE_WITHIN.exec(text);
  const words = match?.[2]?.split(" ") ?? [];
  for (let n = words.length; match && n > 0; n--) {
    const start = match.index + match[0].length - (match[2]?.length ?? 0);
    const end = start + words.slice(0, n).join(" ").length;
    const before = `${text.slice(0, match.index)}${match[1]}`;
    const behind = text.slice(end).replace(BEHIND_CITY, "");
    const found = zoneCalled(words.slice(0, n).join(" "), `${before} ${behind}`.replace(/\s+/g, " ").trim());
    if (found.kind !== "none") return found;
  }
  return { kind: "none" };
}
const BEHIND_CITY = new RegExp(`^(?: (?:${spoken("timeOf")})(?![\\p{L}]))? ?\\)?`, "u");

function zoneCalled(word: string, rest: string): ZoneWord {
  if (UNCLEAR_ZONES.has(word)) return { kind: "ambiguous", detail: word.toUpperCase() };
  const known =
    ZONE_WORDS.get(word) ?? CITIES.get(word) ?? (word.includes("/") && isZone(word) ? properCase(word) : undefined);
  return known ? { kind: "zone", zone: known, rest } : { kind: "none" };
}

function properCase(name: string): string {
  return (
    Intl.supportedValuesOf("timeZone").find((zone) => zone.toLowerCase() === name) ??
    name.replace(/(?<=^|[/_-])[a-z]/g, (letter) => letter.toUpperCase())
  );
}

/** Words that lead to a date and say nothing more: on Friday, by 17:00, due: Friday, le 15 décembre, d'ici à vendredi. */
const LEADING = new RegExp(`^(?:(?:${spoken("lead")})(?:\\s?:\\s*|\\s+|$)|(?:${spoken("article")})\\s*)`, "u");

const THE_DAY = new RegExp(`^(?:${spoken("theDay")}) \\d{1,2}$`);

export function withoutLeading(text: string): string {
  let rest = text;
  for (let i = 0; i < 4; i++) {
    // Le 15: without its article it is a mere figure.
    if (THE_DAY.test(rest)) break;
    const lead = LEADING.exec(rest)?.[0] ?? "";
    // "le" of "lendemain", "a" of "août": a leading word ends where a word ends.
    if (lead === "" || (/\p{L}$/u.test(lead) && /^\p{L}/u.test(rest.slice(lead.length)))) break;
    rest = rest.slice(lead.length);
  }
  return rest.trim();
}

const COURTESY_FIRST = new RegExp(`^(?:${spoken("courtesy")})(?:\\s*,\\s*|\\s+)`, "u");
const COURTESY_LAST = new RegExp(`(?:\\s*[,(]\\s*|\\s+)(?:${spoken("courtesy")})[\\s).!,;]*$`, "u");

/** A date without the words that say no more than that it is meant: please, at the latest, svp. */
export function withoutCourtesy(text: string): string {
  let rest = text;
  for (let i = 0; i < 3; i++) rest = rest.replace(COURTESY_FIRST, "").replace(COURTESY_LAST, "");
  return rest.replace(/[\s.,:;!?]+$/, (end) => (/^\.$/.test(end) && /\d\.\d{1,2}\.$/.test(rest) ? end : ""));
}
