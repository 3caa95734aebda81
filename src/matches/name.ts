import anyAscii from "any-ascii";
import { plain } from "./characters.js";
import { NAME_VARIANTS } from "./name-variants.js";
import { found, type Normal, refused } from "./normal.js";

/** Ties between the parts of a name, which one register keeps and another leaves out. Abu is none: it makes a name. */
const PARTICLES = new Set(
  "bin ben ibn bint binti ould de da di do du dos das del della van von der den zu la le y e i et"
    .split(" ")
    .map(folded),
);
const TITLES = new Set("mr mrs ms miss dr prof mme mlle".split(" "));
const ARTICLES = new Set(["al", "el", "ul"]);
/** The article before the letters that take it over, written with a hyphen: ash-Sharif, ad-Din, an-Nasr. */
const ASSIMILATED = /(?<![a-z])(?:a|e|u)(?:sh|dh|[dnrstz])-(?=[a-z])/g;
const SERVANT = /^abd(?:[aeu][lr])?$/;
const DIN = /^dine?$/;
const ALDIN = /^[eu]dine?$/;

const MOST_PARTS = 12;

/**
 * A person's name in Latin letters, folded to what its usual transcriptions have in common, the parts in the order of
 * the alphabet: which is the family name is not told alike everywhere. A single name tells nobody from anybody, so two
 * are needed. kh and h stay apart: خ and ح are two letters, and join no two spellings of one name but through a list.
 */
export function name(raw: string): Normal {
  const typed = plain(raw).toLowerCase();
  if (typed === "") return refused("empty");
  if (/\p{N}/u.test(typed)) return refused("not_a_name", "digits");
  if (typed.length > 200) return refused("not_a_name");
  const words = latin(typed).map(folded);
  if (words.length > MOST_PARTS) return refused("not_a_name");
  const parts = told(words);
  if (parts.length < 2) return refused("not_a_name", "two_parts");
  const joined = parts.map(({ article, word }) => canonical(article ? `al${word}` : word));
  // Al-Hussein is Alhussein in one register and Hussein in the next.
  const without = parts.map(({ word }) => canonical(word)).map((word) => ARTICLE_OF.get(word) ?? word);
  return found(`name:${sorted(joined)}`, `name:${sorted(without)}`);
}

const sorted = (parts: string[]): string => [...parts].sort().join(" ");

/** Words of a to z, from any script. */
function latin(typed: string): string[] {
  return (
    typed
      // O'Brien, Qur'an, and the signs for ayn and hamza, which one in three leaves out.
      .replace(/['’‘ʼʻʿʾ`´]/g, "")
      .replace(/[^\p{L}\p{M}-]+/gu, " ")
      .trim()
      // In Chinese and Korean the family name comes first, one character of two to four where nothing parts them.
      .replace(/^([\p{Script=Han}\p{Script=Hangul}])(?=[\p{Script=Han}\p{Script=Hangul}]{1,3}$)/u, "$1 ")
      .split(" ")
      .flatMap((word) => spelled(word).replace(ASSIMILATED, "al-").split("-"))
      .filter((word) => word !== "")
  );
}

function spelled(word: string): string {
  if (/\p{Script=Arabic}/u.test(word)) return word.split("-").map(arabic).join("-");
  const text = /\p{Script=Greek}/u.test(word) ? greek(word) : word;
  return anyAscii(text)
    .toLowerCase()
    .replace(/[^a-z-]/g, "");
}

/** Without harakat, hamza's seats and tatweel, and with Persian's two letters as Arabic's own. */
function skeleton(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/[\p{M}\u0640]/gu, "")
    .replace(/[ىی]/g, "ي")
    .replace(/ک/g, "ك")
    .replace(/[ةۀ]/g, "ه");
}

function arabic(word: string): string {
  const bare = skeleton(word);
  const known = ARABIC.get(bare);
  if (known) return known;
  const [, rest] = /^ال(.{3,})$/u.exec(bare) ?? [];
  return rest === undefined ? letters(bare) : `al-${ARABIC.get(rest) ?? letters(rest)}`;
}

const letters = (word: string): string =>
  anyAscii(word)
    .toLowerCase()
    .replace(/[^a-z]/g, "");

/** ELOT 743 (ISO 843), which Greek passports follow, where it is not letter by letter. */
function greek(word: string): string {
  return word
    .normalize("NFD")
    .replace(/([αεη])υ(?!\u0308)\u0301?(?=[βγδζλμνραεηιοωυ])/g, "$1v")
    .replace(/([αεη])υ(?!\u0308)/g, "$1f")
    .replace(/ου(?!\u0308)/g, "ou")
    .replace(/^μπ/, "b")
    .replace(/γ(?=[γξχ])/g, "n");
}

type Part = { article: boolean; word: string };

/**
 * The parts that count. Where ties and titles alone would be left, they are the name: Le Van, Ben Ali. Abdul Rahman is
 * one name to most, and all there is in some papers.
 */
function told(words: readonly string[]): Part[] {
  const parts = bound(words).filter(({ word }) => word.length > 1 && !TITLES.has(word));
  const counting = parts.filter(({ word }) => !PARTICLES.has(word));
  if (counting.length >= 2) return counting;
  if (parts.length >= 2) return parts;
  const servant = words.find((word) => SERVANT.test(word));
  const others = bound(words.filter((word) => word !== servant)).filter(({ word }) => word.length > 1);
  return servant === undefined ? parts : [{ article: false, word: "abdul" }, ...others];
}

/** Articles to their nouns, Abd to whose servant it is, and Nour el-Din to one word. What binds nothing is left out. */
function bound(words: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? "";
    const before = parts.at(-1);
    if (SERVANT.test(word)) {
      while (ARTICLES.has(words[i + 1] ?? "")) i++;
      const whose = words[++i];
      if (whose !== undefined) parts.push({ article: false, word: `abdul${whose}` });
    } else if (ARTICLES.has(word)) {
      const noun = words[i + 1];
      if (noun === undefined || ARTICLES.has(noun) || SERVANT.test(noun)) continue;
      i++;
      if (before && DIN.test(noun)) before.word += "udin";
      else parts.push({ article: true, word: noun });
    } else if (ALDIN.test(word)) {
      if (before) before.word += "udin";
      else parts.push({ article: true, word: "din" });
    } else parts.push({ article: false, word });
  }
  return parts;
}

/** What spellings of one sound have in common. Every rule shortens the word or takes a y or an e out, so it ends. */
function folded(word: string): string {
  let now = word;
  for (;;) {
    const next = now
      .replace(/dj/g, "j")
      // French ou, English oo and ee; ä, ö and ü as machine readable zones write them (ICAO Doc 9303 part 3, section 6).
      .replace(/ou|oo|ue/g, "u")
      .replace(/ee|iy/g, "i")
      .replace(/ae/g, "a")
      .replace(/oe/g, "o")
      .replace(/[ae]y|ei/g, "ai")
      .replace(/y$/, "i")
      .replace(/([a-z])\1/g, "$1");
    if (next === now) return now;
    now = next;
  }
}

const KNOWN = new Map<string, string>();
const ARABIC = new Map<string, string>();
for (const line of NAME_VARIANTS) {
  const [first = "", ...others] = line.split(" ");
  const one = compound(folded(first));
  for (const other of [first, ...others]) {
    if (/\p{Script=Arabic}/u.test(other)) ARABIC.set(skeleton(other), one);
    else KNOWN.set(compound(folded(anyAscii(other))), one);
  }
}
/** Alhussein, written as one: only where the rest is a name we know, for Alan and Elena have no article. */
const ARTICLE_OF = new Map([...new Set(KNOWN.values())].map((word) => [folded(`al${word}`), word]));

/** Abdelkader, Abdul Kader; Noureddine, Nuruddin. */
function compound(word: string): string {
  const servant = word.replace(/^abd(?:[aeiou]l?|l)?(?=[a-z]{4})/, "abdul");
  return folded(servant.replace(/(?<=^[a-z]{3,})[aeiou]l?dine?$/, "udin"));
}

function canonical(word: string): string {
  const one = compound(folded(word));
  return KNOWN.get(one) ?? one;
}
