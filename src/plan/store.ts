import { type Selectable, sql } from "kysely";
import { chosen, defineKind, held } from "../items/kind.js";
import { groupBy } from "../lib/group.js";
import type { Agency } from "../people/model.js";
import { agenciesOf } from "../people/store.js";
import { may } from "../policy/index.js";
import type { IndicatorVersionRow, ObjectiveVersionRow, ObstacleRow, ProgressRow } from "../store/plan-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Day } from "../time/index.js";
import { type Figure, type Indicator, isPursued, type Objective, type Obstacle, type Pillar } from "./model.js";

export type Which = {
  ids?: readonly string[];
  /** As it stood at that instant; absent, as it stands now. */
  at?: Date;
};

/** Objectives with their indicators, by their numbers. */
export async function objectivesOf(work: UnitOfWork, { ids, at }: Which = {}): Promise<Objective[]> {
  if (ids?.length === 0) return [];
  const rows = await work.tx
    .selectFrom("objective_versions")
    .innerJoin("objectives", "objectives.id", "objective_versions.objective_id")
    .distinctOn("objective_versions.objective_id")
    .selectAll("objective_versions")
    .select(["objectives.number", "objectives.version"])
    .$if(ids !== undefined, (q) => q.where("objective_versions.objective_id", "in", [...(ids ?? [])]))
    .$if(at !== undefined, (q) => q.where("objective_versions.at", "<=", at ?? new Date(0)))
    .orderBy("objective_versions.objective_id")
    .orderBy("objective_versions.n", "desc")
    .execute();
  const agencies = new Map((await agenciesOf(work.tx)).map((agency) => [agency.id, agency]));
  const indicators = groupBy(
    await indicatorRows(
      work,
      rows.map((row) => row.objective_id),
      at,
    ),
    (row) => row.objective_id,
  );
  const figures = await lastFigures(
    work,
    [...indicators.values()].flat().map((row) => row.indicator_id),
    agencies,
    at,
  );
  return rows
    .sort((a, b) => a.number - b.number)
    .map((row) =>
      objectiveOf(
        row,
        agencies,
        (indicators.get(row.objective_id) ?? []).map((one) => indicatorOf(one, row.number, agencies, figures)),
      ),
    );
}

/** Held, acts on one objective come one after the other. */
export const OBJECTIVES = defineKind<Objective>({
  ...{ kind: "objective", letter: "O", parts: true, show: "plan-show", unknown: (t) => t.errors.noObjective },
  async load(work, { viewer, hold, ...which }) {
    if (viewer && !may(viewer, "plan.see")) return [];
    if (which.ids && !hold) return objectivesOf(work, which);
    const query = work.tx.selectFrom("objectives").select("id").where(chosen(which)).orderBy("number");
    return objectivesOf(work, { ids: (await held(query, hold).execute()).map(({ id }) => id) });
  },
  sees: (viewer) => may(viewer, "plan.see"),
});

export type Measured = { objective: Objective; indicator: Indicator };

/** @returns undefined where it is no longer measured */
export async function measuredById(work: UnitOfWork, indicatorId: string): Promise<Measured | undefined> {
  const row = await work.tx
    .selectFrom("indicators")
    .select("objective_id")
    .where("id", "=", indicatorId)
    .executeTakeFirst();
  const objective = row && (await OBJECTIVES.byId(work, row.objective_id));
  const indicator = objective?.indicators.find(({ id }) => id === indicatorId);
  return objective && indicator && { objective, indicator };
}

/** One page of objectives, by pillar and number; none that was dropped or achieved is left out. */
export async function objectivesPage(
  work: UnitOfWork,
  o: { pillar?: Pillar; page: number; size: number },
): Promise<{ objectives: Objective[]; total: number }> {
  const latest = work.tx
    .selectFrom("objective_versions")
    .innerJoin("objectives", "objectives.id", "objective_versions.objective_id")
    .distinctOn("objective_id")
    .select(["objective_id", "pillar", "objectives.number"])
    .orderBy("objective_id")
    .orderBy("n", "desc")
    .as("latest");
  const query = work.tx
    .selectFrom(latest)
    .$if(o.pillar !== undefined, (q) => q.where("latest.pillar", "=", o.pillar ?? "cooperation"));
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await query
    .select("latest.objective_id as id")
    .orderBy(sql`array_position(array['prosecution', 'protection', 'prevention', 'cooperation'], latest.pillar)`)
    .orderBy("latest.number")
    .limit(o.size)
    .offset((o.page - 1) * o.size)
    .execute();
  const found = new Map((await objectivesOf(work, { ids: rows.map(({ id }) => id) })).map((one) => [one.id, one]));
  return { objectives: rows.flatMap(({ id }) => found.get(id) ?? []), total: Number(total) };
}

/** The newest first. */
export async function figuresOf(work: UnitOfWork, indicatorIds: readonly string[], limit: number) {
  if (indicatorIds.length === 0) return [];
  const agencies = new Map((await agenciesOf(work.tx)).map((agency) => [agency.id, agency]));
  const rows = await work.tx
    .selectFrom("plan_progress")
    .selectAll()
    .where("indicator_id", "in", [...indicatorIds])
    .orderBy("at", "desc")
    .orderBy("n", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ indicatorId: row.indicator_id, figure: figureOf(row, agencies) }));
}

/** In the order in which they were raised. */
export async function obstaclesOf(work: UnitOfWork, objectiveIds: readonly string[]) {
  if (objectiveIds.length === 0) return [];
  const agencies = new Map((await agenciesOf(work.tx)).map((agency) => [agency.id, agency]));
  const rows = await work.tx
    .selectFrom("plan_obstacles")
    .selectAll()
    .where("objective_id", "in", [...objectiveIds])
    .orderBy("n")
    .execute();
  return rows.map((row) => ({ objectiveId: row.objective_id, obstacle: obstacleOf(row, agencies) }));
}

type IndicatorRow = Selectable<IndicatorVersionRow> & { objective_id: string; ladder: number; number: number };

/** In their order; what was dropped is left out. */
async function indicatorRows(work: UnitOfWork, objectiveIds: readonly string[], at?: Date): Promise<IndicatorRow[]> {
  if (objectiveIds.length === 0) return [];
  const rows = await work.tx
    .selectFrom("indicator_versions")
    .innerJoin("indicators", "indicators.id", "indicator_versions.indicator_id")
    .distinctOn("indicator_versions.indicator_id")
    .selectAll("indicator_versions")
    .select(["indicators.objective_id", "indicators.ladder", "indicators.n as number"])
    .where("indicators.objective_id", "in", [...objectiveIds])
    .$if(at !== undefined, (q) => q.where("indicator_versions.at", "<=", at ?? new Date(0)))
    .orderBy("indicator_versions.indicator_id")
    .orderBy("indicator_versions.n", "desc")
    .execute();
  return rows.filter((row) => !row.dropped).sort((a, b) => a.number - b.number);
}

/** The figure of the latest period that anybody answered for; of several for it, the newest. */
async function lastFigures(
  work: UnitOfWork,
  indicatorIds: readonly string[],
  agencies: ReadonlyMap<string, Agency>,
  at?: Date,
): Promise<Map<string, Figure>> {
  if (indicatorIds.length === 0) return new Map();
  const rows = await work.tx
    .selectFrom("plan_progress")
    .distinctOn("indicator_id")
    .selectAll()
    .where("indicator_id", "in", [...indicatorIds])
    .$if(at !== undefined, (q) => q.where("at", "<=", at ?? new Date(0)))
    .orderBy("indicator_id")
    .orderBy("period", "desc")
    .orderBy("n", "desc")
    .execute();
  return new Map(rows.map((row) => [row.indicator_id, figureOf(row, agencies)]));
}

type ObjectiveRow = Selectable<ObjectiveVersionRow> & { number: number; version: number };

const objectiveOf = (row: ObjectiveRow, agencies: ReadonlyMap<string, Agency>, indicators: Indicator[]): Objective => ({
  id: row.objective_id,
  number: row.number,
  ref: `O-${row.number}`,
  title: row.title,
  pillar: row.pillar,
  requirement: row.requirement ?? undefined,
  measure: row.measure ?? undefined,
  legalReview: row.legal_review,
  lead: must(agencies, row.lead_agency_id),
  supporting: row.supporting.map((id) => must(agencies, id)),
  state: row.state,
  label: row.label,
  startsOn: row.starts_on,
  dueOn: row.due_on,
  version: row.version,
  indicators,
});

const indicatorOf = (
  row: IndicatorRow,
  objective: number,
  agencies: ReadonlyMap<string, Agency>,
  figures: ReadonlyMap<string, Figure>,
): Indicator => ({
  id: row.indicator_id,
  n: row.number,
  ref: `O-${objective}/${row.number}`,
  name: row.name,
  unit: row.unit,
  baseline: row.baseline,
  target: row.target,
  frequency: row.frequency,
  source: row.source,
  agency: must(agencies, row.agency_id),
  firstDue: row.first_due,
  scheduleVersion: row.ladder,
  last: figures.get(row.indicator_id),
});

const figureOf = (row: Selectable<ProgressRow>, agencies: ReadonlyMap<string, Agency>): Figure => ({
  n: row.n,
  value: row.value,
  period: row.period,
  evidence: row.evidence ?? undefined,
  words: row.words ?? undefined,
  agency: must(agencies, row.agency_id),
  at: row.at,
});

const obstacleOf = (row: Selectable<ObstacleRow>, agencies: ReadonlyMap<string, Agency>): Obstacle => ({
  id: row.id,
  n: row.n,
  words: row.words,
  agency: must(agencies, row.agency_id),
  at: row.at,
  resolvedAt: row.resolved_at ?? undefined,
});

function must(agencies: ReadonlyMap<string, Agency>, id: string): Agency {
  const found = agencies.get(id);
  if (!found) throw new Error(`agency ${id} is not in this body`);
  return found;
}

/** Indicators that somebody answers for now, with the day up to which they have. */
export const pursued = (objectives: readonly Objective[]): Measured[] =>
  objectives.flatMap((objective) =>
    isPursued(objective.state) ? objective.indicators.map((indicator) => ({ objective, indicator })) : [],
  );

export const answeredUpTo = (indicator: Indicator): Day | undefined => indicator.last?.period;
