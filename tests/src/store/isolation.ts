import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../../../src/store/database.js";

type Column = { name: string; type: string; needed: boolean };
/** `columns`: those that a row must have, and those that say whose it is. */
export type Table = { name: string; walled: boolean; columns: Column[]; policies: { name: string }[] };

/** Every table there is, as the database itself tells it. */
export async function tablesOf(tx: Tx): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select c.relname as name, c.relrowsecurity as walled,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'needed', a.attnotnull and not a.atthasdef and a.attidentity = '') order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select json_agg(json_build_object('name', p.polname)) from pg_policy p
        where p.polrelid = c.oid), '[]') as policies
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`.execute(tx);
  return rows;
}

/** What makes a row one body's: its id, or an agency or a person that is in no other. */
export type Body = { id: string; agency: string; person: string };

/** Rows are made of what their columns need and of nothing else: what refers or is checked is in nobody's way until the end. */
export async function withoutChecks(tx: Tx): Promise<void> {
  await sql`do $$ declare c record; begin
    for c in select conrelid::regclass as tab, conname from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('f', 'c') loop
      execute format('alter table %s drop constraint %I', c.tab, c.conname);
    end loop; end $$`.execute(tx);
}

let made = 0;
const VALUES: Record<string, () => string> = {
  uuid: () => randomUUID(),
  text: () => `x${++made}`,
  integer: () => `${++made}`,
  bigint: () => `${++made}`,
  numeric: () => `${++made}`,
  boolean: () => "false",
  jsonb: () => "{}",
  date: () => "2026-01-01",
  "timestamp with time zone": () => "2026-01-01T00:00:00Z",
  xid8: () => "1",
  bytea: () => "",
};
const someValue = (type: string): string => {
  const make = type.endsWith("[]") ? () => "{}" : VALUES[type];
  if (!make) throw new Error(`a value of ${type} is wanted: say one`);
  return make();
};

/** What stands in the columns by which a table's rows are one body's. */
async function belonging(tx: Tx, { columns }: Table, body: Body): Promise<Record<string, string>> {
  const has = (name: string) => columns.some((column) => column.name === name);
  if (has("body_id")) return { body_id: body.id };
  if (has("agency_id") || has("person_id"))
    return { ...(has("agency_id") && { agency_id: body.agency }), ...(has("person_id") && { person_id: body.person }) };
  // An agency is a body's by being its member.
  const id = randomUUID();
  await sql`insert into members (body_id, agency_id) values (${body.id}, ${id})`.execute(tx);
  return { id };
}

const insert = (table: Table, values: Record<string, string>) => {
  const wanted = table.columns.filter(({ name, needed }) => needed || name in values);
  const cells = wanted.map(({ name, type }) => sql`${values[name] ?? someValue(type)}::text::${sql.raw(type)}`);
  return sql`insert into ${sql.table(table.name)} (${sql.join(wanted.map(({ name }) => sql.ref(name)))})
    values (${sql.join(cells)})`;
};

/**
 * What one body can do to the rows of another in this table: read, add, change, remove them, or make its own theirs.
 * Everything is undone.
 */
export async function breachesOf(tx: Tx, table: Table, mine: Body, theirs: Body): Promise<string[]> {
  const found: string[] = [];
  const belongs = (of: Record<string, string>) =>
    sql.join(
      Object.entries(of).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
      sql` and `,
    );
  await aside(tx, async () => {
    const [ours, values] = [await belonging(tx, table, mine), await belonging(tx, table, theirs)];
    const theirRows = belongs(values);
    for (const of of [ours, values]) await insert(table, of).execute(tx);
    const count = async () => {
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from ${sql.table(table.name)} where ${theirRows}`.execute(tx);
      return rows[0]?.n ?? 0;
    };
    await as(tx, theirs.id);
    if ((await count()) === 0) found.push("not even their own body sees them");
    for (const [who, body] of [
      ["another body", mine.id],
      ["no body", ""],
    ] as const) {
      await as(tx, body);
      if ((await count()) > 0) found.push(`read by ${who}`);
      if (await done(tx, insert(table, values))) found.push(`added by ${who}`);
    }
    await as(tx, mine.id);
    const [column = ""] = Object.keys(values);
    const same = sql`update ${sql.table(table.name)} set ${sql.ref(column)} = ${sql.ref(column)} where ${theirRows}`;
    if (await done(tx, same)) found.push("changed");
    if (await done(tx, sql`delete from ${sql.table(table.name)} where ${theirRows}`)) found.push("removed");
    const given = sql.join(Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`));
    if (await done(tx, sql`update ${sql.table(table.name)} set ${given} where ${belongs(ours)}`))
      found.push("given to them");
  });
  return found;
}

/** What a body is called is read before any is known; it is changed by itself alone. */
export async function breachesOfBodies(tx: Tx, mine: Body, theirs: Body): Promise<string[]> {
  return aside(tx, async () => {
    await as(tx, mine.id);
    const changed = await done(tx, sql`update bodies set name = name where id = ${theirs.id}`);
    return changed ? ["changed"] : [];
  });
}

const as = (tx: Tx, body: string) =>
  sql`select set_config('role', 'coord_app', true), set_config('coord.body', ${body}, true)`.execute(tx);

/** @returns whether a row was written */
async function done(tx: Tx, statement: ReturnType<typeof sql>): Promise<boolean> {
  let rows = 0;
  try {
    await aside(tx, async () => {
      rows = Number((await statement.execute(tx)).numAffectedRows ?? 0);
    });
  } catch (error) {
    // insufficient_privilege is the wall's answer, and that of a right which was never given. A row that is there
    // already (unique_violation) was let through by it.
    const { code } = error as { code?: string };
    if (code === "23505") return true;
    if (code !== "42501") throw error;
  }
  return rows > 0;
}

/** Undoes what was done, whatever came of it. */
export async function aside<T>(tx: Tx, act: () => Promise<T>): Promise<T> {
  await sql`savepoint aside`.execute(tx);
  try {
    return await act();
  } finally {
    await sql`rollback to savepoint aside`.execute(tx);
    await sql`release savepoint aside`.execute(tx);
  }
}
