import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { type Kysely, sql } from "kysely";
import pg from "pg";
import { inject } from "vitest";
import { Store } from "../src/store/database.js";
import { type EmbeddedClient, EmbeddedPool } from "../src/store/embedded.js";
import { openEmbedded, UNPACED } from "./template.js";

/** Read once a process; a Blob that is made of it would be copied in small pieces for every database. */
class Template extends Blob {
  constructor(private readonly tar: Buffer<ArrayBuffer>) {
    super([]);
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.tar.buffer.slice(this.tar.byteOffset, this.tar.byteOffset + this.tar.length);
  }
}

let template: Promise<Template> | undefined;
const theTemplate = (): Promise<Template> => {
  template ??= readFile(inject("template")).then((tar) => new Template(tar));
  return template;
};

/** PGlite in a directory of its own, as a small installation runs it. */
export const storeIn = async (directory: string): Promise<Store> => Store.embedded(directory, await theTemplate());

/** An empty PGlite, migrated. */
export const openTemplate = async (): Promise<PGlite> => openEmbedded("memory://", await theTemplate());

export type TestStore = { store: Store; url?: string; close(): Promise<void> };

/**
 * An empty database: on PostgreSQL where TEST_DATABASE_URL names a server that the tests may make databases on, else
 * PGlite. Opening one costs a second of CPU and emptying one a twentieth of that, so a database that is given back is
 * lent again, unless its schema was changed; tests/store.test.ts holds that nothing of the one before is in it.
 */
export async function testStore(): Promise<TestStore> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? lendPostgresql(server) : lendEmbedded();
}

/** Runs statements and gives the rows of each. */
type Run = (statements: string) => Promise<Record<string, unknown>[][]>;

/** @returns whether the database is as it was when it was opened, and may be lent again */
async function empty(run: Run, schema: unknown): Promise<boolean> {
  const [now, filled] = await run(`${SCHEMA}; ${FILLED}`);
  if (now?.[0]?.schema !== schema) return false;
  if (filled?.length) await run(emptying(filled.map(({ name }) => String(name))));
  return true;
}

const schemaOf = async (run: Run): Promise<unknown> => (await run(SCHEMA))[0]?.[0]?.schema;

const embedded: { database: PGlite; schema: unknown }[] = [];
const runOn =
  (database: PGlite): Run =>
  async (statements) =>
    (await database.exec(statements)).map(({ rows }) => rows as Record<string, unknown>[]);

async function lendEmbedded(): Promise<TestStore> {
  const lent = embedded.pop() ?? (await openLent());
  const { database, schema } = lent;
  const pool = new LentPool(database);
  const store = await Store.over(pool);
  const close = async () => {
    if (!(await pool.giveBack())) return;
    if (await empty(runOn(database), schema)) embedded.push(lent);
    else await database.close();
  };
  return { store, close };
}

async function openLent() {
  const database = await openTemplate();
  return { database, schema: await schemaOf(runOn(database)) };
}

/** The pool of one World: once that is closed, whatever still holds it reaches the database no more. */
class LentPool extends EmbeddedPool {
  #over = false;

  /** @returns whether it was out until now */
  async giveBack(): Promise<boolean> {
    if (this.#over) return false;
    this.#over = true;
    await this.idle();
    return true;
  }

  override async connect(): Promise<EmbeddedClient> {
    if (this.#over) throw new Error("This World is closed.");
    return super.connect();
  }

  override async end(): Promise<void> {
    await this.giveBack();
  }
}

const databases: { url: string; schema: unknown }[] = [];

async function lendPostgresql(server: string): Promise<TestStore> {
  let lent = databases.pop();
  const url = lent?.url ?? (await freshDatabase(server));
  const store = await Store.postgresql(url);
  if (!lent) await onUrl(url, (run) => run(UNPACED));
  lent ??= { url, schema: await onUrl(url, schemaOf) };
  const { schema } = lent;
  let out = true;
  const close = async () => {
    await store.close();
    if (!out) return;
    out = false;
    if (await onUrl(url, (run) => empty(run, schema))) databases.push({ url, schema });
    else await dropDatabase(server, url);
  };
  return { store, url, close };
}

const onUrl = <T>(url: string, act: (run: Run) => Promise<T>): Promise<T> =>
  withClient(url, (client) =>
    act(async (statements) =>
      [await client.query(statements)].flat().map(({ rows }) => rows as Record<string, unknown>[]),
    ),
  );

/** What every row of the catalog about the schema was last changed by. */
const SCHEMA = `select md5(string_agg(row, ',' order by row)) as schema from (
  select oid || ' ' || xmin as row from pg_class where relnamespace = 'public'::regnamespace
  union all select attrelid || ' ' || attnum || ' ' || a.xmin from pg_attribute a
    join pg_class c on c.oid = a.attrelid where c.relnamespace = 'public'::regnamespace
  union all select oid || ' ' || xmin from pg_proc where pronamespace = 'public'::regnamespace
  union all select oid || ' ' || xmin from pg_constraint where connamespace = 'public'::regnamespace
  union all select oid || ' ' || xmin from pg_trigger
  union all select oid || ' ' || xmin from pg_policy) changed`;

/** Tables that hold or held rows, but for the migrator's own. */
const FILLED = `select relname as name from pg_class
  where relkind = 'r' and relnamespace = 'public'::regnamespace and relname !~ '^kysely_' and pg_relation_size(oid) > 0`;

/** Deleting without the foreign keys' triggers is five times as fast as truncating, which makes new files. */
const emptying = (tables: readonly string[]): string =>
  [
    "set session_replication_role = replica",
    ...tables.map((name) => `delete from "${name}"`),
    "set session_replication_role = origin",
  ].join(";");

export async function freshDatabase(server: string): Promise<string> {
  const name = `coord_test_${randomUUID().replaceAll("-", "").slice(0, 16)}`;
  await withClient(server, (client) => client.query(`create database ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export const dropDatabase = (server: string, url: string): Promise<void> =>
  withClient(server, async (client) => {
    await client.query(`drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
  });

async function withClient<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** So many of a kind have been numbered in a body already, as after rows that a test wrote itself. */
export async function numbersFrom<T>(owner: Kysely<T>, body: string, kind: string, last: number): Promise<void> {
  await sql`select set_config('coord.body', ${body}, true), setval(number_sequence(${kind}), ${last}::bigint)`.execute(
    owner,
  );
}
