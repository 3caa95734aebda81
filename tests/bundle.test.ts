import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** `bin/coord.js` in a small house of its own: what it runs is made once, and again after a change. */

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

let house: string;
beforeEach(async () => {
  house = await mkdtemp(join(tmpdir(), "coord-bundle-"));
  await cp(join(REPOSITORY, "bin"), join(house, "bin"), { recursive: true });
  await writeFile(join(house, "package.json"), '{"type":"module"}');
  await writeFile(join(house, "package-lock.json"), "{}");
  for (const folder of ["adapters", "commands", "src/cli", "node_modules/@esbuild"])
    await mkdir(join(house, folder), { recursive: true });
  for (const name of ["esbuild", "tsx", "get-tsconfig", ...(await binaries())])
    await symlink(join(REPOSITORY, "node_modules", name), join(house, "node_modules", name)).catch(() => undefined);
  await writeFile(
    join(house, "src/cli/program.ts"),
    `export const help = async (argv: string[], write: (text: string) => void) =>
      argv[0] === "--help" ? (write("help"), 0) : undefined;`,
  );
  await writeFile(join(house, "src/words.txt"), "beside");
  await says("first");
});
afterEach(() => rm(house, { recursive: true }));

const binaries = async () =>
  (await readdir(join(REPOSITORY, "node_modules/@esbuild"))).map((name) => join("@esbuild", name));

const says = (word: string) =>
  writeFile(
    join(house, "src/main.ts"),
    `import { readFileSync } from "node:fs";
    export async function main(argv: string[]): Promise<void> {
      console.log("${word}", readFileSync(new URL("./words.txt", import.meta.url), "utf8"), ...argv);
    }`,
  );

const coord = async (...argv: string[]) =>
  (await run(process.execPath, [join(house, "bin/coord.js"), ...argv])).stdout.trim();
const kept = () => readdir(join(house, "node_modules/.cache/coord"));

describe("what bin/coord.js runs", () => {
  it("is made once, and a source reads what lies beside it", async () => {
    expect(await coord("doctor")).toBe("first beside doctor");
    const made = await kept();
    expect(made).toHaveLength(1);
    expect(await coord("--help")).toBe("help");
    expect(await kept()).toEqual(made);
  });

  it("is made again after a change, and what is a day old goes", async () => {
    await coord("doctor");
    const [old = ""] = await kept();
    await utimes(join(house, "node_modules/.cache/coord", old), new Date(0), new Date(0));
    await says("second");
    expect(await coord("doctor")).toBe("second beside doctor");
    expect(await kept()).not.toContain(old);
  });

  it("is whole where several begin at once", async () => {
    const said = await Promise.all([1, 2, 3, 4].map(() => coord("doctor")));
    expect(said).toEqual(Array(4).fill("first beside doctor"));
    expect(await kept()).toHaveLength(1);
  });

  it("is the sources where nothing can be kept", async () => {
    await writeFile(join(house, "node_modules/.cache"), "not a folder");
    expect(await coord("doctor")).toBe("first beside doctor");
    expect(await coord("--help")).toBe("help");
  });
});
