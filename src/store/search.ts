import { type RawBuilder, sql } from "kysely";
import { containing } from "./database.js";

/** What can be found by its words, and where they stand: a function of each reads its index below the wall (0032_search.sql). */
const WORDS = { tasks: "title", meetings: "title", decisions: "words" } as const;

/** Fewer letters in a row than an index of words goes by. */
const INDEXED = /[\p{L}\p{N}]{3}/u;

/**
 * Rows whose words hold these, of those alone that are not restricted: the words of the others are sealed.
 * @param words as somebody typed them: nothing in them is a wildcard
 */
export function saying(table: keyof typeof WORDS, words: string): RawBuilder<boolean> {
  // Pasted words have gaps that titles have not.
  const pattern = containing(words.replace(/\s+/g, " ").trim());
  return INDEXED.test(words)
    ? sql`${sql.ref(`${table}.id`)} in (select ${sql.raw(`${table}_saying`)}(${pattern}))`
    : sql`${sql.ref(`${table}.${WORDS[table]}`)} ilike ${pattern}`;
}
