import type { Paragraph } from "docx";
import {
  type Content,
  type Drawing,
  factsTable,
  fitted,
  GREY,
  gap,
  INK,
  pagedFile,
  REF,
  RULE,
  SHADE,
  SPEECH,
  section,
  WIDTH,
} from "./page.js";
import type { Cell, Piece, Typesetter } from "./word.js";

/** An action plan on paper. All words already in the reader's language; nothing here looks anything up. */
export type PlanDocument = {
  /** BCP 47. The page runs from right to left where the language does. */
  lang: string;
  body: string;
  title: string;
  /** Empty: a plan has no number. */
  ref: string;
  label: string;
  status: string;
  madeAt: string;
  footer: string;
  /** For the properties of the file; it may not be the moment of writing, or no two files would be alike. */
  created: Date;
  /** Pillar by pillar, in figures. */
  facts: readonly { label: string; value: string }[];
  words: {
    indicator: string;
    figure: string;
    way: string;
    answers: string;
    obstacles: string;
    who: string;
    agency: string;
    leads: string;
    supports: string;
    answersFor: string;
    figures: string;
    page: string;
  };
  pillars: readonly {
    name: string;
    objectives: readonly {
      ref: string;
      title: string;
      facts: readonly { label: string; value: string }[];
      measure?: string;
      indicators: readonly { ref: string; name: string; figure: string; way: string; agency: string; note: string }[];
      obstacles: readonly { by: string; text: string }[];
    }[];
    who: readonly { agency: string; leads: string; supports: string; answers: string }[];
  }[];
  /** How it is said whether an indicator is on track. */
  rule: string;
  charts: readonly Drawing[];
};

export const planDocument = (doc: PlanDocument): Promise<Uint8Array> =>
  pagedFile(doc, { kind: "Plan", own: SPEECH, feet: [doc.footer, doc.madeAt] }, (type) => [
    type.paragraph("TableNote", [doc.rule]),
    ...charts(doc, type),
    ...doc.pillars.flatMap((pillar) =>
      section(
        pillar.name,
        [...pillar.objectives.flatMap((one) => objective(one, doc, type)), ...who(pillar, doc, type)],
        type,
      ),
    ),
  ]);

const charts = (doc: PlanDocument, type: Typesetter): Content =>
  doc.charts.flatMap((one) => [type.paragraph("Spoken", [fitted(one)]), gap(type)]);

type Pillar = PlanDocument["pillars"][number];
type Objective = Pillar["objectives"][number];

function objective(one: Objective, doc: PlanDocument, type: Typesetter): Content {
  const { paragraph } = type;
  const obstacles = one.obstacles.flatMap(({ by, text }): Paragraph[] => [
    paragraph("Speaker", [{ text: by, bold: true, color: INK }]),
    paragraph("Spoken", [text]),
  ]);
  return [
    paragraph("Heading2", [`${one.ref} · ${one.title}`]),
    ...(one.measure ? [paragraph("Spoken", [one.measure])] : []),
    ...factsTable(one.title, one.facts, type),
    gap(type),
    ...indicators(one, doc, type),
    ...(obstacles.length === 0 ? [] : [paragraph("Meta", [{ text: doc.words.obstacles, color: GREY }]), ...obstacles]),
  ];
}

function indicators(one: Objective, { words }: PlanDocument, type: Typesetter): Content {
  if (one.indicators.length === 0) return [];
  const { paragraph, table } = type;
  const cell = (...pieces: Piece[]): Cell => ({ paragraphs: [paragraph("TableText", pieces)] });
  const rows = one.indicators.map((indicator): Cell[] => [
    cell({ text: indicator.ref, bold: true }),
    { paragraphs: [paragraph("TableText", [indicator.name]), paragraph("TableNote", [indicator.note])] },
    cell(indicator.figure),
    cell(indicator.way),
    cell(indicator.agency),
  ]);
  const head = heads([words.indicator, words.figure, words.way, words.answers], type, 2);
  const widths = [REF, WIDTH - REF - 2400 - 1500 - 1700, 2400, 1500, 1700];
  return [table({ alt: `${words.indicator}: ${one.ref}`, widths, head, rows, rule: RULE }), gap(type)];
}

function who(pillar: Pillar, { words }: PlanDocument, type: Typesetter): Content {
  if (pillar.who.length === 0) return [];
  const { paragraph, table } = type;
  const rows = pillar.who.map(({ agency, leads, supports, answers }): Cell[] => [
    { paragraphs: [paragraph("TableText", [{ text: agency, bold: true }])] },
    ...[leads, supports, answers].map((refs) => ({ paragraphs: [paragraph("TableText", [refs])] })),
  ]);
  const head = heads([words.agency, words.leads, words.supports, words.answersFor], type);
  const column = Math.floor((WIDTH - 3_000) / 3);
  const widths = [WIDTH - 3 * column, column, column, column];
  const alt = `${words.who}: ${pillar.name}`;
  return [paragraph("Heading2", [words.who]), table({ alt, widths, head, rows, rule: RULE }), gap(type)];
}

const heads = (titles: readonly string[], { paragraph }: Typesetter, first = 1): Cell[] =>
  titles.map((title, n) => ({
    paragraphs: [paragraph("TableHead", [title])],
    fill: SHADE,
    ...(n === 0 && first > 1 ? { span: first } : {}),
  }));
