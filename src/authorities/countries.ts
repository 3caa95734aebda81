import { countryName } from "../i18n/names.js";
import { wordsIn } from "./words.js";

/**
 * Countries by the names that people type: those that CLDR gives in the six languages of the United Nations, whole or a
 * word of them, and some that no list of names has.
 */

/** Of the United Nations. */
const LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar"] as const;

/** Not in use beside States, though ISO 3166 names them: whoever types "China" does not mean Hong Kong. */
const TERRITORIES = new Set(
  (
    "AI AQ AS AW AX BL BM BQ BV CC CK CP CW CX DG EA FK FO GF GG GI GL GP GS GU HK HM IC IM IO JE KY MF MO MP " +
    "MQ MS NC NF NU PF PM PN PR RE SH SJ SX TA TC TF TK UM VG VI WF YT AC"
  ).split(" "),
);

/** Regions that CLDR names like one: unions, and what tests are written in. */
const NO_COUNTRY = new Set(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"]);

/** As people say it, and no list of names does. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  AE: ["uae", "emirates"],
  CD: [
    ...["drc", "dr congo", "rdc", "zaire", "congo kinshasa", "democratic republic of the congo"],
    ...["democratic republic of congo", "republique democratique du congo", "republica democratica del congo"],
  ],
  CG: ["congo brazzaville", "republic of the congo", "republic of congo", "republique du congo"],
  CI: ["ivory coast", "cote divoire"],
  CV: ["cape verde"],
  CZ: ["czech republic", "czech", "republique tcheque", "republica checa"],
  GB: ["uk", "u k", "britain", "great britain", "england", "scotland", "wales", "northern ireland", "angleterre"],
  HK: ["hong kong"],
  KP: ["dprk", "democratic people s republic of korea"],
  KR: ["rok", "republic of korea"],
  MK: ["macedonia", "macedoine"],
  MO: ["macao", "macau"],
  MM: ["burma", "birmanie"],
  NL: ["holland", "hollande", "holanda"],
  PS: ["palestine"],
  RU: ["russian federation"],
  SZ: ["swaziland"],
  TL: ["east timor"],
  TR: ["turkey"],
  TZ: ["tanzania"],
  US: ["usa", "u s a", "america", "etats unis d amerique"],
  VA: ["vatican", "holy see"],
};

/** Words of names that say nothing of which State, and so many names with a word make it one of these. */
const COMMON = new Set(
  (
    "republic republique republica democratic democratique democratica united unis unidos states islands iles islas " +
    "north south nord norte central centrale saint santa territory territories territoires people"
  ).split(" "),
);
const MOST_OF_ONE_WORD = 5;
const SHORTEST_WORD = 4;

export type Countries = {
  /** Whole names, as `wordsIn` gives them, with one blank between two words. */
  names: ReadonlyMap<string, ReadonlySet<string>>;
  /** A word or several in a row of a name that is not all of it. */
  parts: ReadonlyMap<string, ReadonlySet<string>>;
};

let known: Countries | undefined;

/** Made when it is first asked for. */
export function countries(): Countries {
  known ??= read();
  return known;
}

function read(): Countries {
  const names = new Map<string, Set<string>>();
  const parts = new Map<string, Set<string>>();
  for (const code of codes()) {
    for (const lang of LANGUAGES) addName(names, parts, code, countryName(code, lang));
    for (const name of ALSO[code] ?? []) add(names, name, code);
  }
  for (const [part, of] of parts) if (of.size > MOST_OF_ONE_WORD) parts.delete(part);
  return { names, parts };
}

function addName(names: Map<string, Set<string>>, parts: Map<string, Set<string>>, code: string, name: string): void {
  const words = wordsIn(name);
  add(names, words.join(" "), code);
  if (TERRITORIES.has(code)) return;
  for (let from = 0; from < words.length; from++)
    for (let to = from + 1; to <= words.length; to++) {
      const part = words.slice(from, to);
      if (to - from < words.length && part.some(saysWhich)) add(parts, part.join(" "), code);
    }
}

/** `congo` does, `republic` and `of the` do not. */
const saysWhich = (word: string): boolean => word.length >= SHORTEST_WORD && !COMMON.has(word);

function add(map: Map<string, Set<string>>, words: string, code: string): void {
  map.set(words, (map.get(words) ?? new Set()).add(code));
}

/** Every code that CLDR has a name for. */
function codes(): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters.flatMap((a) => letters.map((b) => a + b)).filter(isNamed);
}

/** A code of today: CLDR names those too that have become another's, as ZR. */
export const isNamed = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  !NO_COUNTRY.has(code) &&
  countryName(code, "en") !== code &&
  Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

/** Left by ISO 3166-1 to its users, for States that it does not name. */
export const isOwnCode = (code: string): boolean => /^(?:AA|Q[M-Z]|X[A-Z])$/.test(code) && code !== "XK";

/**
 * The countries that words may mean: one; several, where more than one is called so (`guinea`); none.
 * @param words as `wordsIn` gives them, with one blank between two
 * @param own names of States that no list has
 */
export function countriesNamed(words: string, own: ReadonlyMap<string, string> = new Map()): string[] {
  const { names, parts } = countries();
  const mine = own.get(words);
  if (mine !== undefined) return [mine];
  const whole = names.get(words);
  const within = parts.get(words) ?? new Set<string>();
  // A name of one State that is a word of another's asks which: Guinea, Guinea-Bissau.
  return [...new Set([...(whole ?? []), ...within])].sort();
}
