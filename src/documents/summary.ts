import { AlignmentType } from "docx";
import { change, type Figure, type FigureWords, type Shown, shown, written } from "./figure.js";
import {
  type Content,
  type Drawing,
  fitted,
  GREY,
  gap,
  INK,
  type OwnStyle,
  pagedFile,
  RULE,
  SHADE,
  section,
  WIDTH,
} from "./page.js";
import type { Cell, Piece, Typesetter } from "./word.js";

/**
 * An activity summary: all words already in the reader's language, instants already formatted, figures as they were
 * counted. Every id is the same in every language and stands once in its list.
 */
export type SummaryDocument = {
  /** BCP 47. Pages and sheets run from right to left where the language does. */
  lang: string;
  body: string;
  title: string;
  ref: string;
  /** `TLP:GREEN`, on top and bottom of every page. */
  label: string;
  /** Draft, published on a day. */
  status: string;
  /** Period, compared with, made from, made at, threshold, hash of the record. */
  facts: readonly { id: string; label: string; value: string }[];
  /** `2026-Q3` */
  periodNow: string;
  periodBefore: string;
  words: SummaryWords;
  /** The rapporteur's own words, a paragraph each. */
  notes: readonly string[];
  recommendations: readonly string[];
  sections: readonly SummarySection[];
  footer: string;
  /** For the properties of the file; it may not be the moment of writing, or no two files would be alike. */
  created: Date;
};

export type SummaryWords = FigureWords & {
  /** Over the figures of the first page. */
  key: string;
  notes: string;
  recommendations: string;
  definitions: string;
  figure: string;
  now: string;
  before: string;
  change: string;
  definition: string;
  /** Before, and over, where a figure comes from. */
  source: string;
  /** `Page {page} of {pages}` */
  page: string;
  /** Heads of columns and names of sheets in the workbook. */
  id: string;
  section: string;
  unit: string;
  summary: string;
  figures: string;
  data: string;
};

export type SummarySection = {
  id: string;
  title: string;
  figures: readonly SummaryFigure[];
  tables: readonly SummaryTable[];
  charts: readonly Drawing[];
};

export type SummaryFigure = {
  id: string;
  name: string;
  definition: string;
  /** What is counted: `tasks`, `days`, `% of tasks due`; may be empty. */
  unit: string;
  now: Figure;
  before: Figure;
  source?: string;
  /** Shown on the first page too. */
  key?: boolean;
};

/** A breakdown of this period. Each row has a cell for each column, in their order. */
export type SummaryTable = {
  id: string;
  title: string;
  definition: string;
  /** Over the names of the rows. */
  rowHead: string;
  columns: readonly { id: string; name: string; unit: string }[];
  rows: readonly { id: string; name: string; cells: readonly Figure[] }[];
};

/** Beside each other on the first page. */
const KEYS = 4;
/** Beside each other in a breakdown; more are laid in strips of even breadth, each with the names of the rows. */
const COLUMNS = 6;
/** For the names of the rows at least. */
const NAMES = 2400;
/** A table that is no longer is kept on one page. */
const TOGETHER = 12;

const OWN_STYLES: readonly OwnStyle[] = [
  {
    id: "KeyName",
    run: { size: 18, color: GREY },
    paragraph: { spacing: { before: 90, after: 0 }, indent: { left: 130, right: 80 }, keepNext: true },
  },
  {
    id: "KeyFigure",
    run: { size: 44, bold: true, color: INK },
    paragraph: { spacing: { before: 20, after: 0 }, indent: { left: 130, right: 80 }, keepNext: true },
  },
  {
    id: "KeyBefore",
    run: { size: 17, color: GREY },
    paragraph: { spacing: { before: 0, after: 100 }, indent: { left: 130, right: 80 } },
  },
  { id: "ColumnHead", run: { size: 18, bold: true, color: INK }, paragraph: { spacing: { after: 0 } } },
  { id: "Note", run: {}, paragraph: { spacing: { after: 120 } } },
  {
    id: "SmallPrint",
    run: { size: 18, color: GREY },
    paragraph: { spacing: { after: 80 }, keepNext: true, keepLines: true },
  },
  { id: "Chart", run: {}, paragraph: { spacing: { before: 160, after: 160 }, alignment: AlignmentType.CENTER } },
];

/** The summary as a Word file. The same model gives the same bytes, so that their hash can stand in the audit trail. */
export const summaryDocument = (doc: SummaryDocument): Promise<Uint8Array> =>
  pagedFile(doc, { kind: "Summary", own: OWN_STYLES, feet: [doc.footer] }, (type) => [
    ...keyFigures(doc, type),
    ...paragraphs(doc.words.notes, doc.notes, type),
    ...doc.sections.flatMap((one) => part(one, doc, type)),
    ...paragraphs(doc.words.recommendations, doc.recommendations, type),
    ...definitions(doc, type),
  ]);

const paragraphs = (heading: string, texts: readonly string[], type: Typesetter): Content =>
  section(
    heading,
    texts.map((text) => type.paragraph("Note", [text])),
    type,
  );

/** Numbers run from left to right; words, and the words for no number, as their language does. */
function value(one: Shown, words: FigureWords, signed = false): Piece {
  const text = written(one, words, signed);
  if ("value" in one || one.kind === "decimal") return { text, ltr: true };
  return one.kind === "withheld" ? { text, italics: true, color: GREY } : { text };
}

const ROW_END = { alignment: AlignmentType.END };

/** Cards in lines of at most four, as even as they come. */
function keyFigures(doc: SummaryDocument, type: Typesetter): Content {
  const keys = doc.sections.flatMap(({ figures }) => figures.filter(({ key }) => key));
  if (keys.length === 0) return [];
  const lines = Math.ceil(keys.length / KEYS);
  const across = Math.ceil(keys.length / lines);
  const space = 160;
  const width = Math.floor((WIDTH - space * (across - 1)) / across);
  const widths = Array.from({ length: 2 * across - 1 }, (_, n) => (n % 2 === 0 ? width : space));
  const blank: Cell = { paragraphs: [gap(type)] };
  const cards = keys.map((figure): Cell => ({ paragraphs: card(figure, doc, type), fill: SHADE }));
  const content = chunks(cards, across).flatMap((line) => [
    type.table({
      alt: doc.words.key,
      widths,
      rows: [Array.from(widths, (_, n) => (n % 2 === 0 ? (line[n / 2] ?? blank) : blank))],
    }),
    gap(type),
  ]);
  return section(doc.words.key, content, type);
}

function card({ name, unit, now, before }: SummaryFigure, { words, periodBefore }: SummaryDocument, type: Typesetter) {
  const { paragraph } = type;
  const moved = change(now, before);
  return [
    paragraph("KeyName", [name]),
    // Only a time would be read wrongly without its unit.
    paragraph("KeyFigure", [value(shown(now), words), ...(now.kind === "days" ? unitPieces(unit) : [])]),
    paragraph("KeyBefore", [
      { text: periodBefore, ltr: true },
      ": ",
      value(shown(before), words),
      ...("value" in moved ? [" (", value(moved, words, true), ")"] : []),
    ]),
  ];
}

function part(one: SummarySection, doc: SummaryDocument, type: Typesetter): Content {
  const pictures = one.charts.map((chart) => type.paragraph("Chart", [fitted(chart)]));
  const content = [
    ...figures(one, doc, type),
    ...pictures,
    ...one.tables.flatMap((table) => breakdown(table, doc, type)),
  ];
  return section(one.title, content, type);
}

function figures(one: SummarySection, doc: SummaryDocument, type: Typesetter): Content {
  if (one.figures.length === 0) return [];
  const { words, periodNow, periodBefore } = doc;
  const { paragraph } = type;
  const number = (shown: Shown, options: object, signed = false): Cell => ({
    paragraphs: [paragraph("TableText", [value(shown, words, signed)], { ...ROW_END, ...options })],
  });
  const head: Cell[] = [
    headCell(words.figure, {}, type),
    headCell(words.now, ROW_END, type, periodNow),
    headCell(words.before, ROW_END, type, periodBefore),
    headCell(words.change, ROW_END, type),
  ];
  const rows = one.figures.map(({ name, unit, now, before }, n): Cell[] => {
    const options = together(n, one.figures);
    return [
      { paragraphs: [paragraph("TableText", [name, ...unitPieces(unit)], options)] },
      number(shown(now), options),
      number(shown(before), options),
      number(change(now, before), options, true),
    ];
  });
  const widths = [WIDTH - 1800 - 1800 - 1500, 1800, 1800, 1500];
  return [type.table({ alt: one.title, widths, head, rows, rule: RULE }), gap(type)];
}

const unitPieces = (unit: string): Piece[] =>
  unit === "" ? [] : [{ text: `  ${unit}`, bold: false, color: GREY, size: 17 }];

/** Word keeps a row with the next one where its paragraphs ask for it. */
const together = (n: number, rows: readonly unknown[]) =>
  rows.length <= TOGETHER && n < rows.length - 1 ? { keepNext: true } : {};

function headCell(text: string, options: object, { paragraph }: Typesetter, under?: string): Cell {
  const keep = { ...options, keepNext: true };
  return {
    paragraphs: [
      paragraph("TableHead", [text], keep),
      ...(under === undefined ? [] : [paragraph("TableNote", [{ text: under, ltr: true }], keep)]),
    ],
    fill: SHADE,
  };
}

function breakdown(table: SummaryTable, doc: SummaryDocument, type: Typesetter): Content {
  if (table.rows.length === 0) return [];
  const { paragraph } = type;
  const across = Math.ceil(table.columns.length / Math.ceil(table.columns.length / COLUMNS));
  const width = Math.min(1500, Math.floor((WIDTH - NAMES) / across));
  const strips = chunks(
    table.columns.map(({ name }, column) => ({ name, column })),
    across,
  );
  return [
    paragraph("Heading2", [table.title]),
    ...(table.definition === "" ? [] : [paragraph("SmallPrint", [table.definition])]),
    ...strips.flatMap((strip) => {
      const widths = [WIDTH - strip.length * width, ...strip.map(() => width)];
      const head = [table.rowHead, ...strip.map(({ name }) => name)].map((name, n): Cell => {
        const options = { ...(n === 0 ? {} : ROW_END), keepNext: true };
        return { paragraphs: [paragraph("ColumnHead", [name], options)], fill: SHADE };
      });
      const rows = table.rows.map(({ name, cells }, n): Cell[] => {
        const options = together(n, table.rows);
        return [
          { paragraphs: [paragraph("TableText", [name], options)] },
          ...strip.map(({ column }): Cell => {
            const cell = value(shown(cells[column] ?? { kind: "none" }), doc.words);
            return { paragraphs: [paragraph("TableText", [cell], { ...ROW_END, ...options })] };
          }),
        ];
      });
      return [type.table({ alt: table.title, widths, head, rows, rule: RULE }), gap(type)];
    }),
  ];
}

/** At the end, in the order of the figures: under each figure they would drown the numbers. */
function definitions(doc: SummaryDocument, type: Typesetter): Content {
  const { paragraph, table } = type;
  const { words } = doc;
  const head = [headCell(words.figure, {}, type), headCell(words.definition, {}, type)];
  const content = doc.sections.flatMap((one): Content => {
    const rows = one.figures.map(({ name, definition, source }): Cell[] => [
      { paragraphs: [paragraph("TableText", [{ text: name, bold: true }])] },
      {
        paragraphs: [
          paragraph("TableText", [definition]),
          ...(source ? [paragraph("TableNote", [{ text: words.source, bold: true }, "  ", source])] : []),
        ],
      },
    ]);
    if (rows.length === 0) return [];
    const alt = `${words.definitions}: ${one.title}`;
    return [
      paragraph("Heading2", [one.title]),
      table({ alt, widths: [3000, WIDTH - 3000], head, rows, rule: RULE }),
      gap(type),
    ];
  });
  return section(words.definitions, content, type);
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
