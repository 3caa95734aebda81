import { min } from "date-fns";
import { sql } from "kysely";
import { agenciesOf } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import { type Counts, countPeriod } from "./count.js";
import {
  FIGURE_IDS,
  type Figure,
  type FigureId,
  figure,
  type Counted as Line,
  TABLE_IDS,
  type Table,
  type TableId,
  table,
} from "./measures.js";
import type { Cell, Report, TableOf } from "./model.js";
import { instantsOf, isOver, type Period, periodBefore } from "./period.js";
import { type PlanAt, planAt } from "./plan.js";

/** Counts a period and the one before it, and puts the figures together. The same period gives the same figures. */
export async function reportOn(work: UnitOfWork, period: Period): Promise<Report> {
  const before = periodBefore(period);
  const now = await countOf(work, period);
  return reportFrom(work, { period, before, now, earlier: await countOf(work, before) });
}

/** What was counted of a period, and how the plan stood at its end. */
export type Counted = Counts & { plan: PlanAt };

/** One period, up to this moment where it is not over. */
export async function countOf(work: UnitOfWork, period: Period, zone = work.body.zone): Promise<Counted> {
  const { from, until } = instantsOf(period, zone);
  const end = min([until, work.now]);
  return { ...(await countPeriod(work, { from, until: end })), plan: await planAt(work, end) };
}

/** @param o the counts of both periods, taken in steps of a job or at once */
export async function reportFrom(
  work: UnitOfWork,
  o: { period: Period; before: Period; now: Counted; earlier: Counted },
): Promise<Report> {
  const agencies = await agenciesOf(work.tx);
  return {
    version: 1,
    period: o.period,
    before: o.before,
    zone: work.body.zone,
    over: isOver(o.period, dayOf(work.now, work.body.zone)),
    madeAt: work.now.toISOString(),
    record: await recordUpTo(work, o.period),
    figures: FIGURE_IDS.map((id) => ({
      id,
      section: figure(id).section,
      now: told(figure(id), o.now),
      before: told(figure(id), o.earlier),
    })),
    plan: {
      pillars: o.now.plan.pillars,
      indicators: o.now.plan.indicators.map(({ value, ...one }) => ({
        ...one,
        now: value,
        before: o.earlier.plan.indicators.find(({ ref }) => ref === one.ref)?.value,
      })),
    },
    tables: TABLE_IDS.map((id) => tableOf(id, table(id), o.now, o.earlier)),
    agencies: Object.fromEntries(agencies.map(({ handle, name }) => [handle, name])),
  };
}

export const countedIn = ({ totals, cuts }: Counts, { measure, cut, key }: Line): number =>
  cut
    ? (cuts
        .get(measure)
        ?.get(cut)
        ?.get(key ?? "") ?? 0)
    : (totals.get(measure) ?? 0);

function told(of: Figure, counts: Counted): Cell {
  switch (of.of) {
    case "count":
      return countedIn(counts, of);
    case "stock":
      return counts.stocks[of.stock];
    case "rate": {
      const part = countedIn(counts, of.part);
      return perCent(
        part,
        of.rest.reduce((sum, one) => sum + countedIn(counts, one), part),
      );
    }
    case "share":
      return perCent(countedIn(counts, of.part), countedIn(counts, of.whole));
    case "plan":
      return counts.plan.pillars.reduce((sum, pillar) => sum + pillar[of.plan], 0);
    case "median": {
      const seconds = counts.medians.get(of.measure);
      return seconds === undefined ? null : tenths(seconds, 86_400);
    }
  }
}

const perCent = (part: number, whole: number): number | null => (whole === 0 ? null : tenths(part * 100, whole));

/** To one decimal, a half away from zero, in whole numbers throughout so that no binary fraction tips it. */
const tenths = (part: number, whole: number): number => Math.floor((part * 20 + whole) / (whole * 2)) / 10;

function tableOf(id: TableId, { cut, columns, compared }: Table, now: Counts, before: Counts): TableOf {
  const periods = compared ? [now, before] : [now];
  const keys = new Set(
    columns.flatMap((one) => periods.flatMap((of) => [...(of.cuts.get(one)?.get(cut)?.keys() ?? [])])),
  );
  const lines = [...keys].sort().map((key) => ({
    key,
    cells: columns.flatMap((measure) => periods.map((of) => countedIn(of, { measure, cut, key }))),
  }));
  return { id, columns: [...columns], compared, lines };
}

/** The last event that could count, and the seal that holds it: who keeps the chain's head can check the rest. */
async function recordUpTo(work: UnitOfWork, period: Period): Promise<Report["record"]> {
  const { until } = instantsOf(period, work.body.zone);
  const events = sql`events where body_id = ${work.body.id}::uuid`;
  // Through the index of actions and moments, a step an action: the events are in no order of moments as a whole. Of two
  // transactions at once either may number its events first; none lasts a minute (store/database.ts).
  const { rows } = await sql<{ id: number | null }>`
    with recursive kinds as (
      (select action from ${events} order by action limit 1)
      union all
      select (select action from ${events} and action > kinds.action order by action limit 1)
      from kinds where kinds.action is not null
    ), last as (
      select max(one.at) as at from kinds, lateral (
        select at from ${events} and action = kinds.action and at < ${until} order by at desc limit 1
      ) as one
    )
    select max(one.id)::bigint as id from kinds, last, lateral (
      select max(id) as id from ${events} and action = kinds.action and at < ${until} and at >= last.at - interval '1 minute'
    ) as one`.execute(work.tx);
  const event = Number(rows[0]?.id ?? 0);
  const seal = event
    ? await work.tx
        .selectFrom("seals")
        .select(["n", "hash"])
        .where("last_id", ">=", event)
        .where("first_id", "<=", event)
        .where(sql<boolean>`${event}::bigint = any(event_ids)`)
        .executeTakeFirst()
    : undefined;
  return { event, ...(seal ? { seal } : {}) };
}

export const figureIn = (report: Report, id: FigureId) => report.figures.find((line) => line.id === id);
