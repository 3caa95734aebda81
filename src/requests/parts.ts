import type { FieldRow } from "./kinds.js";

/**
 * A field of a form takes so many characters on every platform (Slack: 3,000), and one form so much in all (Teams: a card of
 * 28 KB, docs: learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages): a longer text comes in parts,
 * some of them to a dialog.
 */
export const LONGEST_FIELD = 3_000;
export const PARTS_IN_DIALOG = 3;

export const isLong = ({ max = 0 }: FieldRow): boolean => max > LONGEST_FIELD;

const roomOf = ({ max = LONGEST_FIELD }: FieldRow): number => Math.ceil(max / LONGEST_FIELD);

/** The first part has the name of the field: `facts`, `facts-2`. */
export const partName = (field: string, part: number): string => (part === 1 ? field : `${field}-${part}`);

/** @returns the field and the part that a name means; the first where it names none */
export function partNamed(name: string): { field: string; part: number } {
  const [, field = name, part] = /^([a-z0-9_]+)-(\d{1,2})$/.exec(name) ?? [];
  return { field, part: part ? Number(part) : 1 };
}

/** The parts of a dialog that begins with one. */
export const partsFrom = (field: FieldRow, first: number): number[] =>
  Array.from({ length: PARTS_IN_DIALOG }, (_, n) => first + n).filter((part) => part <= roomOf(field));

/** The dialogs of a long text, by their parts. @param there how many parts it has */
export function windowsOf(field: FieldRow, there: number): { first: number; last: number }[] {
  if (!isLong(field)) return [];
  const windows: { first: number; last: number }[] = [];
  for (let first = 1; first <= Math.min(there + 1, roomOf(field)); first += PARTS_IN_DIALOG)
    windows.push({ first, last: partsFrom(field, first).at(-1) ?? first });
  return windows;
}
