import type { RequestKind } from "../store/request-tables.js";
import { GOES_ON } from "./fields.js";
import type { FieldRow } from "./kinds/row.js";
import { fieldsOf } from "./kinds.js";

/**
 * A field of a form takes so many characters on every platform (Slack: 3,000), and one form so much in all (Teams: a card of
 * 28 KB, docs: learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages): a longer text comes in parts,
 * some of them to a dialog.
 */
export const LONGEST_FIELD = 3_000;
export const PARTS_IN_DIALOG = 3;

export const isLong = ({ max = 0 }: FieldRow): boolean => max > LONGEST_FIELD;

/** The field of a kind that holds more than a dialog does; absent where none does. */
export const longFieldOf = (kind: RequestKind): FieldRow | undefined => fieldsOf(kind).find(isLong);

const roomOf = ({ max = LONGEST_FIELD }: FieldRow): number => Math.ceil(max / LONGEST_FIELD);

/** The first part has the name of the field: `facts`, `facts-2`. */
export const partName = (field: string, part: number): string => (part === 1 ? field : `${field}-${part}`);

/** @returns the field and the part that a name means; the first where it names none */
export function partNamed(name: string): { field: string; part: number } {
  const [, field = name, part] = /^([a-z0-9_]+)-(\d{1,2})$/.exec(name) ?? [];
  return { field, part: part ? Number(part) : 1 };
}

/** So far from its end a part is cut where a line or a word ends, so that all of them hold as much as the field may have. */
const CUT_WITHIN = 100;

/** A long text in parts of which each fits a dialog; together they are the text again (`saidIn`). */
export function partsOfText(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (text.length - from > LONGEST_FIELD) {
    const room = text.slice(from, from + LONGEST_FIELD - GOES_ON.length);
    const line = room.lastIndexOf("\n");
    const word = room.lastIndexOf(" ");
    const least = room.length - CUT_WITHIN;
    if (line >= least) {
      parts.push(room.slice(0, line));
      from += line + 1;
    } else {
      const end = word >= least ? word + 1 : least + lettersIn(text.slice(from + least, from + least + 2 * CUT_WITHIN));
      parts.push(`${room.slice(0, end)}${GOES_ON}`);
      from += end;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How much of what fits are whole letters, with all that belongs to them (Unicode Standard Annex 29). @param near with what follows */
function lettersIn(near: string): number {
  const begins = [...letters.segment(near)].map(({ index }) => index).filter((index) => index <= CUT_WITHIN);
  return begins.at(-1) || CUT_WITHIN;
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
