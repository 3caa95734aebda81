import type { Agency } from "../people/model.js";
import type { ObjectiveSubject } from "../policy/index.js";
import type { Frequency, ObjectiveState, Pillar } from "../store/plan-tables.js";
import type { Day } from "../time/index.js";

export type { Frequency, ObjectiveState, Pillar };

/** An objective of the body's action plan (docs/plan.md): known to everybody in the body, so CLEAR or GREEN. */
export type Objective = {
  id: string;
  number: number;
  /** `O-5` */
  ref: string;
  title: string;
  pillar: Pillar;
  /** What the Protocol, the Convention or another treaty asks for. */
  requirement?: string;
  measure?: string;
  /** The measure is a review of legislation (para 26). */
  legalReview: boolean;
  lead: Agency;
  supporting: Agency[];
  state: ObjectiveState;
  label: PlanLabel;
  /** Days in the zone of the body. */
  startsOn: Day;
  dueOn: Day;
  version: number;
  indicators: Indicator[];
};

export type PlanLabel = "CLEAR" | "GREEN";

/** What is measured, by how much it is to change, and which agency tells how far it has come (para 30). */
export type Indicator = {
  id: string;
  /** Counted within its objective. */
  n: number;
  /** `O-5/2` */
  ref: string;
  name: string;
  unit: string;
  /** Decimals in exact text, as `12.50`. */
  baseline: string;
  target: string;
  frequency: Frequency;
  source: string;
  agency: Agency;
  firstDue: Day;
  scheduleVersion: number;
  /** The newest figure of the latest period. */
  last?: Figure;
};

/** One figure, never changed: a correction is a newer one for the same period. */
export type Figure = {
  n: number;
  value: string;
  /** The day on which the period ends that it is for. */
  period: Day;
  evidence?: string;
  words?: string;
  agency: Agency;
  at: Date;
};

export type Obstacle = { id: string; n: number; words: string; agency: Agency; at: Date; resolvedAt?: Date };

export const PILLARS = ["prosecution", "protection", "prevention", "cooperation"] as const satisfies readonly Pillar[];
export const STATES = [
  "planned",
  "under_way",
  "achieved",
  "stalled",
  "dropped",
] as const satisfies readonly ObjectiveState[];
export const FREQUENCIES = [
  "monthly",
  "quarterly",
  "half_yearly",
  "yearly",
  "once",
] as const satisfies readonly Frequency[];
export const PLAN_LABELS = ["CLEAR", "GREEN"] as const satisfies readonly PlanLabel[];

/** One message holds them all with their buttons. */
export const MOST_INDICATORS = 10;

export const OBJECTIVE = "objective";
export const INDICATOR = "indicator";

/** Figures are asked for as long as somebody works towards it. */
export const isPursued = (state: ObjectiveState): boolean => state !== "achieved" && state !== "dropped";

export const itemOf = (objective: Pick<Objective, "id" | "ref">) => ({
  kind: OBJECTIVE,
  id: objective.id,
  ref: objective.ref,
});

export const subjectOf = ({ lead, supporting }: Objective): ObjectiveSubject => ({
  leadAgencyId: lead.id,
  supportingAgencyIds: supporting.map(({ id }) => id),
});

/** With those who answer for its figures. */
export const answeredSubjectOf = (objective: Objective) => ({
  ...subjectOf(objective),
  answeringAgencyIds: objective.indicators.map(({ agency }) => agency.id),
});
