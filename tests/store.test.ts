import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Store } from "../src/store/database.js";
import { testStore } from "./store.js";

/** What the migrations leave behind: the tables and, in each, how many rows. */
async function rowsOf(store: Store): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    order by relname`.execute(store.owner);
  const counts: Record<string, number> = {};
  for (const { name } of rows) {
    const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(
      store.owner,
    );
    counts[name] = counted[0]?.n ?? 0;
  }
  return counts;
}

/** Puts a row of nothing but nulls, zeros and empty words into every table, whatever it demands of one. */
async function fillEveryTable(store: Store): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string; columns: string; values: string }>`
    select c.relname as name, string_agg(quote_ident(a.attname), ', ') as columns,
      string_agg(case
        when t.typcategory = 'N' then '1'
        when t.typcategory = 'B' then 'true'
        when t.typname = 'uuid' then 'gen_random_uuid()'
        when t.typname = 'jsonb' then '''{}'''
        when t.typname = 'xid8' then 'pg_current_xact_id()'
        when t.typname = 'bytea' then '''x'''
        when t.typcategory = 'D' then 'now()'
        when t.typcategory = 'A' then '''{}'''
        else '''x''' end || '::' || format_type(a.atttypid, a.atttypmod), ', ') as values
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname !~ '^kysely_'
      and a.attidentity = '' and a.attgenerated = ''
    group by c.relname order by c.relname`.execute(store.owner);
  return store.owner.connection().execute(async (one) => {
    // Neither foreign keys nor checks say anything about what is emptied.
    await sql`set session_replication_role = replica`.execute(one);
    const { rows: checks } = await sql<{ relation: string; name: string; rule: string }>`
      select conrelid::regclass::text as relation, conname as name, pg_get_constraintdef(oid) as rule from pg_constraint
      where contype = 'c' and connamespace = 'public'::regnamespace`.execute(one);
    await sql`begin`.execute(one);
    for (const { relation, name } of checks)
      await sql.raw(`alter table ${relation} drop constraint "${name}"`).execute(one);
    for (const { name, columns, values } of tables)
      await sql.raw(`insert into "${name}" (${columns}) values (${values})`).execute(one);
    for (const { relation, name, rule } of checks)
      await sql.raw(`alter table ${relation} add constraint "${name}" ${rule} not valid`).execute(one);
    await sql`commit`.execute(one);
    await sql`set session_replication_role = origin`.execute(one);
    return tables.map(({ name }) => name);
  });
}

describe("a database that is lent", () => {
  it("holds nothing of whoever had it before, in any table", async () => {
    const first = await testStore();
    const empty = await rowsOf(first.store);
    const filled = await fillEveryTable(first.store);
    const full = await rowsOf(first.store);
    expect(filled.length).toBeGreaterThan(60);
    expect(filled.filter((name) => full[name] === empty[name])).toEqual([]);
    await first.close();
    const second = await testStore();
    expect(await rowsOf(second.store)).toEqual(empty);
    await second.close();
  });

  it("is out of reach for whoever gave it back, and given back once", async () => {
    const first = await testStore();
    await first.close();
    await first.close();
    await expect(rowsOf(first.store)).rejects.toThrow();
    const [second, third] = [await testStore(), await testStore()];
    await sql`create table mark ()`.execute(second.store.owner);
    expect(Object.keys(await rowsOf(third.store))).not.toContain("mark");
    await sql`drop table mark`.execute(second.store.owner);
    await Promise.all([second.close(), third.close()]);
  });
});
