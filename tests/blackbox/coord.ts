import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The real program, started as an operator starts it; everything that these tests know of it comes out of its pipes and ports. */

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = join(ROOT, "bin", "coord.js");
/** Generous: several processes may share two processors. */
const START_MS = 80_000;

export type Env = Record<string, string>;
export type Ended = { code: number | null; signal: NodeJS.Signals | null };

/** Only what a program needs to run at all: nothing of this machine's configuration gets in. */
const bare = (): Env =>
  Object.fromEntries(
    ["PATH", "HOME", "TMPDIR"].flatMap((name) => (process.env[name] ? [[name, process.env[name] as string]] : [])),
  );

const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

function run(env: Env, argv: string[]) {
  const child = spawn(process.execPath, [PROGRAM, ...argv], {
    cwd: ROOT,
    env: { ...bare(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  living.add(child);
  const said = { text: "", afterMs: Number.POSITIVE_INFINITY };
  const began = Date.now();
  for (const pipe of [child.stdout, child.stderr])
    pipe.setEncoding("utf8").on("data", (chunk: string) => {
      said.text += chunk;
      said.afterMs = Math.min(said.afterMs, Date.now() - began);
    });
  const ended = new Promise<Ended>((resolve) =>
    child.once("close", (code, signal) => {
      living.delete(child);
      resolve({ code, signal });
    }),
  );
  return { child, said, ended };
}

/** `node bin/coord.js …` to its end. */
export async function cli(env: Env, ...argv: string[]): Promise<{ code: number | null; out: string }> {
  const { said, ended } = run(env, argv);
  const { code } = await ended;
  return { code, out: said.text };
}

/** As `cli`, where anything but success fails the test. */
export async function must(env: Env, ...argv: string[]): Promise<string> {
  const { code, out } = await cli(env, ...argv);
  if (code !== 0) throw new Error(`coord ${argv.join(" ")} ended with ${code}:\n${out}`);
  return out;
}

export class Coord {
  private constructor(
    readonly env: Env,
    readonly pid: number,
    readonly port: number,
    /** Of the operator's pages and the workbench. */
    readonly adminPort: number,
    private readonly parts: ReturnType<typeof run>,
  ) {}

  /** Started and ready: its last line at the start is there. */
  static async start(env: Env): Promise<Coord> {
    const parts = run({ HOST: "127.0.0.1", PORT: "0", COORD_LOG: "info", ...env }, ["start"]);
    let ended: Ended | undefined;
    void parts.ended.then((how) => {
      ended = how;
    });
    await until(
      "Coord has started",
      () => ended !== undefined || parts.said.text.includes('"msg":"started"'),
      START_MS,
    );
    const port = /"port":(\d+)/.exec(parts.said.text)?.[1];
    const admin = /"adminPort":(\d+)/.exec(parts.said.text)?.[1];
    if (ended || !port || !admin || !parts.child.pid) throw new Error(`Coord did not start:\n${parts.said.text}`);
    return new Coord(env, parts.child.pid, Number(port), Number(admin), parts);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get admin(): string {
    return `http://127.0.0.1:${this.adminPort}`;
  }

  /** What this process has said so far. */
  get said(): string {
    return this.parts.said.text;
  }

  /** How long it was silent after it was started. */
  get silentMs(): number {
    return this.parts.said.afterMs;
  }

  get alive(): boolean {
    return this.parts.child.exitCode === null && this.parts.child.signalCode === null;
  }

  cli(...argv: string[]) {
    return cli(this.env, ...argv);
  }

  must(...argv: string[]) {
    return must(this.env, ...argv);
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Ended> {
    if (this.alive) process.kill(this.pid, signal);
    return this.parts.ended;
  }

  /** As a power cut ends it. */
  async kill(): Promise<void> {
    await this.stop("SIGKILL");
  }

  /** Stopped where it still runs, for the end of a test. */
  async close(): Promise<void> {
    await this.kill();
  }
}

/** Waits until something holds, looking often. */
export async function until<T>(what: string, look: () => T | Promise<T>, ms = 30_000): Promise<NonNullable<T>> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}`);
    await pause(40);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

// Data directories

const folders: string[] = [];

export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "coord-bb-"));
  folders.push(folder);
  return folder;
}

/** After the last test of a file, also where one failed half-way: no process and no folder stays behind. */
export async function cleanUp(): Promise<void> {
  await Promise.all(
    [...living].map(
      (child) =>
        new Promise<void>((done) => {
          child.once("close", () => done());
          child.kill("SIGKILL");
        }),
    ),
  );
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
}

/** The body that every made folder and `setUp` has. */
export const BODY = [
  ...["init", "--name", "Northern Coordination Body", "--slug", "north", "--zone", "Europe/Athens"],
  ...["--agency", "police=National Police:law_enforcement", "labour=Labour Inspectorate:labour"],
];

/**
 * A data directory with the body in it and nobody yet, made by `coord init` once for each state of the migrations
 * and copied: a fresh embedded database costs seconds. The secret key is left out, so that each copy makes its own.
 */
export async function madeFolder(): Promise<string> {
  const template = join(tmpdir(), `coord-bb-template-${await fingerprint()}`);
  if (!existsSync(template)) {
    const own = await mkdtemp(join(tmpdir(), "coord-bb-making-"));
    await must({ COORD_DATA_DIR: own, COORD_DEMO: "0" }, ...BODY);
    await rm(join(own, "secret.keys"));
    // Two files may make it at once: it appears whole, or another's is taken.
    await rename(own, template).catch(() => rm(own, { recursive: true, force: true }));
    await forgetOld(template);
  }
  const folder = await emptyFolder();
  await cp(template, folder, { recursive: true });
  return folder;
}

/** Those of earlier migrations, unless another run may be copying one at this moment. */
async function forgetOld(template: string): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const path = join(tmpdir(), name);
    if (!name.startsWith("coord-bb-template-") || path === template) continue;
    const made = (await stat(path).catch(() => undefined))?.ctimeMs ?? Date.now();
    if (Date.now() - made > 3_600_000) await rm(path, { recursive: true, force: true });
  }
}

async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update(BODY.join());
  const migrations = join(ROOT, "src", "store", "migrations");
  for (const file of (await readdir(migrations)).sort()) hash.update(await readFile(join(migrations, file)));
  return hash
    .update(await readFile(join(ROOT, "package-lock.json")))
    .digest("hex")
    .slice(0, 16);
}
