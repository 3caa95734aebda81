import { type RawBuilder, sql } from "kysely";
import { containing } from "./database.js";

/** What can be found by its words, and where they stand: a function of each reads its index below the wall (0032_search.sql). */
const WORDS = { tasks: "title", meetings: "title", decisions: "words" } as const;

/** Fewer letters in a row than an index of words goes by. */
const INDEXED = /[\p{L}\p{N}]{3}/u;

/** So many words are looked for each by itself; what follows them is looked for as it stands. */
const MOST_WORDS = 8;

/**
 * Rows that hold all of these words, in whatever order, of those alone that are not restricted: the words of the others
 * are sealed.
 * @param words as somebody typed them: nothing in them is a wildcard, quotation marks keep what is in them together
 */
export function saying(table: keyof typeof WORDS, words: string): RawBuilder<boolean> {
  const found = wordsIn(words);
  const each = found.length ? found : [words.trim()];
  const first = each.slice(0, MOST_WORDS);
  const rest = each.slice(MOST_WORDS).join(" ");
  return sql`(${sql.join(
    [...first, ...(rest ? [rest] : [])].map((word) => holding(table, word)),
    sql` and `,
  )})`;
}

/** `l’été`, `d'été`, `qu’ils`: the elided article or pronoun is no part of the word. */
const ELIDED = /^(?:[cdjlmnst]|qu)['’](?=\p{L}{2})/iu;

/** `farms, kilkis.`: a mark behind a word is the sentence's; one that stands alone is looked for. */
const STOP = /(?<=[\p{L}\p{N}])[,;:.!?…]$/u;

const bareWord = (word: string): string => word.replace(ELIDED, "").replace(STOP, "");

/** Pasted words have gaps that titles have not. */
const wordsIn = (said: string): string[] =>
  said
    .split(/["“”„«»]/)
    .flatMap((part, n) => (n % 2 ? [part.trim().replace(/\s+/g, " ")] : part.split(/\s+/).map(bareWord)))
    .filter((word) => word !== "");

function holding(table: keyof typeof WORDS, word: string): RawBuilder<boolean> {
  const pattern = containing(word);
  return INDEXED.test(word)
    ? sql`${sql.ref(`${table}.id`)} in (select ${sql.raw(`${table}_saying`)}(${pattern}))`
    : sql`${sql.ref(`${table}.${WORDS[table]}`)} ilike ${pattern}`;
}
