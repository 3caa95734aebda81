/** The summary as an Excel workbook. Knows workbooks, and nothing of what was counted. */
import { type CellStyle, type Cell as WorkbookCell, type WriteSheet, writeXlsx } from "hucre/xlsx";
import { isRightToLeft } from "../chat/message.js";
import { repacked } from "./archive.js";
import { columnsOf, linesIn, longestPiece } from "./columns.js";
import { change, type Shown, shown } from "./figure.js";
import { GREY, INK, labelColour, RULE, SHADE } from "./page.js";
import type { SummaryDocument, SummarySection, SummaryWords } from "./summary.js";
import { TIDY_HEADS, tidy } from "./summary-text.js";
import { clean, LINE_END } from "./word.js";

export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/**
 * The summary as a workbook: what it is, all figures on one sheet, the breakdowns on a sheet a section, and every
 * number once more as tidy rows to reckon with. The same model gives the same bytes.
 */
export async function summaryWorkbook(doc: SummaryDocument): Promise<Uint8Array> {
  const name = names();
  const { words } = doc;
  const sheets = [
    sheet(name(words.summary), aboutRows(doc), { widths: [30, 100] }, doc),
    sheet(name(words.figures), figureRows(doc), { widths: [24, 36, 18, 16, 16, 14, 60, 22, 26], heads: 1 }, doc),
    ...doc.sections
      .filter(({ tables }) => tables.length > 0)
      .map((section) => sheet(name(section.title), breakdownRows(section, words), { widths: WIDTHS }, doc)),
    sheet(name(words.data), dataRows(doc), { widths: [26, 26, 34, 18, 26, 26, 12, 14, 70], heads: 1 }, doc),
  ];
  const bytes = await writeXlsx({
    sheets,
    defaultFont: font(),
    // Repeated on every printed page. Named here, because the writer's own way leaves the sheet's name unquoted.
    namedRanges: sheets
      .filter(({ freezePane }) => freezePane)
      .map(({ name }) => ({ name: "_xlnm.Print_Titles", range: `'${name.replace(/'/g, "''")}'!$1:$1`, scope: name })),
    properties: {
      title: clean(`${doc.ref} ${doc.title}`),
      subject: clean(doc.body),
      category: clean(doc.label),
      creator: "Coord",
      lastModifiedBy: "Coord",
      created: doc.created,
      modified: doc.created,
    },
  });
  return repacked(bytes);
}

type Cell = Partial<WorkbookCell>;
type Row = readonly (Cell | undefined)[];

/** The names of the rows, then their numbers. */
const WIDTHS = [38, ...Array.from({ length: 30 }, () => 16)];

/** Whole, because the writer takes what is left out for no font at all. */
const font = (more: CellStyle["font"] = {}) => ({ name: "Calibri", size: 11, ...more });

const TOP = { vertical: "top", wrapText: true } as const;
const PLAIN: CellStyle = { alignment: TOP, font: font() };
/** Clear of the numbers before it. */
const BESIDE: CellStyle = { alignment: { ...TOP, horizontal: "left", indent: 1 }, font: font() };
const BESIDE_LINE: CellStyle = { alignment: { vertical: "top", horizontal: "left", indent: 1 }, font: font() };
const ONE_LINE: CellStyle = { alignment: { vertical: "top" }, font: font() };
const BOLD: CellStyle = { alignment: TOP, font: font({ bold: true, color: { rgb: INK } }) };
const QUIET: CellStyle = { alignment: { vertical: "top" }, font: font({ italic: true, color: { rgb: GREY } }) };
const TITLE: CellStyle = { font: font({ bold: true, size: 16, color: { rgb: INK } }) };
const SUBTITLE: CellStyle = { font: font({ bold: true, size: 12, color: { rgb: INK } }) };
const HEAD: CellStyle = {
  alignment: TOP,
  font: font({ bold: true, color: { rgb: INK } }),
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: SHADE } },
  border: { bottom: { style: "thin", color: { rgb: RULE } } },
};
const HEAD_BESIDE: CellStyle = { ...HEAD, alignment: { ...TOP, horizontal: "left", indent: 1 } };
/** Over numbers, which stand at the right of their cells in every language. */
const NUMBER_HEAD: CellStyle = { ...HEAD, alignment: { ...TOP, horizontal: "right" } };
const NO_NUMBER: CellStyle = {
  alignment: { horizontal: "right", vertical: "top" },
  font: font({ italic: true, color: { rgb: GREY } }),
};
const labelStyle = (label: string): CellStyle => ({
  font: font({ bold: true, size: 12, color: { rgb: labelColour(clean(label)) } }),
  fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "000000" } },
  alignment: { horizontal: "center" },
});

/** What a cell holds at most. */
const LONGEST = 32_767;

/** `_x0041_` in a workbook is the letter A, so that its first underscore is written as a code itself. */
const literal = (text: string): string => text.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");

/** A text, never a formula or an error value: the writer makes an error of `#N/A`, but not where the text has runs. */
function text(typed: string, style: CellStyle = PLAIN): Cell {
  const lines = clean(typed).split(LINE_END).join("\n");
  const value = clean(literal(lines).slice(0, LONGEST));
  return { value, style, ...(value.startsWith("#") ? { richText: [{ text: value }] } : {}) };
}

/** Percentages are stored as the hundredth that Excel reckons with, points and days as they are read. */
function number(one: Shown, words: SummaryWords, signed = false): Cell {
  if (one.kind === "text") return text(one.text, { ...PLAIN, alignment: { ...TOP, horizontal: "right" } });
  if (one.kind === "decimal") return decimal(one.text, "#,##0");
  if (!("value" in one)) return text(words[one.kind], NO_NUMBER);
  const value = one.kind === "percent" ? Math.round(one.value * 10) / 1000 : one.value;
  const numFmt = formatOf(one.kind, words);
  return { value, style: { ...ONE_LINE, numFmt: signed ? signedFormat(numFmt) : numFmt } };
}

/** What Excel reckons with holds fifteen digits; a longer one stays a text. */
function decimal(said: string, units: string): Cell {
  if (said.replace(/\D/g, "").length > 15) return text(said, NO_NUMBER);
  const [, parts = ""] = said.split(".");
  const numFmt = parts === "" ? units : `${units}.${"0".repeat(parts.length)}`;
  return { value: Number(said), style: { ...ONE_LINE, numFmt } };
}

function formatOf(kind: "count" | "percent" | "days" | "points", words: SummaryWords): string {
  if (kind === "count") return "#,##0";
  if (kind === "percent") return "0.0%";
  if (kind === "days") return "#,##0.0";
  const [before = "", after = ""] = clean(words.points).replace(/"/g, "").split("{n}");
  const quoted = (words: string) => (words === "" ? "" : `"${words}"`);
  return `${quoted(before)}#,##0.0${quoted(after)}`;
}

const signedFormat = (format: string): string => `+${format};-${format};${format}`;

function aboutRows(doc: SummaryDocument): Row[] {
  const { words } = doc;
  const said = (heading: string, paragraphs: readonly string[]): Row[] =>
    paragraphs.length === 0
      ? []
      : [[], ...paragraphs.map((paragraph, n) => [n === 0 ? text(heading, BOLD) : undefined, text(paragraph)])];
  return [
    [text(doc.title, TITLE)],
    [text(`${doc.ref} · ${doc.status}`, SUBTITLE)],
    [text(doc.body, SUBTITLE)],
    [text(doc.label, labelStyle(doc.label))],
    [],
    ...doc.facts.map(({ label, value }) => [text(label, BOLD), text(value)]),
    ...said(words.notes, doc.notes),
    ...said(words.recommendations, doc.recommendations),
  ];
}

function figureRows(doc: SummaryDocument): Row[] {
  const { words } = doc;
  // A mark keeps `2026-Q3` from being turned around where the language runs the other way.
  const code = (period: string) => (isRightToLeft(doc.lang) ? `\u200e${period}` : period);
  const heads = [
    words.section,
    words.figure,
    words.unit,
    `${words.now}\n${code(doc.periodNow)}`,
    `${words.before}\n${code(doc.periodBefore)}`,
    words.change,
    words.definition,
    words.source,
    words.id,
  ];
  const rows = doc.sections.flatMap(({ title, figures }) =>
    figures.map(
      ({ id, name, unit, now, before, definition, source }): Row => [
        text(title),
        text(name, BOLD),
        text(unit),
        number(shown(now), words),
        number(shown(before), words),
        number(change(now, before), words, true),
        text(definition, BESIDE),
        text(source ?? ""),
        text(id, QUIET),
      ],
    ),
  );
  const style = (n: number) => (n >= 3 && n <= 5 ? NUMBER_HEAD : n === 6 ? HEAD_BESIDE : HEAD);
  return [heads.map((head, n) => text(head, style(n))), ...rows];
}

const breakdownRows = ({ title, tables }: SummarySection, words: SummaryWords): Row[] => [
  [text(title, TITLE)],
  ...tables.flatMap(({ title, definition, rowHead, columns, rows }): Row[] => [
    [],
    [text(title, SUBTITLE)],
    [text(definition, QUIET)],
    [rowHead, ...columns.map(({ name, unit }) => (clean(unit) === "" ? name : `${name}\n${unit}`))].map((head, n) =>
      text(head, n === 0 ? HEAD : NUMBER_HEAD),
    ),
    ...rows.map(({ name, cells }) => [
      text(name),
      ...columns.map((_, n) => number(shown(cells[n] ?? { kind: "none" }), words)),
    ]),
  ]),
];

/** As in the CSV, so that a percentage is 66.7 here, and its unit says of what. */
const dataRows = (doc: SummaryDocument): Row[] => [
  TIDY_HEADS.map((head) => text(head, head === "definition" ? HEAD_BESIDE : head === "value" ? NUMBER_HEAD : HEAD)),
  ...tidy(doc).map(({ value, ...row }) =>
    TIDY_HEADS.map((head): Cell => {
      if (head === "definition") return text(row[head], BESIDE_LINE);
      if (head !== "value") return text(row[head], ONE_LINE);
      if (value.kind === "decimal") return decimal(value.text, "0");
      if (!("value" in value)) return number(value, doc.words);
      return { value: value.value, style: { ...ONE_LINE, numFmt: value.kind === "count" ? "0" : "0.0" } };
    }),
  ),
];

/**
 * @property widths of each column at least, in Excel's unit
 * @property heads rows that stay in sight, repeat in print and carry a filter
 */
type Layout = { widths: readonly number[]; heads?: number };

function sheet(name: string, rows: readonly Row[], { widths: least, heads }: Layout, doc: SummaryDocument): WriteSheet {
  const rightToLeft = isRightToLeft(doc.lang);
  const widths = least.map((width, x) => widthFor(rows, x, width, heads ?? 0));
  const breadth = Math.max(...rows.map((row) => row.length));
  const cells = rows.flatMap((row, y) =>
    row.flatMap((cell, x): [string, Cell][] =>
      cell === undefined ? [] : [[`${y},${x}`, rightToLeft ? turned(cell) : cell]],
    ),
  );
  return {
    name,
    cells: new Map(cells),
    rowDefs: new Map(rows.map((row, y) => [y, { height: heightOf(row, widths) }])),
    columns: widths.slice(0, breadth).map((width) => ({ width })),
    view: { rightToLeft, showGridLines: heads !== undefined },
    pageSetup: { paperSize: "a4", orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: printed(doc),
    ...(heads === undefined
      ? {}
      : {
          freezePane: { rows: heads },
          autoFilter: { range: `A${heads}:${String.fromCharCode(64 + breadth)}${rows.length}` },
        }),
  };
}

/** Left to itself, a text is laid by its first letter: a Latin name at the far side, a full stop at the wrong end. */
function turned(cell: Cell): Cell {
  if (typeof cell.value !== "string") return cell;
  const alignment = cell.style?.alignment;
  const horizontal = alignment?.horizontal === "center" ? "center" : "right";
  return { ...cell, style: { ...cell.style, alignment: { ...alignment, horizontal, readingOrder: "rtl" } } };
}

/** Of what opens a filter, at the end of a head. */
const FILTER = 3;
const WIDEST = 80;

/** So that no word of a column is broken, and no line of it is cut by the cell beside it. */
function widthFor(rows: readonly Row[], x: number, least: number, heads: number): number {
  const needed = rows.map((row, y) => {
    const cell = row[x];
    const { size, bold, wraps, indent } = lookOf(cell);
    // What stands alone in its row has the whole of it.
    if (!wraps && row.filter((one) => one !== undefined).length < 2) return 0;
    const words = wraps ? longestPiece(shownIn(cell), size, bold) : columnsOf(shownIn(cell), size, bold);
    return words + indent + 1 + (y < heads ? FILTER : 0);
  });
  return Math.max(least, Math.min(WIDEST, Math.ceil(Math.max(...needed))));
}

/** In points, as many lines as the longest cell needs: not every program finds that out by itself. Excel takes 409. */
function heightOf(row: Row, widths: readonly number[]): number {
  const needed = row.map((cell, x) => {
    const { size, bold, wraps, indent } = lookOf(cell);
    const lines = wraps ? linesIn(shownIn(cell), (widths[x] ?? 16) - indent - 1, size, bold) : 1;
    return size * 1.36 * lines;
  });
  return Math.min(409, Math.max(15, ...needed.map(Math.ceil)));
}

function lookOf(cell: Cell | undefined) {
  const { font: { size = 11, bold = false } = {}, alignment } = cell?.style ?? {};
  return { size, bold, wraps: alignment?.wrapText === true, indent: (alignment?.indent ?? 0) * 2 };
}

/** Of a number as many signs as its format may show. */
function shownIn(cell: Cell | undefined): string {
  if (typeof cell?.value !== "number") return String(cell?.value ?? "");
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: 2 }).format(cell.value)}${cell.style?.numFmt === "0.0%" ? "0%" : ""}`;
}

/** On every printed page: the label on top and at the bottom, and which document it is. Excel takes 255 signs at most. */
function printed({ body, ref, label, footer }: SummaryDocument): WriteSheet["headerFooter"] {
  const said = (words: string) => literal(clean(clean(words).replace(/\s+/g, " ").slice(0, 35))).replace(/&/g, "&&");
  return {
    oddHeader: `&L${said(body)}&C${said(label)}&R${said(ref)}`,
    oddFooter: `&L${said(footer)}&C${said(label)}&R&P / &N`,
  };
}

/** Names as Excel takes them for sheets: up to 31 signs, none of them reserved or part of a code, and no name twice. */
function names(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const plain = clean(wanted).replace(/[\\/?*[\]:_\s]+/g, " ");
    for (let n = 1; ; n++) {
      const tail = n === 1 ? "" : ` ${n}`;
      const name = `${clean(plain.slice(0, 31 - tail.length)).replace(/^[\s']+|[\s']+$/g, "") || "–"}${tail}`;
      // History is a name that Excel keeps for itself.
      if (taken.has(name.toLowerCase()) || name.toLowerCase() === "history") continue;
      taken.add(name.toLowerCase());
      return name;
    }
  };
}
