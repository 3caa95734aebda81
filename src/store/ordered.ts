import { type RawBuilder, sql } from "kysely";
import type { Tx } from "./schema.js";

/** So many are counted at most; of more it is said that there are more. */
export const MOST_COUNTED = 500;

/**
 * A page of a long list, in an order that no single index has: late first, then by urgency, then by date. The list is cut
 * into bands that each stand in an index in their own order, and each band is read as far as the page reaches; so the
 * first page costs the same whatever stands behind it. What is counted ends at `MOST_COUNTED`.
 */
export type OrderedList = {
  table: "tasks" | "requests";
  /** What is read beside the rows themselves. */
  beside?: RawBuilder<unknown>;
  /** `values (…)` with the names of its columns, `rank` (smaller first) among them. */
  bands: RawBuilder<unknown>;
  /** Which rows belong to a band: all columns of the index before `listed_at`, and a range of that. */
  within: RawBuilder<unknown>;
  descending?: boolean;
  /** The ways to a row, each by an index of its own; a row that two ways lead to is met on the first alone. */
  ways: readonly RawBuilder<unknown>[];
  /** What else must hold of a row. */
  where: RawBuilder<unknown>;
  page: number;
  size: number;
};

/** @returns the rows of the page, and how many there are in the whole list: `MOST_COUNTED + 1` where there are more */
export async function pageOfOrdered<Row extends { id: string }>(
  tx: Tx,
  list: OrderedList,
): Promise<{ rows: Row[]; total: number }> {
  const { bands, within, ways, where, page, size } = list;
  const table = sql.table(list.table);
  const way = sql.raw(list.descending ? "desc" : "asc");
  const reach = page * size;
  const once = ways.map((one, at) =>
    at === 0 ? one : sql`${one} and (${sql.join(ways.slice(0, at), sql` or `)}) is not true`,
  );
  const found = once.map(
    (one) => sql`(select ${table}.id, ${table}.listed_at, ${table}.number from ${table}
      where ${within} and ${one} and ${where} order by ${table}.listed_at ${way}, ${table}.number ${way} limit ${reach})`,
  );
  const counted = once.map(
    (one) => sql`(select 1 from ${table} where ${within} and ${one} and ${where} limit ${MOST_COUNTED + 1})`,
  );
  // A page behind the last one has no row, and says all the same how many there are.
  const { rows } = await sql<{ id: null; all_of_them: number } | (Row & { all_of_them: number })>`with page as (
      select found.id, rank, found.listed_at, found.number
      from ${bands} cross join lateral (${sql.join(found, sql` union all `)}) found
      order by rank, found.listed_at ${way}, found.number ${way} limit ${size} offset ${reach - size}),
    counted as (select count(*)::int as all_of_them from (
      select 1 from ${bands} cross join lateral (${sql.join(counted, sql` union all `)}) met limit ${MOST_COUNTED + 1}) met)
    select ${table}.*, ${list.beside ? sql`${list.beside}, ` : sql``}all_of_them
    from counted left join page on true left join ${table} on ${table}.id = page.id
    order by rank, page.listed_at ${way}, page.number ${way}`.execute(tx);
  return { rows: rows.filter((row) => row.id !== null) as Row[], total: rows[0]?.all_of_them ?? 0 };
}
