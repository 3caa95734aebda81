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
import { type Cell, clean, followable, type Piece, type Typesetter, typesetter, wordFile } from "./word.js";

/** All words already in the reader's language; instants already formatted; nothing here looks anything up. */
export type MinutesDocument = {
  /** BCP 47. The page runs from right to left where the language does. */
  lang: string;
  body: string;
  title: string;
  ref: string;
  /** `TLP:GREEN`, on top and bottom of every page. */
  label: string;
  /** Draft, circulated, approved on a day. */
  status: string;
  facts: readonly { label: string; value: string }[];
  words: {
    agenda: string;
    attendance: string;
    record: string;
    decisions: string;
    actions: string;
    corrections: string;
    present: string;
    absent: string;
    owner: string;
    due: string;
    votes: string;
    item: string;
    minutes: string;
    presenter: string;
    state: string;
    /** `Page {page} of {pages}`. A word without these places is followed by `1 / 3`. */
    page: string;
  };
  attendance: readonly { agency: string; people: string; present: boolean; note?: string }[];
  agenda: readonly {
    n: number;
    title: string;
    minutes?: string;
    presenter?: string;
    papers: readonly { title: string; url?: string }[];
    record: readonly RecordLine[];
  }[];
  /** Lines that are not under an item. */
  record: readonly RecordLine[];
  decisions: readonly { ref: string; text: string; votes?: string; quorum?: string }[];
  actions: readonly { ref: string; title: string; owner: string; due: string; state: string }[];
  corrections: readonly { by: string; text: string; outcome: string }[];
  madeAt: string;
  footer: string;
  /** For the properties of the file; it may not be the moment of writing, or no two files would be alike. */
  created: Date;
};

type RecordLine = { by?: string; at?: string; text: string };

export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const INK = "1F2A44";
const GREY = "5F6672";
const RULE = "B8BFCC";
const SHADE = "E9EDF4";

/** In twips: A4, and what is left of its width between the margins. */
const PAGE = { width: 11906, height: 16838, side: 1134 };
const WIDTH = PAGE.width - 2 * PAGE.side;
/** The longest label, TLP:AMBER+STRICT, in one line. */
const LABEL = 2500;
/** A reference, `T-10482`, in one line. */
const REF = 1050;

/** FIRST, TLP 2.0: the colours on black. A label that is none of these is white. */
const TLP: readonly [RegExp, string][] = [
  [/^TLP:RED$/i, "FF2B2B"],
  [/^TLP:AMBER(\+STRICT)?$/i, "FFC000"],
  [/^TLP:GREEN$/i, "33FF00"],
];
const labelColour = (label: string): string => TLP.find(([name]) => name.test(label.trim()))?.[1] ?? "FFFFFF";

/** The minutes as a Word file. The same model gives the same bytes, so that their hash can stand in the audit trail. */
export async function minutesDocument(doc: MinutesDocument): Promise<Uint8Array> {
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
          children: [
            ...titleBlock(doc, type),
            ...attendance(doc, type),
            ...agenda(doc, type),
            ...looseRecord(doc, type),
            ...decisions(doc, type),
            ...actions(doc, type),
            ...corrections(doc, type),
          ],
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

type Content = (Paragraph | Table)[];

/** Nothing without a row: no heading stands over an empty section. */
const section = (heading: string, content: Content, { paragraph }: Typesetter): Content =>
  content.length === 0 ? [] : [paragraph("Heading1", [heading]), ...content];

/** Word joins tables that touch, and wants a paragraph behind the last one of a page part. */
const gap = ({ paragraph }: Typesetter): Paragraph => paragraph("Gap", []);

/** A cell and no shaded run: programs leave gaps between the letters' black and the black around them. */
const badge = (label: string, { paragraph }: Typesetter): Cell => ({
  paragraphs: [paragraph("Label", [{ text: label, color: labelColour(clean(label)) }])],
  fill: "000000",
});

/** From the second page on, where the title is no longer in sight. */
const runningHead = (doc: MinutesDocument, { paragraph }: Typesetter): Paragraph[] => [
  paragraph("Running", [{ text: doc.body, bold: true, color: INK }]),
  paragraph("Running", [`${doc.ref} · ${doc.status}`]),
];

function header(paragraphs: Paragraph[], doc: MinutesDocument, type: Typesetter): Content {
  const row: Cell[] = [{ paragraphs }, badge(doc.label, type)];
  return [type.table({ alt: doc.body, widths: [WIDTH - LABEL, LABEL], rows: [row] }), gap(type)];
}

function footer(doc: MinutesDocument, type: Typesetter): Content {
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

function titleBlock(doc: MinutesDocument, type: Typesetter): Content {
  const { paragraph, table } = type;
  const facts = doc.facts.map(({ label, value }): Cell[] => [
    { paragraphs: [paragraph("TableHead", [label])], fill: SHADE },
    { paragraphs: [paragraph("TableText", [value])] },
  ]);
  return [
    paragraph("Title", [doc.title]),
    paragraph("Status", [{ text: doc.ref, bold: true }, "  ·  ", { text: doc.status, bold: true }]),
    ...(facts.length === 0
      ? []
      : [table({ alt: doc.title, widths: [2500, WIDTH - 2500], rows: facts, rule: RULE }), gap(type)]),
  ];
}

/** A cell always holds a paragraph, so an empty one only where there is no note to begin with. */
const withNote = (text: string, note: string | undefined, { paragraph }: Typesetter): Paragraph[] => [
  ...(text || !note ? [paragraph("TableText", [text])] : []),
  ...(note ? [paragraph("TableNote", [note])] : []),
];

/** One table for those who came and one for those who did not, each under its own word, which repeats on a new page. */
function attendance(doc: MinutesDocument, type: Typesetter): Content {
  const { paragraph, table } = type;
  const group = (word: string, present: boolean): Content => {
    const rows = doc.attendance
      .filter((one) => one.present === present)
      .map(({ agency, people, note }): Cell[] => [
        { paragraphs: [paragraph("TableText", [{ text: agency, bold: true }])] },
        { paragraphs: withNote(people, note, type) },
      ]);
    const head: Cell[] = [{ paragraphs: [paragraph("TableHead", [word])], span: 2, fill: SHADE }];
    const alt = `${doc.words.attendance}: ${word}`;
    return rows.length === 0 ? [] : [table({ alt, widths: [3400, WIDTH - 3400], head, rows, rule: RULE }), gap(type)];
  };
  return section(doc.words.attendance, [...group(doc.words.present, true), ...group(doc.words.absent, false)], type);
}

function agenda(doc: MinutesDocument, type: Typesetter): Content {
  const { paragraph } = type;
  const items = doc.agenda.flatMap(({ n, title, minutes, presenter, papers, record }): Content => {
    const facts = [
      ...(presenter ? [[doc.words.presenter, presenter] as const] : []),
      ...(minutes ? [[doc.words.minutes, minutes] as const] : []),
    ];
    const meta = facts.flatMap(([label, value], at): Piece[] => [
      ...(at > 0 ? ["   ·   "] : []),
      { text: `${label}\u00a0`, color: GREY },
      value,
    ]);
    return [
      // The number is the one that was given out, so it is typed: Word's own counting would close a gap in it.
      paragraph("Heading2", [`${n}. ${title}`]),
      ...(meta.length === 0 ? [] : [paragraph("Meta", meta)]),
      ...papers.map((paper) => paragraph("Paper", ["–\u00a0", ...paperPieces(paper)])),
      ...lines(record, type),
    ];
  });
  return section(doc.words.agenda, items, type);
}

/** Behind a link its host: paper shows no address, and a title can be typed to look like one. */
function paperPieces({ title, url }: { title: string; url?: string }): Piece[] {
  const address = followable(url);
  return address
    ? [
        { text: title, url },
        { text: ` (${address.host})`, color: GREY },
      ]
    : [title];
}

const looseRecord = (doc: MinutesDocument, type: Typesetter): Content =>
  section(doc.words.record, lines(doc.record, type), type);

/** Who spoke stands in a line of its own, so that no direction mark in what was said can move it. */
function lines(record: readonly RecordLine[], { paragraph }: Typesetter): Paragraph[] {
  return record.flatMap(({ by, at, text }) => {
    const who: Piece[] = [
      ...(by ? [{ text: by, bold: true, color: INK }] : []),
      ...(by && at ? [" · "] : []),
      ...(at ? [at] : []),
    ];
    return [...(who.length === 0 ? [] : [paragraph("Speaker", who)]), paragraph("Spoken", [text])];
  });
}

function decisions(doc: MinutesDocument, type: Typesetter): Content {
  const { paragraph, table } = type;
  if (doc.decisions.length === 0) return [];
  const voted = doc.decisions.some(({ votes, quorum }) => votes || quorum);
  const votesWidth = voted ? 2500 : 0;
  const cell = (text: string, span?: number): Cell => ({
    paragraphs: [paragraph("TableHead", [text])],
    fill: SHADE,
    ...(span ? { span } : {}),
  });
  const rows = doc.decisions.map(({ ref, text, votes, quorum }): Cell[] => [
    { paragraphs: [paragraph("TableText", [{ text: ref, bold: true }])] },
    { paragraphs: [paragraph("TableText", [text])] },
    ...(voted ? [{ paragraphs: withNote(votes ?? "", quorum, type) }] : []),
  ]);
  const head = [cell(doc.words.item, 2), ...(voted ? [cell(doc.words.votes)] : [])];
  const widths = [REF, WIDTH - REF - votesWidth, ...(voted ? [votesWidth] : [])];
  return section(
    doc.words.decisions,
    [table({ alt: doc.words.decisions, widths, head, rows, rule: RULE }), gap(type)],
    type,
  );
}

function actions(doc: MinutesDocument, type: Typesetter): Content {
  const { paragraph, table } = type;
  if (doc.actions.length === 0) return [];
  const { item, owner, due, state } = doc.words;
  const head = [item, owner, due, state].map(
    (word, n): Cell => ({
      paragraphs: [paragraph("TableHead", [word])],
      fill: SHADE,
      ...(n === 0 ? { span: 2 } : {}),
    }),
  );
  const rows = doc.actions.map((action): Cell[] => [
    { paragraphs: [paragraph("TableText", [{ text: action.ref, bold: true }])] },
    ...[action.title, action.owner, action.due, action.state].map((text) => ({
      paragraphs: [paragraph("TableText", [text])],
    })),
  ]);
  const widths = [REF, WIDTH - REF - 2200 - 1850 - 1150, 2200, 1850, 1150];
  return section(
    doc.words.actions,
    [table({ alt: doc.words.actions, widths, head, rows, rule: RULE }), gap(type)],
    type,
  );
}

function corrections(doc: MinutesDocument, type: Typesetter): Content {
  const { paragraph } = type;
  const entries = doc.corrections.flatMap(({ by, text, outcome }) => [
    paragraph("Speaker", [{ text: by, bold: true, color: INK }]),
    paragraph("Spoken", [text], outcome === "" ? {} : { keepNext: true }),
    ...(outcome === "" ? [] : [paragraph("Outcome", [outcome])]),
  ]);
  return section(doc.words.corrections, entries, type);
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
