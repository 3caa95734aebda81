import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import type { TestProject } from "vitest/node";
import { Store } from "../src/store/database.js";
import { EmbeddedPool } from "../src/store/embedded.js";

declare module "vitest" {
  export interface ProvidedContext {
    template: string;
  }
}

/**
 * A PGlite of this thread, with what the migrations need: cheaper to make and to take apart than the thread in which Coord
 * has its own.
 * @param from a dump of a data directory to begin with
 */
export const openEmbedded = (directory: string, from?: Blob): Promise<PGlite> =>
  PGlite.create(directory, { extensions: { pg_trgm }, loadDataDir: from });

/**
 * Messages wait for no turn of a platform's line: a World says when time passes, and turns are worked out by the
 * database's clock. What holds a tenant back, and how often people may do something, counts as ever.
 */
export const UNPACED = `
  create function unpaced() returns trigger language plpgsql as 'begin return null; end';
  create trigger unpaced before insert on pace for each row when (new.key ~ ' [0-9]+$') execute function unpaced();`;

/** A migrated PGlite as a file, made once a run: opening it takes a third of making it. */
export default async function setup(project: TestProject): Promise<void> {
  const folder = new URL("../src/store/migrations/", import.meta.url);
  const hash = createHash("sha256").update(UNPACED);
  for (const file of (await readdir(folder)).sort()) hash.update(file).update(await readFile(new URL(file, folder)));
  const path = join(tmpdir(), `coord-template-${hash.digest("hex").slice(0, 16)}.tar`);
  if (!existsSync(path)) {
    const database = await openEmbedded("memory://");
    const store = await Store.over(new EmbeddedPool(database));
    await database.exec(UNPACED);
    const dump = await database.dumpDataDir("none");
    // Two runs may make it at once: the file appears whole or not at all.
    const own = `${path}.${process.pid}`;
    await writeFile(own, Buffer.from(await dump.arrayBuffer()));
    await rename(own, path);
    await store.close();
  }
  project.provide("template", path);
}
