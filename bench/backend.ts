import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { registry } from "../commands/index.js";
import { systemClock } from "../src/lib/clock.js";
import { createLog, silentLog } from "../src/lib/log.js";
import { type Backend, embeddedBackend, postgresqlBackend, Queues, redisBackend } from "../src/runtime/queue.js";
import { Runtime } from "../src/runtime/runtime.js";
import { Store } from "../src/store/database.js";
import { Vault } from "../src/store/vault.js";

/** What a bench runs on: the servers that the environment names, else the embedded parts; all of it gone afterwards. */
export type Ground = {
  kind: Backend["kind"];
  store: Store;
  runtime: Runtime;
  /** The same backend, with nothing of Coord's on it. */
  bare(): Promise<Backend>;
  /** Bytes that the queue holds. */
  queueBytes(): Promise<number>;
  close(): Promise<void>;
};

export async function openGround(): Promise<Ground> {
  const { DATABASE_URL: server, REDIS_URL: redis } = process.env;
  const ends: (() => Promise<unknown>)[] = [];
  const folder = await mkdtemp(join(tmpdir(), "coord-bench-"));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const url = server ? await ownDatabase(server, ends) : undefined;
  const store = url ? await Store.postgresql(url) : await Store.embedded(join(folder, "database"));
  const prefix = `coord-bench-${randomUUID().slice(0, 8)}`;
  const open = async (name: string): Promise<Backend> => {
    if (redis && url) return redisBackend(redis, `${prefix}-${name}`);
    if (url) return postgresqlBackend(url);
    return embeddedBackend(join(folder, `queue-${name}`));
  };
  const backend = await open("coord");
  const log = process.env.BENCH_LOG ? createLog("warn") : silentLog;
  const runtime = new Runtime(
    store,
    new Queues(backend, log),
    new Vault([randomBytes(32)]),
    systemClock,
    log,
    registry,
  );
  return {
    kind: backend.kind,
    store,
    runtime,
    bare: () => open("bare"),
    async queueBytes() {
      if (redis && url) {
        const client = new Redis(redis);
        const info = await client.info("memory");
        client.disconnect();
        return Number(/used_memory:(\d+)/.exec(info)?.[1]);
      }
      if (!url) return Number.NaN;
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query(
        "select coalesce(sum(pg_total_relation_size(c.oid)), 0)::float8 as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'bullmq' and c.relkind = 'r'",
      );
      await client.end();
      return rows[0].bytes;
    },
    async close() {
      await runtime.stop();
      if (redis && url) {
        const client = new Redis(redis);
        for await (const keys of client.scanStream({ match: `${prefix}*`, count: 1_000 }))
          if (keys.length) await client.unlink(...keys);
        client.disconnect();
      }
      for (const end of ends.reverse()) await end();
    },
  };
}

async function ownDatabase(server: string, ends: (() => Promise<unknown>)[]): Promise<string> {
  const name = `coord_bench_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`create database ${name}`);
  ends.push(() => admin(`drop database if exists ${name} with (force)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export async function until(what: string, look: () => Promise<boolean> | boolean, ms: number): Promise<void> {
  const end = Date.now() + ms;
  while (!(await look())) {
    if (Date.now() > end) throw new Error(`waited ${Math.round(ms / 1_000)} s in vain until ${what}`);
    await pause(50);
  }
}

export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? Number.NaN;
}

/** `--future=1000` → 1000 */
export function flag(name: string, otherwise: number): number {
  const given = process.argv.find((word) => word.startsWith(`--${name}=`))?.split("=")[1];
  const value = given === undefined ? otherwise : Number(given);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name}: a whole number is expected`);
  return value;
}
