import { type RawBuilder, sql } from "kysely";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Cut, MEASURE_IDS, type Measure, type MeasureId, measure, type StockId } from "./measures.js";

/** What the record says of one period: totals, breakdowns, medians in seconds, and what stood at its end. */
export type Counts = {
  totals: ReadonlyMap<MeasureId, number>;
  cuts: ReadonlyMap<MeasureId, ReadonlyMap<Cut, ReadonlyMap<string, number>>>;
  medians: ReadonlyMap<MeasureId, number>;
  stocks: Readonly<Record<StockId, number>>;
};

/** A category that an event does not say. */
export const UNSAID = "unsaid";

type Row = { measure: MeasureId; level: number; keys: (string | null)[]; n: number };

/**
 * Counts the events of `[from, until)`. Each measure reads its own actions through the index of actions and moments,
 * once for all its breakdowns, so that the cost is that of the events that count.
 */
export async function countPeriod(work: UnitOfWork, { from, until }: { from: Date; until: Date }): Promise<Counts> {
  const span = { body: work.body.id, from, until };
  // Compiling so many small scans takes longer than running them.
  await sql`set local jit = off`.execute(work.tx);
  const parts = MEASURE_IDS.map((id) => countOf(id, measure(id), span));
  const { rows } = await sql<Row>`${sql.join(parts, sql` union all `)}`.execute(work.tx);
  const totals = new Map<MeasureId, number>(MEASURE_IDS.map((id) => [id, 0]));
  const cuts = new Map<MeasureId, Map<Cut, Map<string, number>>>();
  for (const { measure: id, level, keys, n } of rows) {
    const names = cutsOf(id);
    // In a grouping set a bit is set for each key that the row is not about (PostgreSQL, GROUPING).
    const about = names.findIndex((_, at) => (level & (1 << (names.length - 1 - at))) === 0);
    const cut = names[about];
    if (!cut) totals.set(id, Number(n));
    else {
      const found = cuts.get(id) ?? new Map<Cut, Map<string, number>>();
      cuts.set(id, found);
      const lines = found.get(cut) ?? new Map<string, number>();
      found.set(cut, lines);
      lines.set(keys[about] ?? UNSAID, Number(n));
    }
  }
  return { totals, cuts, medians: await mediansOf(work, span), stocks: await stocksAt(work, until) };
}

type Span = { body: string; from: Date; until: Date };

const cutsOf = (id: MeasureId): Cut[] => Object.keys(measure(id).cuts ?? {}) as Cut[];

function countOf(id: MeasureId, of: Measure, span: Span): RawBuilder<Row> {
  const keys = cutsOf(id).map((cut) => keyOf(of.cuts?.[cut] ?? ""));
  const n = of.sum ? sql`coalesce(sum((detail->>${of.sum})::int), 0)::int` : sql`count(*)::int`;
  if (keys.length === 0)
    return sql`select ${id}::text as measure, 0 as level, array[]::text[] as keys, ${n} as n from events where ${counted(of, span)}`;
  const columns = keys.map((_, at) => sql.ref(`k${at}`));
  const named = keys.map((key, at) => sql`${key} as ${sql.ref(`k${at}`)}`);
  const from = sql`(select ${sql.join(named)}, detail from events where ${counted(of, span)}) as one`;
  const sets = [sql`()`, ...columns.map((column) => sql`(${column})`)];
  return sql`select ${id}::text as measure, grouping(${sql.join(columns)}) as level, array[${sql.join(columns)}]::text[] as keys, ${n} as n
    from ${from} group by grouping sets (${sql.join(sets)})`;
}

const keyOf = (source: string) => (source === "code" ? sql`code` : sql`detail->>${sql.lit(source)}`);

function counted(of: Measure, { body, from, until }: Span) {
  const wheres = [
    sql`body_id = ${body}::uuid`,
    sql`action in (${sql.join(of.actions)})`,
    sql`at >= ${from}`,
    sql`at < ${until}`,
  ];
  if (of.where) wheres.push(sql`detail->>${sql.lit(of.where.key)} = ${of.where.is}`);
  // Both are written by `toISOString`, which sorts as text.
  if (of.cohort) wheres.push(sql`detail->>'since' >= ${from.toISOString()}`);
  return sql.join(wheres, sql` and `);
}

async function mediansOf(work: UnitOfWork, span: Span): Promise<Map<MeasureId, number>> {
  const parts = MEASURE_IDS.filter((id) => measure(id).median).map(
    (id) => sql`select ${id}::text as measure,
      percentile_disc(0.5) within group (order by (detail->>'seconds')::bigint)::float8 as seconds
      from events where ${counted(measure(id), span)} and detail ? 'seconds'`,
  );
  const { rows } = await sql<{
    measure: MeasureId;
    seconds: number | null;
  }>`${sql.join(parts, sql` union all `)}`.execute(work.tx);
  return new Map(rows.flatMap(({ measure, seconds }) => (seconds === null ? [] : [[measure, Number(seconds)]])));
}

/** By the last event of each task before that instant, whatever became of it since. */
async function stocksAt(work: UnitOfWork, at: Date): Promise<Record<StockId, number>> {
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*)::int as open, count(*) filter (where due < ${at.toISOString()})::int as overdue
    from (
      select distinct on (item_id) case action when 'task.asked' then 'asked' else detail->>'to' end as state,
        detail->>'due' as due
      from events
      where body_id = ${work.body.id}::uuid and item_kind = 'task' and at < ${at} and detail ? 'lead'
      order by item_id, id desc
    ) as last
    where state in ('asked', 'agreed')`.execute(work.tx);
  return { "tasks.open": Number(rows[0]?.open ?? 0), "tasks.overdue": Number(rows[0]?.overdue ?? 0) };
}
