import { CsvError, type Info, parse } from "csv-parse/sync";

/** A row of a list that somebody sends, with the line on which it begins, since a person looks for its beginning. */
export type CsvRow = { line: number; record: readonly string[] };

/** What is wrong with the whole of a list; never with a word of it, since faults are shown, mailed and logged. */
export type CsvFault = { line: number; code: "too_large" | "unreadable" | "no_rows" | "too_many_rows" };

export type Parsed = { info: Info; record: string[]; raw: string };

/**
 * The words of a file, in whichever way a spreadsheet keeps them: UTF-8, Excel's "Unicode text" (UTF-16, told by its
 * first two bytes), or else what Windows' Western editions write, in which every byte is a letter.
 */
export function wordsOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return windows1252(bytes);
  }
}

/** The bytes 0x80 to 0x9F of Windows-1252 (encoding.spec.whatwg.org/index-windows-1252.txt); five of them are no letter. */
const HIGH = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
  0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
];

/** Node's TextDecoder reads these bytes as control characters from 20.18.3 on (github.com/nodejs/node issue 56542). */
const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (sign) => String.fromCharCode(HIGH[sign.charCodeAt(0) - 0x80] ?? 0xfffd));

/**
 * The headings as they stand and the rows that hold something, with what is `wrong` with the rows as a whole: headings
 * are judged before it. Or why nothing can be read.
 */
export function readList(
  csv: string,
  { rows, characters }: { rows: number; characters: number },
): { head: CsvRow; body: CsvRow[]; wrong?: CsvFault } | CsvFault {
  if (csv.length > characters) return { line: 1, code: "too_large" };
  // Bytes of another kind of file; no column could keep it.
  const odd = csv.indexOf("\u0000");
  if (odd >= 0) return { line: csv.slice(0, odd).split(/\r\n|\r|\n/).length, code: "unreadable" };
  let parsed: Parsed[];
  try {
    parsed = parse(csv, {
      bom: true,
      delimiter: delimiterOf(csv),
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // One for the headings, one to know that there are too many.
      to: rows + 2,
      trim: true,
    }) as unknown as Parsed[];
  } catch (error) {
    // Its message quotes the line.
    if (error instanceof CsvError) return { line: lineOf(error), code: "unreadable" };
    throw error;
  }
  const [head, ...all] = parsed.map((one): CsvRow => ({ line: startOf(one), record: one.record }));
  if (!head) return { line: 1, code: "no_rows" };
  // Spreadsheets save rows that were emptied as separators alone.
  const body = all.filter(({ record }) => record.some((cell) => cell !== ""));
  if (body.length === 0) return { head, body, wrong: { line: head.line, code: "no_rows" } };
  // Emptied ones count too: what stands behind the last that was read is not known.
  if (all.length > rows) return { head, body, wrong: { line: all[rows]?.line ?? head.line, code: "too_many_rows" } };
  return { head, body };
}

export type HeadingFault = {
  line: number;
  code: "column_missing" | "column_unknown" | "column_twice";
  column: string;
};

/**
 * Headings in small letters with `_` between two words, and what is wrong with them. What a heading says may be anything:
 * one that is not known is named by its place, from 1. One that is empty may be.
 */
export function headingsOf(
  { line, record }: CsvRow,
  { columns, needed }: { columns: readonly string[]; needed: readonly string[] },
): { headings: string[]; faults: HeadingFault[] } {
  const headings = record.map((heading) => heading.toLowerCase().replace(/[\s-]+/g, "_"));
  const faults: HeadingFault[] = [];
  for (const [i, heading] of headings.entries()) {
    if (heading === "") continue;
    if (!columns.includes(heading)) faults.push({ line, code: "column_unknown", column: String(i + 1) });
    else if (headings.indexOf(heading) !== i) faults.push({ line, code: "column_twice", column: heading });
  }
  for (const column of needed) if (!headings.includes(column)) faults.push({ line, code: "column_missing", column });
  return { headings, faults };
}

/** A spreadsheet's separator follows its language: semicolons where the comma is the decimal sign. */
export function delimiterOf(csv: string): string {
  const head = /^\s*([^\r\n]*)/.exec(csv)?.[1] ?? "";
  const count = (separator: string) => head.split(separator).length;
  return [",", ";", "\t"].reduce((most, one) => (count(one) > count(most) ? one : most));
}

/** The parser counts to the end of a record. */
export function startOf({ info, raw }: Parsed): number {
  // Empty lines that were skipped before it are kept with it.
  const own = raw.replace(/^[\uFEFF\s]+/, "").replace(/(?:\r\n|\r|\n)$/, "");
  return info.lines - (own.match(/\r\n|\r|\n/g)?.length ?? 0);
}

export function lineOf(error: CsvError): number {
  const { lines } = error as CsvError & { lines?: unknown };
  return typeof lines === "number" ? lines : 1;
}
