import { GRAMMARS } from "../i18n/grammar/index.js";
import { type CsvRow, readList } from "../lib/csv.js";
import { isCountry } from "./characters.js";
import { IDENTIFIER_KINDS, type IdentifierKind, type NotNormal, normalise } from "./normalise.js";

/** One entry of an import list. What was typed is not among it: from here on the forms stand for it. */
export type ImportRow = {
  line: number;
  kind: IdentifierKind;
  forms: readonly string[];
  case: string;
  purpose: string;
  silent: boolean;
  hint?: string;
};

const COLUMNS = ["kind", "value", "case", "purpose", "country", "silent"] as const;
const NEEDED = ["kind", "value", "case", "purpose"] as const;
export type ImportColumn = (typeof COLUMNS)[number];

/** Where a list is wrong and how, never with what it says: faults are shown, mailed and logged. */
export type ImportFault = {
  line: number;
  code:
    | "too_large"
    | "unreadable"
    | "no_rows"
    | "too_many_rows"
    | "column_missing"
    | "column_unknown"
    | "column_twice"
    | "cells"
    | "missing"
    | "too_long"
    | "kind_unknown"
    | "country_unknown"
    | "silent_unclear"
    | NotNormal;
  column?: ImportColumn;
  /** Which column of the file, from 1, where its heading is none of ours. */
  place?: number;
  hint?: string;
};

export const MOST_ROWS = 10_000;
/** Ten thousand rows of 400 characters, the longest case and purpose seldom. */
export const MOST_CHARACTERS = 4_000_000;
const LONGEST: Readonly<Record<ImportColumn, number>> = {
  kind: 20,
  value: 500,
  case: 100,
  purpose: 500,
  country: 2,
  silent: 10,
};

const YES = new Set(["1", "x", "silent", ...GRAMMARS.flatMap(({ line }) => line.yes)]);
const NO = new Set(["", "0", ...GRAMMARS.flatMap(({ line }) => line.no)]);

export type ReadRows = { rows: ImportRow[]; faults: ImportFault[] };
/** So many rows are read before others have their turn. */
const ROWS_AT_ONCE = 200;

/**
 * The rows that can be registered and the faults of those that cannot, both by line; whether a list with faults is
 * taken in part is the caller's to say. A fault of the whole list leaves no row.
 * @param country ISO 3166-1 alpha-2 of the agency, where a row names none
 */
export function readImport(csv: string, context: { country?: string }): ReadRows {
  const reading = readInTurns(csv, context);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/** The same, which stops every some hundred rows: reading ten thousand takes long. */
export function* readInTurns(csv: string, context: { country?: string }): Generator<void, ReadRows> {
  const list = readList(csv, { rows: MOST_ROWS, characters: MOST_CHARACTERS });
  if ("code" in list) return { rows: [], faults: [list] };
  const { head, body, wrong } = list;
  const headings = head.record.map((heading) => heading.toLowerCase());
  const faults = headingFaults(headings, head.line);
  if (faults.length > 0) return { rows: [], faults };
  if (wrong) return { rows: [], faults: [wrong] };
  const rows: ImportRow[] = [];
  for (const [index, row] of body.entries()) {
    if (index > 0 && index % ROWS_AT_ONCE === 0) yield;
    const read = readRow(row, headings, context);
    if ("code" in read) faults.push(read);
    else rows.push(read);
  }
  return { rows, faults };
}

function headingFaults(headings: readonly string[], line: number): ImportFault[] {
  const faults: ImportFault[] = [];
  for (const [i, heading] of headings.entries()) {
    const known = COLUMNS.find((column) => column === heading);
    // A mistyped `silent` must not make every hit a loud one, so no column is passed over. One without a heading may be.
    if (!known && heading !== "") faults.push({ line, code: "column_unknown", place: i + 1 });
    if (known && headings.indexOf(heading) !== i) faults.push({ line, code: "column_twice", column: known });
  }
  for (const column of NEEDED) if (!headings.includes(column)) faults.push({ line, code: "column_missing", column });
  return faults;
}

function readRow(row: CsvRow, headings: readonly string[], context: { country?: string }): ImportRow | ImportFault {
  const line = row.line;
  // A cell too many is a separator within a value: what follows would be read as something else.
  const stray = row.record.some((cell, i) => cell !== "" && (headings[i] ?? "") === "");
  if (stray || row.record.length < headings.length - trailing(headings)) return { line, code: "cells" };
  const cell = (column: ImportColumn) => row.record[headings.indexOf(column)] ?? "";
  for (const column of NEEDED) if (cell(column) === "") return { line, code: "missing", column };
  const country = cell("country").toUpperCase();
  if (country !== "" && !isCountry(country)) return { line, code: "country_unknown", column: "country" };
  const long = COLUMNS.find((column) => cell(column).length > LONGEST[column]);
  if (long) return { line, code: "too_long", column: long };
  const kind = IDENTIFIER_KINDS.find((one) => one === cell("kind").toLowerCase());
  if (!kind) return { line, code: "kind_unknown", column: "kind" };
  const said = cell("silent").toLowerCase();
  if (!YES.has(said) && !NO.has(said)) return { line, code: "silent_unclear", column: "silent" };
  const normal = normalise(kind, cell("value"), country === "" ? context : { country });
  const hint = normal.hint === undefined ? {} : { hint: normal.hint };
  if (!normal.ok) return { line, code: normal.reason, column: "value", ...hint };
  const { forms } = normal;
  return { line, kind, forms, case: cell("case"), purpose: cell("purpose"), silent: YES.has(said), ...hint };
}

/** How many optional columns stand last: a row that ends before them says nothing there. */
function trailing(headings: readonly string[]): number {
  const last = Math.max(...NEEDED.map((column) => headings.indexOf(column)));
  return headings.length - 1 - last;
}
