/**
 * What a language says in a search of the directory of authorities. Small letters without accents, and one blank between
 * two words.
 */
export type DirectoryWords = {
  /** Somebody is looked for who can be reached at once. */
  urgent: readonly string[];
  /** What nobody has checked for long. */
  unchecked: readonly string[];
  /** Words that say nothing of what is looked for. */
  idle: readonly string[];
  /** What practitioners call a competence, by its name (src/authorities/functions.ts). */
  functions: Readonly<Record<string, readonly string[]>>;
  /** What a kind of request is called that does not go by a competence, by its name (src/requests/kinds/). */
  requests: Readonly<Record<string, readonly string[]>>;
  /** What a kind of authority is called, by its name (src/authorities/model.ts). */
  kinds: Readonly<Record<string, readonly string[]>>;
};
