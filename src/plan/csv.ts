import { clean } from "../command/args.js";
import { GRAMMARS } from "../i18n/grammar/index.js";
import { type CsvFault, type CsvRow, type HeadingFault, headingsOf, readList } from "../lib/csv.js";
import { isDay } from "../time/index.js";
import { parseDecimal, sameNumber } from "./decimal.js";
import {
  FREQUENCIES,
  type Frequency,
  MOST_INDICATORS,
  type ObjectiveState,
  PILLARS,
  type Pillar,
  PLAN_LABELS,
  type PlanLabel,
  STATES,
} from "./model.js";

/**
 * A plan as a table: a row with a title begins an objective, one without a title, or with that of the row above, adds an
 * indicator to it. Agencies are handles, which the caller looks up.
 */

const OBJECTIVE_COLUMNS = [
  ...["title", "pillar", "requirement", "measure", "legal_review", "lead", "supporting"],
  ...["start", "due", "status", "label"],
] as const;
const INDICATOR_COLUMNS = [
  ...["indicator", "unit", "baseline", "target", "frequency", "source", "answers", "next_due"],
] as const;
const COLUMNS = [...OBJECTIVE_COLUMNS, ...INDICATOR_COLUMNS] as readonly string[];
const NEEDED = ["title", "pillar", "lead", "due"] as const;
/** Of an indicator all is needed but who answers, which is the lead agency where nothing is said. */
const NEEDED_OF_INDICATOR = ["unit", "baseline", "target", "frequency", "source", "next_due"] as const;

export type ReadObjective = {
  line: number;
  title: string;
  pillar: Pillar;
  requirement?: string;
  measure?: string;
  legalReview: boolean;
  lead: string;
  supporting: string[];
  start?: string;
  due: string;
  state: ObjectiveState;
  label: PlanLabel;
  indicators: ReadIndicator[];
};

export type ReadIndicator = {
  line: number;
  name: string;
  unit: string;
  baseline: string;
  target: string;
  frequency: Frequency;
  source: string;
  answers: string;
  firstDue: string;
};

export type PlanFault = {
  line: number;
  code:
    | CsvFault["code"]
    | HeadingFault["code"]
    | "cells"
    | "missing"
    | "too_long"
    | "pillar_unknown"
    | "status_unknown"
    | "label_unknown"
    | "frequency_unknown"
    | "agency_unknown"
    | "observer"
    | "not_a_day"
    | "order"
    | "not_a_number"
    | "same_target"
    | "yes_or_no"
    | "differs"
    | "no_objective"
    | "no_indicator"
    | "too_many_indicators"
    | "twice"
    | "exists";
  column?: string;
};

export const MOST_ROWS = 1_000;
export const MOST_CHARACTERS = 2_000_000;
const LONGEST: Readonly<Record<string, number>> = { title: 200, indicator: 200, unit: 40, source: 200 };
const LONGEST_WORDS = 1_000;

const MANY_LINES = new Set(["requirement", "measure"]);

const YES = new Set(["1", "x", ...GRAMMARS.flatMap(({ line }) => line.yes)]);
const NO = new Set(["", "0", ...GRAMMARS.flatMap(({ line }) => line.no)]);

type Row = { line: number; cell: (column: string) => string };

/** The plan and every fault in it, by line; a fault of the whole file leaves nothing. */
export function readPlan(csv: string): { objectives: ReadObjective[]; faults: PlanFault[] } {
  const list = readList(csv, { rows: MOST_ROWS, characters: MOST_CHARACTERS });
  if ("code" in list) return { objectives: [], faults: [list] };
  const { head, body, wrong } = list;
  const { headings, faults: wrongHeads } = headingsOf(head, { columns: COLUMNS, needed: NEEDED });
  const faults: PlanFault[] = wrongHeads;
  if (faults.length) return { objectives: [], faults };
  if (wrong) return { objectives: [], faults: [wrong] };
  const objectives: ReadObjective[] = [];
  let above: { row: Row; objective?: ReadObjective } | undefined;
  for (const cells of body) {
    const row = rowOf(cells, headings);
    if ("code" in row) {
      faults.push(row);
      continue;
    }
    const title = row.cell("title");
    const begins = title !== "" && title !== above?.row.cell("title");
    if (begins) {
      const read = readObjective(row);
      faults.push(...read.faults);
      above = { row, objective: read.objective };
      if (read.objective) objectives.push(read.objective);
      if (row.cell("indicator") === "" && !INDICATOR_COLUMNS.some((column) => row.cell(column) !== "")) continue;
    } else if (!above) {
      faults.push({ line: row.line, code: "no_objective", column: "title" });
      continue;
    } else {
      const { row: first } = above;
      const other = OBJECTIVE_COLUMNS.find(
        (column) => row.cell(column) !== "" && row.cell(column) !== first.cell(column),
      );
      if (other) faults.push({ line: row.line, code: "differs", column: other });
    }
    const read = readIndicator(row, above.row.cell("lead"));
    faults.push(...read.faults);
    if (read.indicator) above.objective?.indicators.push(read.indicator);
    if (read.indicator && (above.objective?.indicators.length ?? 0) > MOST_INDICATORS)
      faults.push({ line: row.line, code: "too_many_indicators" });
  }
  const seen = new Set<string>();
  for (const { title, line } of objectives) {
    if (seen.has(title.toLowerCase())) faults.push({ line, code: "twice", column: "title" });
    seen.add(title.toLowerCase());
  }
  return { objectives, faults: faults.sort((a, b) => a.line - b.line) };
}

function readObjective(row: Row): { objective?: ReadObjective; faults: PlanFault[] } {
  const { line, cell } = row;
  const faults = commonFaults(row, OBJECTIVE_COLUMNS, NEEDED);
  const wrong = (code: PlanFault["code"], column: string) => faults.push({ line, code, column });
  const pillar = PILLARS.find((one) => one === cell("pillar").toLowerCase());
  if (!pillar && cell("pillar") !== "") wrong("pillar_unknown", "pillar");
  const state = cell("status") === "" ? "planned" : STATES.find((one) => one === coded(cell("status")));
  if (!state) wrong("status_unknown", "status");
  const said = cell("label")
    .toUpperCase()
    .replace(/^TLP[:\s]*/, "");
  const label = said === "" ? "GREEN" : PLAN_LABELS.find((one) => one === said);
  if (!label) wrong("label_unknown", "label");
  const review = cell("legal_review").toLowerCase();
  if (!YES.has(review) && !NO.has(review)) wrong("yes_or_no", "legal_review");
  for (const column of ["start", "due"]) if (cell(column) !== "" && !isDay(cell(column))) wrong("not_a_day", column);
  if (isDay(cell("start")) && isDay(cell("due")) && cell("start") > cell("due")) wrong("order", "due");
  if (faults.length || !pillar || !state || !label) return { faults };
  return {
    faults,
    objective: {
      line,
      title: cell("title"),
      pillar,
      requirement: cell("requirement") || undefined,
      measure: cell("measure") || undefined,
      legalReview: YES.has(review),
      lead: handle(cell("lead")),
      supporting: cell("supporting")
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(handle),
      start: cell("start") || undefined,
      due: cell("due"),
      state,
      label,
      indicators: [],
    },
  };
}

function readIndicator(row: Row, lead: string): { indicator?: ReadIndicator; faults: PlanFault[] } {
  const { line, cell } = row;
  if (cell("indicator") === "") return { faults: [{ line, code: "no_indicator", column: "indicator" }] };
  const faults = commonFaults(row, INDICATOR_COLUMNS, NEEDED_OF_INDICATOR);
  const wrong = (code: PlanFault["code"], column: string) => faults.push({ line, code, column });
  const [baseline, target] = [parseDecimal(cell("baseline")), parseDecimal(cell("target"))];
  if (baseline === undefined && cell("baseline") !== "") wrong("not_a_number", "baseline");
  if (target === undefined && cell("target") !== "") wrong("not_a_number", "target");
  if (baseline !== undefined && target !== undefined && sameNumber(baseline, target)) wrong("same_target", "target");
  const frequency = FREQUENCIES.find((one) => one === coded(cell("frequency")));
  if (!frequency && cell("frequency") !== "") wrong("frequency_unknown", "frequency");
  if (cell("next_due") !== "" && !isDay(cell("next_due"))) wrong("not_a_day", "next_due");
  if (faults.length || baseline === undefined || target === undefined || !frequency) return { faults };
  return {
    faults,
    indicator: {
      line,
      name: cell("indicator"),
      unit: cell("unit"),
      baseline,
      target,
      frequency,
      source: cell("source"),
      answers: handle(cell("answers") || lead),
      firstDue: cell("next_due"),
    },
  };
}

function commonFaults({ line, cell }: Row, columns: readonly string[], needed: readonly string[]): PlanFault[] {
  const missing = needed.filter((column) => cell(column) === "");
  const long = columns.filter((column) => cell(column).length > (LONGEST[column] ?? LONGEST_WORDS));
  return [
    ...missing.map((column): PlanFault => ({ line, code: "missing", column })),
    ...long.map((column): PlanFault => ({ line, code: "too_long", column })),
  ];
}

const coded = (said: string): string => said.toLowerCase().replace(/[\s-]+/g, "_");
const handle = (said: string): string => said.replace(/^@/, "").toLowerCase();

function rowOf(cells: CsvRow, headings: readonly string[]): Row | PlanFault {
  const line = cells.line;
  // A cell too many is a separator within a value: what follows would be read as something else.
  if (cells.record.some((cell, i) => cell !== "" && (headings[i] ?? "") === "")) return { line, code: "cells" };
  const read = new Map(
    headings.map((heading, i) => {
      const words = clean(cells.record[i] ?? "");
      return [heading, MANY_LINES.has(heading) ? words : words.replace(/\s+/g, " ")];
    }),
  );
  return { line, cell: (column) => read.get(column) ?? "" };
}
