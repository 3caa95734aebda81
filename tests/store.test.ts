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

/** Puts a row of ones, empty lists and whatever each check allows first into every table, as far as its checks allow any. */
async function fillEveryTable(store: Store): Promise<string[]> {
  const { rows: tables } = await sql<{ name: string; columns: string; values: string }>`
    select c.relname as name, string_agg(quote_ident(a.attname), ', ') as columns,
      string_agg(coalesce(allowed.first, case
        when t.typcategory = 'N' then '1'
        when t.typcategory = 'B' then 'true'
        when t.typname = 'uuid' then 'gen_random_uuid()'
        when t.typname = 'jsonb' then '''{}'''
        when t.typname = 'xid8' then 'pg_current_xact_id()'
        when t.typcategory = 'D' then 'now()'
        when t.typcategory = 'A' then '''{}'''
        else '''x''' end) || '::' || format_type(a.atttypid, a.atttypmod), ', ') as values
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      left join lateral (
        select substring(pg_get_constraintdef(k.oid) from '''[^'']*''') as first from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
          and pg_get_constraintdef(k.oid) ~ 'ARRAY' limit 1) allowed on true
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname !~ '^kysely_'
      and a.attidentity = '' and a.attgenerated = ''
    group by c.relname order by c.relname`.execute(store.owner);
  return store.owner.connection().execute(async (one) => {
    // Foreign keys say nothing about what is emptied.
    await sql`set session_replication_role = replica`.execute(one);
    const filled: string[] = [];
    for (const { name, columns, values } of tables)
      await sql
        .raw(`insert into "${name}" (${columns}) values (${values})`)
        .execute(one)
        .then(
          () => filled.push(name),
          () => undefined,
        );
    await sql`set session_replication_role = origin`.execute(one);
    return filled;
  });
}

describe("a database that is lent", () => {
  it("is not lent again with a schema that somebody changed", async () => {
    const first = await testStore();
    await sql`create function no_pace() returns trigger language plpgsql as 'begin return null; end'`.execute(
      first.store.owner,
    );
    await sql`create trigger no_pace before insert on pace for each row execute function no_pace()`.execute(
      first.store.owner,
    );
    await first.close();
    const second = await testStore();
    await sql`insert into pace (key, free_at) values ('x', now())`.execute(second.store.owner);
    expect((await rowsOf(second.store)).pace).toBe(1);
    await second.close();
  });

  it("holds nothing of whoever had it before, in any table", async () => {
    const first = await testStore();
    const empty = await rowsOf(first.store);
    const filled = await fillEveryTable(first.store);
    const full = await rowsOf(first.store);
    expect(filled.length).toBeGreaterThan(0.8 * Object.keys(empty).length);
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
