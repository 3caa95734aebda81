/** Puts the no-break spaces of French typography into what is written here, never into what is interpolated. */
export const text = (parts: TemplateStringsArray, ...values: (string | number)[]): string =>
  String.raw({ raw: parts.map(spaced) }, ...values);

const spaced = (part: string): string => part.replace(/ (?=[;!?])/g, "\u202f").replace(/ (?=[:»])|(?<=«) /g, "\u00a0");

export const joined = (names: readonly string[], last: string): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;

/** None counts as one: 0 tâche. */
export const counted = (count: number, one: string, several: string): string => `${count} ${count < 2 ? one : several}`;

/** Where English chooses between two fixed sentences, its type is those very sentences: French needs any string there. */
export type Words<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { [Key in keyof T]: Words<T[Key]> };
