import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Coord's TypeScript in one piece, made where it is not there yet and again after a change: read file by file it takes
 * four times the processor time to import, and twice the memory. What a part needs only when it is used stays apart.
 */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = ["src", "adapters", "commands"];
const ENTRIES = ["src/cli/program.ts", "src/main.ts"];
const KEPT = join(ROOT, "node_modules/.cache/coord");
/** Those that are many small files and load nothing by themselves; whatever else is installed stays where it is. */
const TAKEN_IN = /^(date-fns|@date-fns\/tz|kysely|zod|chrono-node|hono|d3-scale|d3-shape)(\/|$)/;

/** @returns the addresses of the entries, or undefined where nothing can be written: the sources run then */
export async function bundled() {
  const folder = join(KEPT, stamp());
  if (!isThere(folder)) {
    const making = `${folder}.${process.pid}`;
    try {
      mkdirSync(making, { recursive: true });
    } catch {
      return undefined;
    }
    await make(making);
    keep(making, folder);
  }
  return Object.fromEntries(ENTRIES.map((entry) => [entry, pathToFileURL(join(folder, output(entry))).href]));
}

const output = (entry) => entry.replace(/\.ts$/, ".js");
const isThere = (folder) => ENTRIES.every((entry) => existsSync(join(folder, output(entry))));

/** Of what the pieces are made of: they are made again where any of it is newer, or stands elsewhere. */
function stamp() {
  const hash = createHash("sha256").update(`${ROOT}\n${process.versions.node}\n`);
  for (const file of [
    ...SOURCES.flatMap((folder) => filesIn(join(ROOT, folder))),
    ...["package-lock.json", "bin/bundle.js"].map((name) => join(ROOT, name)),
  ]) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${relative(ROOT, file)} ${mtimeMs} ${size}\n`);
  }
  return hash.digest("hex").slice(0, 32);
}

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

async function make(folder) {
  const { build, stop } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outbase: ".",
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    // Errors tell their names, and with `NODE_OPTIONS=--enable-source-maps` the lines of the sources.
    keepNames: true,
    sourcemap: "linked",
    logLevel: "error",
    plugins: [ownAddresses, packagesApart],
  });
  // Its process would live as long as this one.
  await stop();
}

function keep(made, folder) {
  try {
    renameSync(made, folder);
  } catch (error) {
    // Another process was as quick.
    rmSync(made, { recursive: true, force: true });
    if (!isThere(folder)) throw error;
  }
  for (const other of readdirSync(KEPT).map((name) => join(KEPT, name))) {
    const { mtimeMs = Date.now() } = statSync(other, { throwIfNoEntry: false }) ?? {};
    if (other !== folder && Date.now() - mtimeMs > DAY_MS) rmSync(other, { recursive: true, force: true });
  }
}
/** A process of the version before may still load parts of it. */
const DAY_MS = 86_400_000;

/** A file goes on reading what lies beside it. */
const ownAddresses = {
  name: "own addresses",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta.url")) return undefined;
      return { contents: text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)), loader: "ts" };
    });
  },
};

const packagesApart = {
  name: "packages apart",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === "entry-point" || TAKEN_IN.test(path) ? undefined : { path, external: true },
    );
  },
};
