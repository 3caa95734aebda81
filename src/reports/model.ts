import type { Picture } from "../files/pictures.js";
import type { Person } from "../people/model.js";
import type { Pillar } from "../plan/model.js";
import type { Way } from "../plan/rules.js";
import type { FigureId, MeasureId, PlanCount, Section, TableId } from "./measures.js";
import type { Period } from "./period.js";

/**
 * A number; nothing where there is none to tell (a rate of nothing); or suppressed in a version that may be passed on.
 */
export type Cell = number | null | "withheld";

export type FigureLine = { id: FigureId; section: Section; now: Cell; before: Cell };
/** `cells` of this period, then of the one before where the table compares. */
export type TableLine = { key: string; cells: Cell[] };
export type PillarLine = { pillar: Pillar } & Record<PlanCount, number>;
/** Values are decimals in exact text; none: nobody told one. */
export type IndicatorLine = {
  /** `O-5/2` */
  ref: string;
  name: string;
  pillar: Pillar;
  unit: string;
  baseline: string;
  target: string;
  now?: string;
  before?: string;
  status: Way;
  agency: string;
  source: string;
  overdue: boolean;
};
export type TableOf = { id: TableId; columns: MeasureId[]; compared: boolean; lines: TableLine[] };

/**
 * The figures of a period in no language: numbers and the keys of what they are of. No title, no word of an item and no
 * reference is in it, whatever its label, since it is made of counts alone; the plan, which every member knows, is told by the names of its indicators.
 */
export type Report = {
  version: 1;
  period: Period;
  before: Period;
  zone: string;
  /** A period that is not over is counted up to when it was made. */
  over: boolean;
  /** ISO 8601, UTC. */
  madeAt: string;
  /** Up to which event of the record it counts, and the seal that holds the last of them, where one does. */
  record: { event: number; seal?: { n: number; hash: string } };
  /** Cells from 1 up to this are suppressed. Absent: everything is told. */
  threshold?: number;
  figures: FigureLine[];
  tables: TableOf[];
  /** How the plan stood at the end of the period: by pillar, and each indicator with where its value comes from. */
  plan: { pillars: PillarLine[]; indicators: IndicatorLine[] };
  /** Names of the agencies that its lines are of, by their short names. */
  agencies: Record<string, string>;
};

export const SUMMARY_CUTS = ["agency", "kind"] as const;
export type SummaryCut = (typeof SUMMARY_CUTS)[number];

export type SummaryState = "making" | "ready" | "publishing" | "failed" | "cancelled" | "published";

/** An activity summary: asked for, made by a job, given notes by the rapporteur, published once and for all. */
export type Summary = {
  id: string;
  number: number;
  /** `S-4` */
  ref: string;
  period: Period;
  by: Person;
  state: SummaryState;
  /** Steps of making it that are done, of `STEPS`. */
  done: number;
  /** The breakdown that its card shows too. */
  cut?: SummaryCut;
  pictures: readonly Picture[];
  notes?: string;
  recommendations?: string;
  madeAt?: Date;
  publishedAt?: Date;
  createdAt: Date;
  version: number;
};

export const summaryItem = ({ id, ref }: Pick<Summary, "id" | "ref">) => ({ kind: "summary", id, ref });
