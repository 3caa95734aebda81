import { randomUUID } from "node:crypto";
import { type ActionName, recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { refresh } from "../delivery/outbox.js";
import { refuse } from "../lib/refusal.js";
import type { Agency } from "../people/model.js";
import { mayNeed, mayRaise, mayReport, mayTend } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Day } from "../time/index.js";
import { todayIn } from "./days.js";
import { sameNumber } from "./decimal.js";
import { askedNow, scheduleIndicator, scheduleObjective } from "./escalation.js";
import { findLinkable } from "./links.js";
import {
  answeredSubjectOf,
  type Frequency,
  type Indicator,
  itemOf,
  MOST_INDICATORS,
  type Objective,
  type ObjectiveState,
  type Pillar,
  type PlanLabel,
  subjectOf,
} from "./model.js";
import * as notifying from "./notify.js";
import { type Measured, OBJECTIVES, obstaclesOf } from "./store.js";

/**
 * What people do with the plan. Each act adds rows and changes none that says what was meant or measured, writes what
 * happened, reschedules the reminders and refreshes every card; all in the transaction it is given.
 */

export type Adding = {
  title: string;
  pillar: Pillar;
  requirement?: string;
  measure?: string;
  legalReview: boolean;
  lead: Agency;
  supporting: readonly Agency[];
  startsOn?: Day;
  dueOn: Day;
  state?: ObjectiveState;
  label?: PlanLabel;
};

export async function addObjective(c: Context, adding: Adding): Promise<Objective> {
  const objective = await insertObjective(c.work, c.person.id, adding);
  await happened(c, objective, "plan.added", { due: objective.dueOn, label: objective.label });
  await notifying.added(c.work, objective, [objective.lead, ...objective.supporting], c.person.id);
  return objective;
}

/** @throws Refusal when an observer is to lead, or it ends before it begins */
export async function insertObjective(work: UnitOfWork, by: string, adding: Adding): Promise<Objective> {
  const [id = ""] = await insertPlan(work, by, [{ adding, indicators: [] }]);
  return OBJECTIVES.reload(work, id);
}

/**
 * Objectives that are new, with what is measured of each, in as many statements for many as for one: a whole plan comes
 * at once and holds nobody up. Its reminders are still to be scheduled.
 * @returns their ids
 * @throws Refusal as of each of them alone
 */
export async function insertPlan(
  work: UnitOfWork,
  by: string,
  plan: readonly { adding: Adding; indicators: readonly Measuring[] }[],
): Promise<string[]> {
  const numbers = await work.nextOf("objective", plan.length);
  const objectives = plan.map(({ adding, indicators }, i) => ({
    ...{ id: randomUUID(), number: numbers[i] as number },
    version: {
      ...adding,
      startsOn: adding.startsOn ?? earlier(todayIn(work.body, work.now), adding.dueOn),
      state: adding.state ?? ("planned" as const),
      label: adding.label ?? ("GREEN" as const),
    },
    measured: indicators.map((measuring, n) => ({ id: randomUUID(), n: n + 1, measuring })),
  }));
  const indicators = objectives.flatMap(({ id, measured }) => measured.map((one) => ({ ...one, objectiveId: id })));
  const { tx, now } = work;
  for (const some of chunks(objectives)) {
    await tx
      .insertInto("objectives")
      .values(some.map(({ id, number }) => ({ id, number, created_at: now })))
      .execute();
    await tx
      .insertInto("objective_versions")
      .values(some.map(({ id, version }) => objectiveVersion(work, by, id, 1, version)))
      .execute();
  }
  for (const some of chunks(indicators)) {
    await tx
      .insertInto("indicators")
      .values(some.map(({ id, objectiveId, n }) => ({ id, objective_id: objectiveId, n })))
      .execute();
    await tx
      .insertInto("indicator_versions")
      .values(some.map(({ id, measuring }) => indicatorVersion(work, by, id, 1, measuring)))
      .execute();
  }
  return objectives.map(({ id }) => id);
}

/** A statement takes 65,535 values (PostgreSQL's protocol). */
const MOST_ROWS = 2_000;
const chunks = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, i) => rows.slice(i * MOST_ROWS, (i + 1) * MOST_ROWS));

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

export type Edit = Partial<Omit<Adding, "requirement" | "measure">> & {
  requirement?: string | null;
  measure?: string | null;
};

export async function editObjective(c: Context, objective: Objective, edit: Edit): Promise<Objective> {
  const { work } = c;
  const { requirement, measure, ...rest } = edit;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const kept = (now: string | undefined, next: string | null | undefined) =>
    next === undefined ? now : (next ?? undefined);
  await addVersion(work, c.person.id, objective.id, await nextVersion(work, "objective_versions", objective.id), {
    ...objective,
    ...given,
    requirement: kept(objective.requirement, requirement),
    measure: kept(objective.measure, measure),
  });
  const changed = await touched(work, objective);
  await happened(c, changed, "plan.changed", { from: objective.state, to: changed.state, due: changed.dueOn });
  await scheduleObjective(work, changed);
  const known = new Set([objective.lead, ...objective.supporting].map(({ id }) => id));
  const newcomers = [changed.lead, ...changed.supporting].filter(({ id }) => !known.has(id));
  await notifying.added(work, changed, newcomers, c.person.id);
  return changed;
}

type Version = Adding & { startsOn: Day; state: ObjectiveState; label: PlanLabel };

async function addVersion(work: UnitOfWork, by: string, objectiveId: string, n: number, v: Version): Promise<void> {
  await work.tx
    .insertInto("objective_versions")
    .values(objectiveVersion(work, by, objectiveId, n, v))
    .execute();
}

/** @throws Refusal when an observer is to lead, or it ends before it begins */
function objectiveVersion(work: UnitOfWork, by: string, objectiveId: string, n: number, v: Version) {
  if (v.lead.observer) refuse((t) => t.errors.observerLeads({ agency: v.lead.name }));
  if (v.startsOn > v.dueOn) refuse((t) => t.errors.planOrder);
  const supporting = v.supporting.map(({ id }) => id).filter((id) => id !== v.lead.id);
  return {
    objective_id: objectiveId,
    n,
    at: work.now,
    by_id: by,
    title: v.title,
    pillar: v.pillar,
    requirement: v.requirement ?? null,
    measure: v.measure ?? null,
    legal_review: v.legalReview,
    lead_agency_id: v.lead.id,
    supporting: [...new Set(supporting)],
    state: v.state,
    label: v.label,
    starts_on: v.startsOn,
    due_on: v.dueOn,
  };
}

export type Measuring = {
  name: string;
  unit: string;
  baseline: string;
  target: string;
  frequency: Frequency;
  source: string;
  agency: Agency;
  firstDue: Day;
};

/** @param n of an indicator that there is: it is measured so from now on */
export async function setIndicator(
  c: Context,
  objective: Objective,
  measuring: Measuring,
  n?: number,
): Promise<Measured> {
  const { work } = c;
  const before = n === undefined ? undefined : indicatorOf(objective, n);
  if (!before && objective.indicators.length >= MOST_INDICATORS)
    refuse((t) => t.errors.planFull({ ref: objective.ref, max: MOST_INDICATORS }));
  const id = before
    ? await addIndicatorVersion(work, c.person.id, before.id, measuring)
    : await insertIndicator(work, c.person.id, objective, measuring);
  const changed = await touched(work, objective);
  const indicator = must(changed.indicators.find((one) => one.id === id));
  await happened(c, changed, "plan.indicator", {
    indicator: indicator.ref,
    answers: indicator.agency.handle,
    frequency: indicator.frequency,
  });
  await scheduleIndicator(work, changed, indicator);
  if (before?.agency.id !== indicator.agency.id) await notifying.asked(work, changed, indicator, c.person.id);
  return { objective: changed, indicator };
}

/** @throws Refusal as of a version of it. @returns its id */
export async function insertIndicator(
  work: UnitOfWork,
  by: string,
  objective: Pick<Objective, "id">,
  measuring: Measuring,
): Promise<string> {
  const { n } = await work.tx
    .selectFrom("indicators")
    .select((eb) => eb.fn.coalesce(eb.fn.max("n"), eb.val(0)).as("n"))
    .where("objective_id", "=", objective.id)
    .executeTakeFirstOrThrow();
  const id = randomUUID();
  await work.tx
    .insertInto("indicators")
    .values({ id, objective_id: objective.id, n: Number(n) + 1 })
    .execute();
  return addIndicatorVersion(work, by, id, measuring);
}

async function addIndicatorVersion(
  work: UnitOfWork,
  by: string,
  indicatorId: string,
  m: Measuring & { dropped?: boolean },
): Promise<string> {
  const n = await nextVersion(work, "indicator_versions", indicatorId);
  await work.tx
    .insertInto("indicator_versions")
    .values(indicatorVersion(work, by, indicatorId, n, m))
    .execute();
  return indicatorId;
}

/** @throws Refusal when an observer is to answer, or nothing is to change */
function indicatorVersion(
  work: UnitOfWork,
  by: string,
  indicatorId: string,
  n: number,
  m: Measuring & { dropped?: boolean },
) {
  if (m.agency.observer) refuse((t) => t.errors.observerAnswers({ agency: m.agency.name }));
  if (sameNumber(m.baseline, m.target)) refuse((t) => t.errors.sameTarget({ said: m.target }));
  return {
    indicator_id: indicatorId,
    n,
    at: work.now,
    by_id: by,
    name: m.name,
    unit: m.unit,
    baseline: m.baseline,
    target: m.target,
    frequency: m.frequency,
    source: m.source,
    agency_id: m.agency.id,
    first_due: m.firstDue,
    dropped: m.dropped ?? false,
  };
}

/** It is measured no longer; what was told of it stays. */
export async function dropIndicator(c: Context, { objective, indicator }: Measured): Promise<Objective> {
  const { work } = c;
  await addIndicatorVersion(work, c.person.id, indicator.id, { ...indicator, dropped: true });
  const changed = await touched(work, objective);
  await happened(c, changed, "plan.indicator", { indicator: indicator.ref, dropped: true });
  await scheduleIndicator(work, { ...objective, state: "dropped" }, indicator);
  return changed;
}

export type ReportedFigure = { value: string; period?: Day; evidence?: string; words?: string };

/**
 * The figure of a period; one told before for it is corrected by this one and stays on record.
 * @returns how the indicator stands now, and the period that was meant
 */
export async function report(
  c: Context,
  { objective, indicator }: Measured,
  told: ReportedFigure,
): Promise<Measured & { period: Day }> {
  const { work } = c;
  checkReports(c, indicator);
  const asked = askedNow(work, objective, indicator) ?? indicator.last?.period;
  const today = todayIn(work.body, work.now);
  const period = told.period ?? asked ?? today;
  const latest = asked && asked > today ? asked : today;
  if (period > latest) refuse((t) => t.errors.periodAhead({ said: period, latest }));
  await work.tx
    .insertInto("plan_progress")
    .values({
      indicator_id: indicator.id,
      n: await nextVersion(work, "plan_progress", indicator.id),
      at: work.now,
      by_id: c.person.id,
      agency_id: c.person.agencyId,
      value: told.value,
      period,
      evidence: told.evidence ?? null,
      words: told.words ?? null,
    })
    .execute();
  const changed = await touched(work, objective);
  const now = indicatorOf(changed, indicator.n);
  await happened(
    c,
    changed,
    "plan.progress",
    { indicator: indicator.ref, value: told.value, period, corrects: indicator.last?.period === period },
    told.words,
  );
  await scheduleIndicator(work, changed, now);
  return { objective: changed, indicator: now, period };
}

/** @throws Refusal when another agency answers for it */
export function checkReports(c: Context, { ref, agency }: Indicator): void {
  if (!mayReport(c.viewer, agency.id))
    refuse((t) => t.errors.notAnswering({ ref, agency: agency.name }), "party.plan.report");
}

export function checkRaises(c: Context, objective: Objective): void {
  if (!mayRaise(c.viewer, subjectOf(objective)))
    refuse((t) => t.errors.notLeading({ ref: objective.ref, agencies: namesOf(objective) }), "party.plan.obstacle");
}

export async function raise(c: Context, objective: Objective, words: string): Promise<Objective> {
  const { work } = c;
  checkRaises(c, objective);
  const n = (await obstaclesOf(work, [objective.id])).length + 1;
  const id = randomUUID();
  await work.tx
    .insertInto("plan_obstacles")
    .values({
      id,
      objective_id: objective.id,
      n,
      words,
      by_id: c.person.id,
      agency_id: c.person.agencyId,
      at: work.now,
      resolved_at: null,
      resolved_by: null,
    })
    .execute();
  const changed = await touched(work, objective);
  await happened(c, changed, "plan.obstacle", { n }, words);
  await notifying.obstacle(work, changed, id, c.person.id, "obstacle");
  return changed;
}

export async function resolveObstacle(c: Context, objective: Objective, n: number): Promise<Objective> {
  const { work } = c;
  checkTends(c, objective);
  const found = (await obstaclesOf(work, [objective.id])).find(({ obstacle }) => obstacle.n === n)?.obstacle;
  if (!found || found.resolvedAt) return refuse((t) => t.errors.noObstacle({ ref: objective.ref, n }));
  await work.tx
    .updateTable("plan_obstacles")
    .set({ resolved_at: work.now, resolved_by: c.person.id })
    .where("id", "=", found.id)
    .execute();
  const changed = await touched(work, objective);
  await happened(c, changed, "plan.resolved", { n });
  await notifying.obstacle(work, changed, found.id, c.person.id, "resolved");
  return changed;
}

/** What feeds it. Whoever links must know of the other end themselves; what the link shows is for each reader to see. */
export async function link(c: Context, objective: Objective, reference: Reference): Promise<void> {
  checkTends(c, objective);
  const { kind, id } = await findLinkable(c, reference);
  await addLink(c, objective, kind, id);
}

export async function addLink(c: Context, objective: Objective, kind: string, id: string): Promise<void> {
  const { work } = c;
  const row = await work.tx
    .insertInto("plan_links")
    .values({ objective_id: objective.id, kind, item_id: id, by_id: c.person.id, at: work.now })
    .onConflict((o) => o.columns(["objective_id", "kind", "item_id"]).doNothing())
    .returning("item_id")
    .executeTakeFirst();
  if (row) await happened(c, objective, "plan.linked", { kind });
}

export async function unlink(c: Context, objective: Objective, reference: Reference): Promise<void> {
  const { work } = c;
  checkTends(c, objective);
  const { kind, id } = await findLinkable(c, reference);
  const row = await work.tx
    .deleteFrom("plan_links")
    .where("objective_id", "=", objective.id)
    .where("kind", "=", kind)
    .where("item_id", "=", id)
    .returning("item_id")
    .executeTakeFirst();
  if (!row) refuse((t) => t.errors.noLink({ ref: objective.ref, to: reference.text }));
  await happened(c, objective, "plan.unlinked", { kind });
}

/** Loads an objective that a reference names, held until the commit. */
export async function findObjective(c: Context, reference: Reference): Promise<Objective> {
  return OBJECTIVES.find(c, reference);
}

/** `O-5/2`; `O-5` alone where it has one indicator. */
export async function findMeasured(c: Context, reference: Reference): Promise<Measured> {
  const objective = await findObjective(c, reference);
  const [only, another] = objective.indicators;
  if (reference.part !== undefined) return { objective, indicator: indicatorOf(objective, reference.part) };
  if (!only) return refuse((t) => t.errors.noIndicators({ ref: objective.ref }));
  if (another) return refuse((t) => t.errors.whichIndicator({ ref: objective.ref, example: another.ref }));
  return { objective, indicator: only };
}

const indicatorOf = (objective: Objective, n: number): Indicator =>
  objective.indicators.find((one) => one.n === n) ??
  refuse((t) => t.errors.noIndicator({ ref: `${objective.ref}/${n}` }));

const namesOf = ({ lead, supporting }: Objective): string[] => [lead, ...supporting].map(({ name }) => name);

export function checkTends(c: Context, objective: Objective): void {
  if (!mayTend(c.viewer, subjectOf(objective)))
    refuse((t) => t.errors.notTending({ ref: objective.ref, agencies: namesOf(objective) }), "party.plan.tend");
}

/** @throws Refusal where neither the objective nor a figure of it is theirs */
export function checkNeeds(c: Context, objective: Objective): void {
  if (mayNeed(c.viewer, answeredSubjectOf(objective))) return;
  const agencies = [...new Set([...namesOf(objective), ...objective.indicators.map(({ agency }) => agency.name)])];
  refuse((t) => t.errors.notNeeding({ ref: objective.ref, agencies }), "party.plan.need");
}

const happened = (
  c: Context,
  objective: Objective,
  action: ActionName,
  detail: Record<string, string | number | boolean | undefined>,
  words?: string,
): Promise<void> =>
  recordAct(c, {
    action,
    item: itemOf(objective),
    detail: {
      pillar: objective.pillar,
      objective: objective.ref,
      agency: c.person.agency.handle,
      ...detail,
    },
    words,
  });

/** Raises its version, refreshes every card, and reads it again. */
async function touched(work: UnitOfWork, objective: Objective): Promise<Objective> {
  await work.tx
    .updateTable("objectives")
    .set({ version: objective.version + 1 })
    .where("id", "=", objective.id)
    .execute();
  await refresh(work, itemOf(objective));
  return OBJECTIVES.reload(work, objective.id);
}

const OF = {
  objective_versions: "objective_id",
  indicator_versions: "indicator_id",
  plan_progress: "indicator_id",
} as const;

/** The objective's row is held, so nobody else counts on at this moment. */
async function nextVersion(work: UnitOfWork, table: keyof typeof OF, id: string): Promise<number> {
  const { n } = await work.tx
    .selectFrom(table)
    .select((eb) => eb.fn.coalesce(eb.fn.max("n"), eb.val(0)).as("n"))
    .where(OF[table], "=", id)
    .executeTakeFirstOrThrow();
  return Number(n) + 1;
}

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("a row of the plan is gone");
  return found;
}
