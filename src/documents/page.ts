/** The page on which every document of Coord stands: letterhead, label on top and bottom, styles. Knows no content. */
import {
  AlignmentType,
  BorderStyle,
  Footer,
  Header,
  type IParagraphStyleOptions,
  type IStylesOptions,
  LineRuleType,
  type Paragraph,
  type Table,
} from "docx";
import { isRightToLeft } from "../chat/message.js";
import { type Cell, clean, type Piece, type Typesetter, typesetter, wordFile } from "./word.js";

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export const INK = "1F2A44";
export const GREY = "5F6672";
export const RULE = "B8BFCC";
export const SHADE = "E9EDF4";

/** In twips: A4, and what is left of its width between the margins. */
const PAGE = { width: 11906, height: 16838, side: 1134 };
export const WIDTH = PAGE.width - 2 * PAGE.side;
/** The longest label, TLP:AMBER+STRICT, in one line. */
const LABEL = 2500;
/** A reference, `T-10482`, in one line. */
export const REF = 1050;

/** FIRST, TLP 2.0: the colours on black. A label that is none of these is white. */
const TLP: readonly [RegExp, string][] = [
  [/^TLP:RED$/i, "FF2B2B"],
  [/^TLP:AMBER(\+STRICT)?$/i, "FFC000"],
  [/^TLP:GREEN$/i, "33FF00"],
];
const labelColour = (label: string): string => TLP.find(([name]) => name.test(label.trim()))?.[1] ?? "FFFFFF";

/** What the page itself shows, in the reader's language; instants already formatted. */
export type Paged = {
  /** BCP 47. The page runs from right to left where the language does. */
  lang: string;
  body: string;
  title: string;
  /** Empty where the document is about no one item. */
  ref: string;
  /** `TLP:GREEN`, on top and bottom of every page. */
  label: string;
  status: string;
  /** `page`: `Page {page} of {pages}`. A word without these places is followed by `1 / 3`. */
  words: { page: string };
  madeAt: string;
  footer: string;
  /** For the properties of the file; it may not be the moment of writing, or no two files would be alike. */
  created: Date;
};

export type Content = (Paragraph | Table)[];

/** The same model gives the same bytes, so that their hash can stand in the audit trail. */
export async function pagedFile(doc: Paged, contentOf: (type: Typesetter) => Content): Promise<Uint8Array> {
  const type = typesetter(isRightToLeft(doc.lang));
  const { paragraph } = type;
  const margin = { top: 1400, bottom: 1400, left: PAGE.side, right: PAGE.side, header: 600, footer: 500 };
  return wordFile(
    {
      styles: styles(doc.lang),
      sections: [
        {
          properties: { page: { size: { width: PAGE.width, height: PAGE.height }, margin }, titlePage: true },
          headers: {
            first: new Header({ children: header([paragraph("Letterhead", [doc.body])], doc, type) }),
            default: new Header({ children: header(runningHead(doc, type), doc, type) }),
          },
          footers: {
            first: new Footer({ children: footer(doc, type) }),
            default: new Footer({ children: footer(doc, type) }),
          },
          children: contentOf(type),
        },
      ],
    },
    type,
    {
      title: `${doc.ref} ${doc.title}`,
      creator: doc.body,
      identifier: doc.ref,
      status: doc.status,
      lang: doc.lang,
      created: doc.created,
    },
  );
}

/** Nothing without a row: no heading stands over an empty section. */
export const section = (heading: string, content: Content, { paragraph }: Typesetter): Content =>
  content.length === 0 ? [] : [paragraph("Heading1", [heading]), ...content];

/** A table of two columns: what it is, and what it says. */
export function factsTable(
  alt: string,
  facts: readonly { label: string; value: string }[],
  { paragraph, table }: Typesetter,
): Content {
  if (facts.length === 0) return [];
  const rows = facts.map(({ label, value }): Cell[] => [
    { paragraphs: [paragraph("TableHead", [label])], fill: SHADE },
    { paragraphs: [paragraph("TableText", [value])] },
  ]);
  return [table({ alt, widths: [2500, WIDTH - 2500], rows, rule: RULE })];
}

/** Word joins tables that touch, and wants a paragraph behind the last one of a page part. */
export const gap = ({ paragraph }: Typesetter): Paragraph => paragraph("Gap", []);

/** A cell and no shaded run: programs leave gaps between the letters' black and the black around them. */
const badge = (label: string, { paragraph }: Typesetter): Cell => ({
  paragraphs: [paragraph("Label", [{ text: label, color: labelColour(clean(label)) }])],
  fill: "000000",
});

/** From the second page on, where the title is no longer in sight. */
const runningHead = (doc: Paged, { paragraph }: Typesetter): Paragraph[] => [
  paragraph("Running", [{ text: doc.body, bold: true, color: INK }]),
  paragraph("Running", [[doc.ref, doc.status].filter((text) => text !== "").join(" · ")]),
];

function header(paragraphs: Paragraph[], doc: Paged, type: Typesetter): Content {
  const row: Cell[] = [{ paragraphs }, badge(doc.label, type)];
  return [type.table({ alt: doc.body, widths: [WIDTH - LABEL, LABEL], rows: [row] }), gap(type)];
}

function footer(doc: Paged, type: Typesetter): Content {
  const { paragraph, table } = type;
  const left = [doc.footer, doc.madeAt].filter((text) => text !== "").map((text) => paragraph("Running", [text]));
  const page = paragraph("Running", pageOf(doc.words.page), { alignment: AlignmentType.CENTER });
  return [
    table({
      alt: doc.footer || doc.body,
      widths: [WIDTH - 2000 - LABEL - 300, 2000, 300, LABEL],
      rows: [
        [
          { paragraphs: left.length === 0 ? [paragraph("Running", [])] : left },
          { paragraphs: [page] },
          { paragraphs: [gap(type)] },
          badge(doc.label, type),
        ],
      ],
    }),
    gap(type),
  ];
}

function pageOf(words: string): Piece[] {
  const sentence = /\{pages?\}/.test(words) ? words : `${words} {page} / {pages}`;
  return sentence
    .split(/(\{pages?\})/)
    .map((part) => (part === "{page}" ? { field: "page" } : part === "{pages}" ? { field: "pages" } : part));
}

/** Sizes are half points. Fonts that Office brings; `cs` is the one for Arabic, Hebrew and their kin. */
function styles(lang: string): IStylesOptions {
  const language = isRightToLeft(lang) ? { bidirectional: clean(lang) } : { value: clean(lang) };
  const line = { style: BorderStyle.SINGLE, size: 6, color: INK, space: 6 };
  const own = (
    id: string,
    run: NonNullable<IParagraphStyleOptions["run"]>,
    paragraph: NonNullable<IParagraphStyleOptions["paragraph"]>,
  ): IParagraphStyleOptions => ({ id, name: `Minutes ${id}`, basedOn: "Normal", quickFormat: true, run, paragraph });
  return {
    default: {
      document: {
        run: { font: { ascii: "Calibri", hAnsi: "Calibri", eastAsia: "Calibri", cs: "Arial" }, size: 21, language },
        paragraph: { spacing: { after: 100, line: 254, lineRule: LineRuleType.AUTO } },
      },
      title: {
        run: { size: 40, bold: true, color: INK },
        paragraph: { spacing: { before: 40, after: 120 }, keepNext: true },
      },
      heading1: {
        run: { size: 28, bold: true, color: INK },
        paragraph: {
          spacing: { before: 320, after: 120 },
          keepNext: true,
          keepLines: true,
          outlineLevel: 0,
          border: { bottom: { style: BorderStyle.SINGLE, size: 8, color: INK, space: 3 } },
        },
      },
      heading2: {
        run: { size: 23, bold: true, color: INK },
        paragraph: { spacing: { before: 220, after: 60 }, keepNext: true, keepLines: true, outlineLevel: 1 },
      },
      hyperlink: { run: { color: "1F4FA3", underline: {} } },
    },
    paragraphStyles: [
      own("Letterhead", { size: 24, bold: true, color: INK }, { spacing: { after: 0 } }),
      own(
        "Status",
        { size: 24, color: INK },
        { spacing: { before: 60, after: 240 }, border: { top: line, bottom: line } },
      ),
      own("Meta", { size: 20 }, { spacing: { after: 60 }, keepNext: true }),
      own("Paper", { size: 20 }, { spacing: { after: 40 }, indent: { left: 284 } }),
      own("Speaker", { size: 19, color: GREY }, { spacing: { before: 100, after: 0 }, keepNext: true }),
      own("Spoken", {}, { spacing: { after: 80 }, indent: { left: 284 } }),
      own("Outcome", { size: 20, italics: true, color: GREY }, { spacing: { after: 120 }, indent: { left: 284 } }),
      own("TableHead", { size: 20, bold: true, color: INK }, { spacing: { after: 0 } }),
      own("TableText", { size: 20 }, { spacing: { after: 0 } }),
      own("TableNote", { size: 18, color: GREY }, { spacing: { before: 20, after: 0 } }),
      own("Running", { size: 17, color: GREY }, { spacing: { after: 0 } }),
      // FIRST asks for twelve points at least, and for the end of the line: the cell stands there.
      own("Label", { size: 24, bold: true }, { spacing: { before: 40, after: 40 }, alignment: AlignmentType.CENTER }),
      own("Gap", { size: 8 }, { spacing: { after: 0 } }),
    ],
  };
}
