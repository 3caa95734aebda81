import { writeCsv } from "hucre/csv";
import { clean, LINE_END } from "./word.js";

/**
 * A table for spreadsheets: RFC 4180 in UTF-8, with the mark by which Excel knows it. A text that a spreadsheet would take
 * for a formula has an apostrophe before it.
 */
export const tableCsv = (rows: readonly (readonly string[])[]): Uint8Array =>
  csvBytes(rows.map((cells) => cells.map(harmless)));

/** Rows that are harmless already, or numbers. */
export const csvBytes = (rows: readonly (readonly (string | number | null)[])[]): Uint8Array =>
  new TextEncoder().encode(
    `${writeCsv(
      rows.map((cells) => [...cells]),
      { bom: true },
    )}\r\n`,
  );

/** OWASP, CSV injection: what begins a formula, in full width too. */
const FORMULA = /^[=+\-@\t\n\uff1d\uff0b\uff0d\uff20]/;

export function harmless(text: string): string {
  const lines = clean(text).split(LINE_END).join("\n");
  return FORMULA.test(lines) ? `'${lines}` : lines;
}

/** The text that stood there before it was made harmless. */
export const plainCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
