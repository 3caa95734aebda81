import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import pg from "pg";
import { Store } from "../../src/store/database.js";
import { EmbeddedPool } from "../../src/store/embedded.js";
import { dropDatabase, freshDatabase, openTemplate } from "../store.js";
import { UNPACED } from "../template.js";
import { type Asked, idsIn } from "./questions.js";
import type { Refs } from "./story.js";

/** A key that everybody can read here: nothing in a dump is secret. */
export const SITE = "https://coord.example";
export const NO_SECRET = Buffer.alloc(32, "not a secret, only for tests. ");

/** What one version left: its database, and what it answered then. */
export type Recorded = {
  /** The moment at which the questions were asked. */
  at: string;
  refs: Refs;
  /** What was asked, one after the other, and answered. */
  asked: Asked[];
  /** What was sent by itself in the two days after that, by person. */
  sent: string[];
};

const FOLDER = new URL("./", import.meta.url);
const file = (version: string, name: string) => new URL(`${version}.${name}.br`, FOLDER);

export const versions = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".sql.br"))
    .map((name) => name.replace(".sql.br", ""))
    .sort();

const unpacked = (at: URL): string => brotliDecompressSync(readFileSync(at)).toString("utf8");
function pack(at: URL, text: string): void {
  mkdirSync(FOLDER, { recursive: true });
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(at, brotliCompressSync(text, { params }));
}

export const recorded = (version: string): Recorded => JSON.parse(unpacked(file(version, "json")));
export const record = (version: string, what: Recorded): void => pack(file(version, "json"), JSON.stringify(what));

/** Keeps a PostgreSQL database as statements that PGlite takes too. */
export function dump(version: string, url: string): void {
  const options = ["--inserts", "--rows-per-insert=100", "--no-owner", "--no-comments"];
  const { status, stdout, stderr } = spawnSync("pg_dump", [...options, url], { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`pg_dump: ${stderr}`);
  // Commands of psql and settings that only a newer server knows; the public schema is there already.
  const kept = stdout
    .split("\n")
    .filter((line) => !/^(?:--.*|\\.*|SET transaction_timeout.*|CREATE SCHEMA public;|)$/.test(line));
  pack(file(version, "sql"), kept.join("\n"));
}

/** The role that the tables are granted to belongs to the cluster, not to the database. */
const ROLE = `do $$ begin create role coord_app nologin; exception when duplicate_object or unique_violation then null; end $$;
  do $$ begin
    if not pg_has_role(current_user, 'coord_app', 'member') then execute format('grant coord_app to %I', current_user); end if;
  end $$;`;

/** `known`: the ids in the dump; any other was made since. */
export type Loaded = { store: Store; known: ReadonlySet<string>; close(): Promise<void> };

/** A version's database, opened by this one: its migrations have run. On PostgreSQL where TEST_DATABASE_URL names a server. */
export async function load(version: string): Promise<Loaded> {
  const dumped = unpacked(file(version, "sql"));
  const known = idsIn(dumped);
  // What pg_dump sets for its own session would stay for ours.
  const statements = `${ROLE}\n${dumped}\nreset all;\n${UNPACED}`;
  const server = process.env.TEST_DATABASE_URL;
  if (server) {
    const url = await freshDatabase(server);
    await execute(url, statements);
    const store = await Store.postgresql(url);
    const close = async () => {
      await store.close();
      await dropDatabase(server, url);
    };
    return { store, known, close };
  }
  // A third of what making a PGlite from nothing costs.
  const database = await openTemplate();
  await database.exec(
    `drop schema if exists numbers cascade; drop schema public cascade; create schema public;\n${statements}`,
  );
  const store = await Store.over(new EmbeddedPool(database));
  return { store, known, close: () => store.close() };
}

export async function execute(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}
