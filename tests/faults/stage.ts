import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { sql } from "kysely";
import { Store } from "../../src/store/database.js";
import { dropDatabase, freshDatabase } from "../store.js";
import { Recorder } from "./recorder.js";
import { type Seed, seed, seedBody } from "./seed.js";

const run = promisify(execFile);
const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function until(what: string, look: () => Promise<boolean> | boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}`);
    await pause(100);
  }
}

/** @throws Error that says what to do: without servers there is nothing to break */
export function servers(): { database: string; redis: string } {
  const { TEST_DATABASE_URL: database, TEST_REDIS_URL: redis } = process.env;
  if (!database || !redis)
    throw new Error(
      "The fault suite needs a PostgreSQL and a Redis: set TEST_DATABASE_URL and TEST_REDIS_URL, e.g. with `. .ci/services.sh && start_services`.",
    );
  return { database, redis };
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

/** A Redis of a test's own, that it may stop and start again on the same port. */
export class OwnRedis {
  #process: ChildProcess | undefined;
  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(): Promise<OwnRedis> {
    const own = new OwnRedis(await freePort(), await mkdtemp(join(tmpdir(), "coord-fault-redis-")));
    await own.up();
    return own;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const options = ["--port", String(this.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    this.#process = spawn("redis-server", [...options, "--dir", this.folder], { stdio: "ignore" });
    await until("Redis answers", () => this.client((redis) => redis.ping()).then(Boolean, () => false), 10_000);
  }

  /** As a machine that goes away. */
  async down(): Promise<void> {
    const ended = new Promise((resolve) => this.#process?.once("exit", resolve));
    this.#process?.kill("SIGKILL");
    await ended;
  }

  async client<T>(use: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    redis.on("error", () => undefined);
    try {
      await redis.connect();
      return await use(redis);
    } finally {
      redis.disconnect();
    }
  }

  async close(): Promise<void> {
    await this.down();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A PostgreSQL of a test's own, that it may restart. */
export class OwnPostgres {
  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly bin: string,
  ) {}

  static async start(): Promise<OwnPostgres> {
    const folder = await mkdtemp(join(tmpdir(), "coord-fault-pg-"));
    await chmod(folder, 0o755);
    const versions = await readdir("/usr/lib/postgresql").catch(() => []);
    const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1);
    const own = new OwnPostgres(await freePort(), folder, newest ? `/usr/lib/postgresql/${newest}/bin/` : "");
    const data = join(folder, "data");
    await run("mkdir", [data]);
    if (process.getuid?.() === 0) await run("chown", ["postgres", data]);
    await own.#as("initdb", "-D", data, "-U", "coord", "-A", "trust");
    await own.#ctl("start");
    return own;
  }

  get url(): string {
    return `postgresql://coord@127.0.0.1:${this.port}/postgres`;
  }

  restart(mode: "fast" | "immediate"): Promise<void> {
    return this.#ctl("restart", "-m", mode);
  }

  async close(): Promise<void> {
    await this.#ctl("stop", "-m", "immediate");
    await rm(this.folder, { recursive: true, force: true });
  }

  async #ctl(...what: string[]): Promise<void> {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200`;
    const log = join(this.folder, "data", "log");
    await this.#as("pg_ctl", "-D", join(this.folder, "data"), "-w", "-l", log, "-o", options, ...what);
  }

  /** PostgreSQL refuses to run as root. */
  async #as(tool: string, ...args: string[]): Promise<void> {
    const argv = [`${this.bin}${tool}`, ...args];
    const [command = "", ...rest] = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--", ...argv] : argv;
    // Its output is not read: the server that pg_ctl leaves behind would hold the pipe.
    await new Promise<void>((resolve, reject) => {
      const child = spawn(command, rest, { stdio: "ignore", cwd: "/" });
      child.once("error", reject);
      child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${tool} ended with ${code}`))));
    });
  }
}

export type Figures = {
  steps: number;
  fired: number;
  tellings: number;
  messages: number;
  lost: number;
  doubled: number;
  doubledInFlight: number;
  latenessP50: number;
  latenessMax: number;
  /** From a step's own moment to its message on the screen, in seconds. */
  seenP50: number;
  seenMax: number;
  late: number;
};

/** Against what never ends, not against a slow machine: beside the matrices thousands of messages take minutes. */
const LONGEST_MS = 900_000;

/** One body, its database, its recorder, and worker processes that come and go. */
export class Stage {
  readonly workers: Worker[] = [];
  /** Who was being told of what when something was broken: `Dn T-m`. */
  readonly inFlight = new Set<string>();

  private constructor(
    readonly store: Store,
    readonly databaseUrl: string,
    readonly redisUrl: string,
    readonly slack: Recorder,
    readonly body: string,
    private readonly keys: string,
    private readonly drop: () => Promise<void>,
  ) {}

  static async build(o: { redis?: string; postgres?: string } = {}): Promise<Stage> {
    const given = servers();
    const server = o.postgres ?? given.database;
    const url = await freshDatabase(server);
    const store = await Store.postgresql(url);
    const redis = o.redis ?? given.redis;
    if (!o.redis) {
      const client = new Redis(redis);
      await client.flushdb();
      client.disconnect();
    }
    const body = await seedBody(store);
    const keys = randomBytes(32).toString("base64");
    return new Stage(store, url, redis, await Recorder.start(), body, keys, () => dropDatabase(server, url));
  }

  seed(o: Seed): Promise<void> {
    return seed(this.store, this.body, o);
  }

  /** Where a process finds this stage. */
  get env(): Record<string, string> {
    return {
      DATABASE_URL: this.databaseUrl,
      REDIS_URL: this.redisUrl,
      SLACK_SIGNING_SECRET: "secret",
      SLACK_BOT_TOKEN: "xoxb-fault",
      SLACK_API_URL: this.slack.url,
      COORD_SECRET_KEYS: this.keys,
      COORD_DEMO: "0",
      COORD_LOG: "warn",
    };
  }

  async worker(env: Record<string, string> = {}): Promise<Worker> {
    const worker = await Worker.start({ ...this.env, ...env });
    this.workers.push(worker);
    return worker;
  }

  async counts(): Promise<{ fired: number; unfired: number; waiting: number; sent: number }> {
    const { rows } = await sql<{ fired: number; unfired: number; waiting: number; sent: number }>`
      select (select count(*)::int from reminder_steps where fired_at is not null) as fired,
        (select count(*)::int from reminder_steps where fired_at is null and item_kind <> 'card') as unfired,
        (select count(*)::int from outbox where state in ('pending', 'sending')) as waiting,
        (select count(*)::int from outbox where state = 'sent') as sent`.execute(this.store.owner);
    return rows[0] ?? { fired: 0, unfired: 0, waiting: 0, sent: 0 };
  }

  /** Steps that were due before then and have not fired. */
  async unfired(then: Date): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from reminder_steps where fired_at is null and due_at < ${then}`.execute(
      this.store.owner,
    );
    return rows[0]?.n ?? 0;
  }

  /** Remembers whose messages are between send and mark now: these alone may come twice. */
  async noteInFlight(): Promise<number> {
    const { rows } = await sql<{ key: string; row: string }>`
      select 'D' || substr(a.user_id, 2) || ' T-' || t.number as key, o.id as row
      from outbox o join reminder_tellings r on r.bundle = o.params->>'bundle' and r.person_id = o.person_id
        join reminder_steps s on s.id = r.step_id join tasks t on t.id = s.item_id
        join accounts a on a.person_id = o.person_id
      where o.state = 'sending'`.execute(this.store.owner);
    for (const { key } of rows) this.inFlight.add(key);
    return new Set(rows.map(({ row }) => row)).size;
  }

  async finished(ms = LONGEST_MS): Promise<void> {
    await until(
      "everything has fired and left",
      async () => {
        const { unfired, waiting } = await this.counts();
        return unfired === 0 && waiting === 0;
      },
      ms,
    ).catch(async (error: Error) => {
      const { rows } = await sql<{ state: string }>`
        select state, count(*)::int as n, min(attempts) as a0, max(attempts) as a1, min(due_at - now())::text as due0,
          max(due_at - now())::text as due1, min(lease_until - now())::text as lease0
        from outbox group by state`.execute(this.store.owner);
      const said = this.workers.map((worker) => worker.said.slice(-1_500)).join("\n");
      const counts = JSON.stringify([await this.counts(), rows]);
      throw new Error(`${error.message}: ${counts}\n${said}`);
    });
  }

  async figures(): Promise<Figures> {
    const { rows } = await sql<{ key: string; lateness: number; due: number }>`
      select 'D' || substr(a.user_id, 2) || ' T-' || t.number as key, extract(epoch from s.due_at)::float8 as due,
        extract(epoch from s.fired_at - s.due_at)::float8 as lateness
      from reminder_steps s join tasks t on t.id = s.item_id join accounts a on a.person_id = t.assignee_id`.execute(
      this.store.owner,
    );
    const { rows: tellings } = await sql<{ n: number }>`select count(*)::int as n from reminder_tellings`.execute(
      this.store.owner,
    );
    const told = this.slack.told();
    const doubled = [...told].filter(([, times]) => times > 1).map(([key]) => key);
    const lateness = rows.map((row) => row.lateness).sort((a, b) => a - b);
    const first = new Map<string, number>();
    for (const { channel, refs, at } of this.slack.posts)
      for (const ref of refs) if (!first.has(`${channel} ${ref}`)) first.set(`${channel} ${ref}`, at / 1_000);
    const seen = rows.map((row) => (first.get(row.key) ?? Number.NaN) - row.due).sort((a, b) => a - b);
    return {
      steps: rows.length,
      fired: rows.filter((row) => row.lateness !== null).length,
      tellings: tellings[0]?.n ?? 0,
      messages: this.slack.posts.length,
      lost: rows.filter((row) => !told.has(row.key)).length,
      doubled: doubled.length,
      doubledInFlight: doubled.filter((key) => this.inFlight.has(key)).length,
      latenessP50: Number((lateness[Math.floor(lateness.length / 2)] ?? 0).toFixed(2)),
      latenessMax: Number((lateness.at(-1) ?? 0).toFixed(2)),
      seenP50: Number((seen[Math.floor(seen.length / 2)] ?? 0).toFixed(1)),
      seenMax: Number((seen.at(-1) ?? 0).toFixed(1)),
      late: this.slack.posts.filter(({ text }) => text.includes("comes late")).length,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.kill()));
    await this.slack.stop();
    await this.store.close();
    await this.drop();
  }
}

const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

export class Worker {
  said = "";
  private constructor(private readonly process: ChildProcess) {}

  static async start(env: Record<string, string>): Promise<Worker> {
    const child = spawn(process.execPath, ["--import", "tsx", WORKER], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    living.add(child);
    child.once("exit", () => living.delete(child));
    const worker = new Worker(child);
    for (const pipe of [child.stdout, child.stderr])
      pipe?.setEncoding("utf8").on("data", (chunk: string) => {
        worker.said += chunk;
      });
    await until(
      "the worker is ready",
      () => {
        if (child.exitCode !== null) throw new Error(`the worker ended:\n${worker.said}`);
        return worker.said.includes("ready");
      },
      60_000,
    );
    return worker;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (!this.alive) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill(signal);
    await ended;
  }
}

/** What a run came to, on one line of the output. */
export const print = (what: string, figures: object): void =>
  console.log(
    `fault: ${what}: ${Object.entries(figures)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ")}`,
  );
