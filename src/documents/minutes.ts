import type { Paragraph } from "docx";
import {
  type Content,
  GREY,
  gap,
  INK,
  type OwnStyle,
  pagedFile,
  REF,
  RULE,
  SHADE,
  SPEECH,
  section,
  WIDTH,
} from "./page.js";
import { type Cell, followable, type Piece, type Typesetter } from "./word.js";

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

const OWN_STYLES: readonly OwnStyle[] = [
  ...SPEECH,
  { id: "Paper", run: { size: 20 }, paragraph: { spacing: { after: 40 }, indent: { left: 284 } } },
  {
    id: "Outcome",
    run: { size: 20, italics: true, color: GREY },
    paragraph: { spacing: { after: 120 }, indent: { left: 284 } },
  },
];

/** The minutes as a Word file. The same model gives the same bytes, so that their hash can stand in the audit trail. */
export const minutesDocument = (doc: MinutesDocument): Promise<Uint8Array> =>
  pagedFile(doc, { kind: "Minutes", own: OWN_STYLES, feet: [doc.footer, doc.madeAt] }, (type) => [
    ...attendance(doc, type),
    ...agenda(doc, type),
    ...looseRecord(doc, type),
    ...decisions(doc, type),
    ...actions(doc, type),
    ...corrections(doc, type),
  ]);

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
