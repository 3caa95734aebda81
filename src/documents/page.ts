/** The page that all documents share: A4, the label on top and at the bottom, the colours and the styles. */
import {
  AlignmentType,
  BorderStyle,
  Footer,
  Header,
  type IParagraphStyleOptions,
  type ISectionOptions,
  type IStylesOptions,
  LineRuleType,
  type Paragraph,
  type Table,
} from "docx";
import { isRightToLeft } from "../chat/message.js";
import { type Cell, clean, type Picture, type Piece, type Typesetter, typesetter, wordFile } from "./word.js";

export const INK = "1F2A44";
export const GREY = "5F6672";
export const RULE = "B8BFCC";
export const SHADE = "E9EDF4";

/** In twips: A4, and what is left of its width between the margins. */
const PAGE = { width: 11906, height: 16838, side: 1134 };
export const WIDTH = PAGE.width - 2 * PAGE.side;
/** The longest label, TLP:AMBER+STRICT, in one line. */
const LABEL = 2500;

/** FIRST, TLP 2.0: the colours on black. A label that is none of these is white. */
const TLP: readonly [RegExp, string][] = [
  [/^TLP:RED$/i, "FF2B2B"],
  [/^TLP:AMBER(\+STRICT)?$/i, "FFC000"],
  [/^TLP:GREEN$/i, "33FF00"],
];
export const labelColour = (label: string): string => TLP.find(([name]) => name.test(label.trim()))?.[1] ?? "FFFFFF";

/** A reference, `T-10482`, in one line. */
export const REF = 1050;

export type Content = (Paragraph | Table)[];

/** Nothing without a row: no heading stands over an empty section. */
export const section = (heading: string, content: Content, { paragraph }: Typesetter): Content =>
  content.length === 0 ? [] : [paragraph("Heading1", [heading]), ...content];

/** Word joins tables that touch, and wants a paragraph behind the last one of a page part. */
export const gap = ({ paragraph }: Typesetter): Paragraph => paragraph("Gap", []);

/** What stands on every page. */
type Frame = {
  body: string;
  ref: string;
  label: string;
  /** What a screen reader says of the tables that hold head and foot; absent: the body. */
  alt?: string;
  /** Of the label, where it is not that of its words: a place that they are put into later. */
  colour?: string;
  status: string;
  footer: string;
  /** Lines at the foot, the empty ones left out. */
  feet: readonly string[];
  /** `Page {page} of {pages}`. A word without these places is followed by `1 / 3`. */
  page: string;
};

/** The letterhead on the first page, and from the second on, where the title is no longer in sight, which document it is. */
function frame(doc: Frame, type: Typesetter): Omit<ISectionOptions, "children"> {
  const { paragraph } = type;
  const margin = { top: 1400, bottom: 1400, left: PAGE.side, right: PAGE.side, header: 600, footer: 500 };
  return {
    properties: { page: { size: { width: PAGE.width, height: PAGE.height }, margin }, titlePage: true },
    headers: {
      first: new Header({ children: header([paragraph("Letterhead", [doc.body])], doc, type) }),
      default: new Header({ children: header(runningHead(doc, type), doc, type) }),
    },
    footers: {
      first: new Footer({ children: footer(doc, type) }),
      default: new Footer({ children: footer(doc, type) }),
    },
  };
}

/** A cell and no shaded run: programs leave gaps between the letters' black and the black around them. */
const badge = ({ label, colour }: Frame, { paragraph }: Typesetter): Cell => ({
  paragraphs: [paragraph("Label", [{ text: label, color: colour ?? labelColour(clean(label)) }])],
  fill: "000000",
});

const runningHead = (doc: Frame, { paragraph }: Typesetter): Paragraph[] => [
  paragraph("Running", [{ text: doc.body, bold: true, color: INK }]),
  paragraph("Running", [[doc.ref, doc.status].filter((text) => text !== "").join(" · ")]),
];

function header(paragraphs: Paragraph[], doc: Frame, type: Typesetter): Content {
  const row: Cell[] = [{ paragraphs }, badge(doc, type)];
  return [type.table({ alt: doc.alt ?? doc.body, widths: [WIDTH - LABEL, LABEL], rows: [row] }), gap(type)];
}

function footer(doc: Frame, type: Typesetter): Content {
  const { paragraph, table } = type;
  const left = doc.feet.filter((text) => text !== "").map((text) => paragraph("Running", [text]));
  const page = paragraph("Running", pageOf(doc.page), { alignment: AlignmentType.CENTER });
  return [
    table({
      alt: doc.footer || (doc.alt ?? doc.body),
      widths: [WIDTH - 2000 - LABEL - 300, 2000, 300, LABEL],
      rows: [
        [
          { paragraphs: left.length === 0 ? [paragraph("Running", [])] : left },
          { paragraphs: [page] },
          { paragraphs: [gap(type)] },
          badge(doc, type),
        ],
      ],
    }),
    gap(type),
  ];
}

/** A table of two columns: what it is, and what it says. */
export function factsTable(
  alt: string,
  facts: readonly { label: string; value: string }[],
  { paragraph, table }: Typesetter,
): Content {
  const rows = facts.map(({ label, value }): Cell[] => [
    { paragraphs: [paragraph("TableHead", [label])], fill: SHADE },
    { paragraphs: [paragraph("TableText", [value])] },
  ]);
  return rows.length === 0 ? [] : [table({ alt, widths: [2500, WIDTH - 2500], rows, rule: RULE })];
}

/** What a document says beside its pages. */
export type Paged = Omit<Frame, "feet" | "page"> &
  Title & {
    /** BCP 47. The page runs from right to left where the language does. */
    lang: string;
    words: { page: string };
    /** For the properties of the file; it may not be the moment of writing, or no two files would be alike. */
    created: Date;
  };

/**
 * A document on Coord's page. The same model gives the same bytes, so that their hash can stand in the audit trail.
 * @param o the name of its kind, styles of its own, and lines at the foot of each page
 */
export function pagedFile(
  doc: Paged,
  o: { kind: string; own: readonly OwnStyle[]; feet: readonly string[] },
  contentOf: (type: Typesetter) => Content,
): Promise<Uint8Array> {
  const type = typesetter(isRightToLeft(doc.lang));
  const { ref, title, body, status, lang, created } = doc;
  return wordFile(
    {
      styles: styles(lang, o.kind, o.own),
      sections: [
        {
          ...frame({ ...doc, page: doc.words.page, feet: o.feet }, type),
          children: [...titleBlock(doc, type), ...contentOf(type)],
        },
      ],
    },
    type,
    { title: [ref, title].filter(Boolean).join(" "), creator: body, identifier: ref, status, lang, created },
  );
}

type Title = { title: string; ref: string; status: string; facts: readonly { label: string; value: string }[] };

function titleBlock(doc: Title, type: Typesetter): Content {
  const { paragraph } = type;
  const facts = factsTable(doc.title, doc.facts, type);
  const status = doc.ref === "" ? [] : [{ text: doc.ref, bold: true }, "  ·  "];
  return [
    paragraph("Title", [doc.title]),
    paragraph("Status", [...status, { text: doc.status, bold: true }]),
    ...(facts.length === 0 ? [] : [...facts, gap(type)]),
  ];
}

function pageOf(words: string): Piece[] {
  const sentence = /\{pages?\}/.test(words) ? words : `${words} {page} / {pages}`;
  return sentence
    .split(/(\{pages?\})/)
    .map((part) => (part === "{page}" ? { field: "page" } : part === "{pages}" ? { field: "pages" } : part));
}

export type OwnStyle = {
  id: string;
  run: NonNullable<IParagraphStyleOptions["run"]>;
  paragraph: NonNullable<IParagraphStyleOptions["paragraph"]>;
};

/** @property width in pixels of 96 to the inch */
export type Drawing = { alt: string; png: Uint8Array; width: number; height: number };

/** What is left of the page's width, in pixels of 96 to the inch. */
const PIXELS = (WIDTH / 1440) * 96;

/** No wider than the page. */
export function fitted({ png, alt, width, height }: Drawing): Picture {
  const scale = Math.min(1, PIXELS / width);
  return { png, alt, width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** What somebody said, and who. */
export const SPEECH: readonly OwnStyle[] = [
  { id: "Meta", run: { size: 20 }, paragraph: { spacing: { after: 60 }, keepNext: true } },
  {
    id: "Speaker",
    run: { size: 19, color: GREY },
    paragraph: { spacing: { before: 100, after: 0 }, keepNext: true },
  },
  { id: "Spoken", run: {}, paragraph: { spacing: { after: 80 }, indent: { left: 284 } } },
];

/** Sizes are half points. Fonts that Office brings; `cs` is the one for Arabic, Hebrew and their kin. */
function styles(lang: string, kind: string, more: readonly OwnStyle[]): IStylesOptions {
  const language = isRightToLeft(lang) ? { bidirectional: clean(lang) } : { value: clean(lang) };
  const line = { style: BorderStyle.SINGLE, size: 6, color: INK, space: 6 };
  const own = (id: string, run: OwnStyle["run"], paragraph: OwnStyle["paragraph"]): IParagraphStyleOptions => ({
    id,
    name: `${kind} ${id}`,
    basedOn: "Normal",
    quickFormat: true,
    run,
    paragraph,
  });
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
      ...more.map(({ id, run, paragraph }) => own(id, run, paragraph)),
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
