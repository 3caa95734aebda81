import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openEmbedded, Store } from "../src/store/database.js";
import { EmbeddedPool } from "../src/store/embedded.js";

declare module "vitest" {
  export interface ProvidedContext {
    template: string;
  }
}

/** A migrated PGlite as a file, made once a run: opening it takes a third of making it. */
export default async function setup(project: TestProject): Promise<void> {
  const folder = new URL("../src/store/migrations/", import.meta.url);
  const hash = createHash("sha256");
  for (const file of (await readdir(folder)).sort()) hash.update(file).update(await readFile(new URL(file, folder)));
  const path = join(tmpdir(), `coord-template-${hash.digest("hex").slice(0, 16)}.tar`);
  if (!existsSync(path)) {
    const database = await openEmbedded("memory://");
    const store = await Store.over(new EmbeddedPool(database));
    const dump = await database.dumpDataDir("none");
    // Two runs may make it at once: the file appears whole or not at all.
    const own = `${path}.${process.pid}`;
    await writeFile(own, Buffer.from(await dump.arrayBuffer()));
    await rename(own, path);
    await store.close();
  }
  project.provide("template", path);
}
