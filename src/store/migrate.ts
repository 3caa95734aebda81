import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Kysely, type Migration, type MigrationProvider, Migrator, sql } from "kysely";
import { StartError } from "./lock.js";

const FOLDER = fileURLToPath(new URL("./migrations", import.meta.url));

/** Each file of `migrations/` once, in the order of their names, under the migrator's lock. */
const files: MigrationProvider = {
  async getMigrations() {
    const migrations: Record<string, Migration> = {};
    for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort()) {
      const text = await readFile(join(FOLDER, file), "utf8");
      migrations[file.replace(/\.sql$/, "")] = { up: async (db) => void (await sql.raw(text).execute(db)) };
    }
    return migrations;
  },
};

/** @returns the migrations applied now. @throws what the database said; StartError where a newer Coord has migrated it */
export async function migrate<T>(database: Kysely<T>): Promise<string[]> {
  const { error, results } = await new Migrator({ db: database, provider: files }).migrateToLatest();
  const [, newer] = /previously executed migration (\S+) is missing/.exec(String(error)) ?? [];
  if (newer)
    throw new StartError(
      `The database was brought up to date by a newer Coord (${newer}), and this one cannot read it. Install that version again, or restore the backup from before.`,
    );
  if (error) throw error;
  return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
}
