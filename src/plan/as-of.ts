import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Day } from "../time/index.js";
import {
  type Indicator,
  isPursued,
  type Objective,
  type ObjectiveState,
  PILLARS,
  type Pillar,
  type PlanLabel,
  STATES,
} from "./model.js";
import { beginOf, endOf, nextDue, type Way, wayOf } from "./rules.js";
import { objectivesOf } from "./store.js";

/**
 * How the plan stood at an instant. Everything is read from rows that are only ever added (versions of objectives and
 * indicators, figures), so the same instant gives the same answer whenever it is asked.
 */

export type AsOf = {
  /** `O-5` */
  objective: string;
  title: string;
  pillar: Pillar;
  label: PlanLabel;
  state: ObjectiveState;
  /** `O-5/2` and its name. */
  ref: string;
  indicator: string;
  unit: string;
  /** Decimals in exact text. */
  baseline: string;
  target: string;
  value?: string;
  /** When the figure was given, and the day on which the period ends that it is for. */
  valueAt?: Date;
  period?: Day;
  status: Way;
  /** Handle of the agency that answers. */
  agency: string;
  source: string;
  /** The day on which a figure was due is over, and there is none. */
  overdue: boolean;
};

/** One for each indicator that was measured at `at`, by objective. Words are CLEAR or GREEN by `label`. */
export async function allAsOf(work: UnitOfWork, at: Date): Promise<AsOf[]> {
  const objectives = await objectivesOf(work, { at });
  return objectives.flatMap((objective) =>
    objective.indicators.map((indicator) => indicatorAsOf(objective, indicator, at, work.body.zone)),
  );
}

/** @param zone where the days of the plan begin and end */
export function indicatorAsOf(objective: Objective, indicator: Indicator, at: Date, zone: string): AsOf {
  const { last } = indicator;
  return {
    objective: objective.ref,
    title: objective.title,
    pillar: objective.pillar,
    label: objective.label,
    state: objective.state,
    ref: indicator.ref,
    indicator: indicator.name,
    unit: indicator.unit,
    baseline: indicator.baseline,
    target: indicator.target,
    value: last?.value,
    valueAt: last?.at,
    period: last?.period,
    status: statusOf(objective, indicator, at, zone),
    agency: indicator.agency.handle,
    source: indicator.source,
    overdue: isOverdue(objective, indicator, at, zone),
  };
}

/** A figure says how things stood at the end of its period, or stand now where that is still to come. */
export function statusOf(objective: Objective, indicator: Indicator, at: Date, zone: string): Way {
  const { last } = indicator;
  const ended = last && endOf(last.period, zone);
  return wayOf(indicator, last?.value, {
    start: beginOf(objective.startsOn, zone),
    due: endOf(objective.dueOn, zone),
    measured: ended && ended < at ? ended : at,
  });
}

/** Of what somebody still works towards: indicators that have come less far than the time that has passed. */
export const missedOf = (objective: Objective, at: Date, zone: string): Indicator[] =>
  isPursued(objective.state)
    ? objective.indicators.filter((indicator) => statusOf(objective, indicator, at, zone) === "behind")
    : [];

export function isOverdue(objective: Objective, indicator: Indicator, at: Date, zone: string): boolean {
  const due = nextDue(indicator, indicator.last?.period);
  return isPursued(objective.state) && due !== undefined && endOf(due, zone) <= at;
}

export type PillarFigures = {
  pillar: Pillar;
  objectives: Record<ObjectiveState, number>;
  indicators: Record<Way, number>;
  overdue: number;
};

/** Counts by pillar, of all four, as they stood at `at`. */
export async function planFigures(work: UnitOfWork, at: Date): Promise<PillarFigures[]> {
  return figuresOfPlan(await objectivesOf(work, { at }), at, work.body.zone);
}

export function figuresOfPlan(objectives: readonly Objective[], at: Date, zone: string): PillarFigures[] {
  return PILLARS.map((pillar) => {
    const own = objectives.filter((objective) => objective.pillar === pillar);
    const all = own.flatMap((objective) =>
      objective.indicators.map((indicator) => indicatorAsOf(objective, indicator, at, zone)),
    );
    const states = STATES.map((state) => [state, own.filter((one) => one.state === state).length] as const);
    const ways = WAYS.map((way) => [way, all.filter(({ status }) => status === way).length] as const);
    return {
      pillar,
      objectives: Object.fromEntries(states) as Record<ObjectiveState, number>,
      indicators: Object.fromEntries(ways) as Record<Way, number>,
      overdue: all.filter(({ overdue }) => overdue).length,
    };
  });
}

export const WAYS = ["reached", "on_track", "behind", "no_answer"] as const satisfies readonly Way[];
