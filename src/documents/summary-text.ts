/** The summary for machines: CSV of tidy rows, and JSON. */
import { change, digits, type Figure, type Shown, shown } from "./figure.js";
import type { SummaryDocument } from "./summary.js";
import { csvBytes, harmless } from "./table.js";

/** One value a row, under heads that are the same in every language. */
export type TidyRow = {
  /** The section's title; empty for what is said of the summary as a whole. */
  section: string;
  /** Of the figure or the breakdown. */
  id: string;
  name: string;
  unit: string;
  /** Within a breakdown. */
  row: string;
  column: string;
  period: string;
  value: Shown;
  definition: string;
};

export const TIDY_HEADS = ["section", "id", "name", "unit", "row", "column", "period", "value", "definition"] as const;

/** Every number of the summary. Changes are left out: they follow from the others. */
export const tidy = (doc: SummaryDocument): TidyRow[] =>
  doc.sections.flatMap((section) => {
    const { title } = section;
    const figures = section.figures.flatMap(({ id, name, unit, definition, now, before }) => {
      const row = { section: title, id, name, unit, row: "", column: "", definition };
      return [
        { ...row, period: doc.periodNow, value: shown(now) },
        { ...row, period: doc.periodBefore, value: shown(before) },
      ];
    });
    const cells = section.tables.flatMap((table) =>
      table.rows.flatMap((row) =>
        table.columns.map((column, n) => ({
          section: title,
          id: table.id,
          name: table.title,
          unit: column.unit,
          row: row.name,
          column: column.name,
          period: doc.periodNow,
          value: shown(row.cells[n] ?? { kind: "none" }),
          definition: table.definition,
        })),
      ),
    );
    return [...figures, ...cells];
  });

/** What is said of the summary as a whole, so that a file that is passed on says what it is and how it may be shared. */
const about = ({ words, ...doc }: SummaryDocument): TidyRow[] => {
  const line = (id: string, name: string, text: string): TidyRow => ({
    section: "",
    id,
    name,
    unit: "",
    row: "",
    column: "",
    period: "",
    value: { kind: "text", text },
    definition: "",
  });
  return [
    line("title", doc.body, `${doc.ref} ${doc.title}`),
    line("label", "", doc.label),
    line("status", "", doc.status),
    ...doc.facts.map(({ id, label, value }) => line(`fact.${id}`, label, value)),
    ...doc.notes.map((text, n) => line(`note.${n + 1}`, words.notes, text)),
    ...doc.recommendations.map((text, n) => line(`recommendation.${n + 1}`, words.recommendations, text)),
  ];
};

/**
 * RFC 4180 in UTF-8, with the mark by which Excel knows it. A text that a spreadsheet would take for a formula has an
 * apostrophe before it; numbers have a point, and no other sign, in every language.
 */
export function summaryCsv(doc: SummaryDocument): Uint8Array {
  const rows = [...about(doc), ...tidy(doc)].map(({ value, ...row }) =>
    TIDY_HEADS.map((head) => {
      if (head !== "value") return harmless(row[head]);
      if ("value" in value) return digits(value.kind, value.value);
      if (value.kind === "decimal") return value.text;
      return harmless(value.kind === "text" ? value.text : doc.words[value.kind]);
    }),
  );
  return csvBytes([[...TIDY_HEADS], ...rows]);
}

/** A figure in JSON, rounded as everywhere else. `null`: there is no number. */
export type JsonFigure =
  | { kind: "count" | "percent" | "days" | "points"; value: number }
  /** As it was given, in exact text with a point. */
  | { kind: "decimal"; text: string }
  | { kind: "text"; text: string }
  | { withheld: true }
  | null;

/** Ids are the same in every language; names, titles and units are words in `language`. */
export type SummaryJson = {
  format: "coord.summary.1";
  language: string;
  body: string;
  ref: string;
  title: string;
  label: string;
  status: string;
  /** ISO 8601, UTC */
  created: string;
  facts: { id: string; label: string; value: string }[];
  periods: { now: string; before: string };
  notes: string[];
  recommendations: string[];
  sections: {
    id: string;
    title: string;
    figures: {
      id: string;
      name: string;
      unit: string;
      definition: string;
      source: string | null;
      now: JsonFigure;
      before: JsonFigure;
      /** Of two percentages: how far they lie apart, in points. */
      change: JsonFigure;
    }[];
    tables: {
      id: string;
      title: string;
      definition: string;
      columns: { id: string; name: string; unit: string }[];
      /** `cells` by the columns' ids. */
      rows: { id: string; name: string; cells: Record<string, JsonFigure> }[];
    }[];
  }[];
};

/** UTF-8, two spaces, keys in the order of the type. */
export function summaryJson(doc: SummaryDocument): Uint8Array {
  const json: SummaryJson = {
    format: "coord.summary.1",
    language: doc.lang,
    body: doc.body,
    ref: doc.ref,
    title: doc.title,
    label: doc.label,
    status: doc.status,
    created: doc.created.toISOString(),
    facts: doc.facts.map(({ id, label, value }) => ({ id, label, value })),
    periods: { now: doc.periodNow, before: doc.periodBefore },
    notes: [...doc.notes],
    recommendations: [...doc.recommendations],
    sections: doc.sections.map((section) => ({
      id: section.id,
      title: section.title,
      figures: section.figures.map((figure) => ({
        id: figure.id,
        name: figure.name,
        unit: figure.unit,
        definition: figure.definition,
        source: figure.source ?? null,
        now: figureOf(figure.now),
        before: figureOf(figure.before),
        change: inJson(change(figure.now, figure.before)),
      })),
      tables: section.tables.map(({ id, title, definition, columns, rows }) => ({
        id,
        title,
        definition,
        columns: columns.map(({ id, name, unit }) => ({ id, name, unit })),
        rows: rows.map((row) => ({
          id: row.id,
          name: row.name,
          cells: Object.fromEntries(columns.map(({ id }, n) => [id, figureOf(row.cells[n])])),
        })),
      })),
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`);
}

const figureOf = (figure: Figure = { kind: "none" }): JsonFigure => inJson(shown(figure));

function inJson(one: Shown): JsonFigure {
  switch (one.kind) {
    case "withheld":
      return { withheld: true };
    case "none":
      return null;
    case "decimal":
    case "text":
      return { kind: one.kind, text: one.text };
    default:
      return { kind: one.kind, value: one.value };
  }
}
