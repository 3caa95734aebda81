import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineJob, type Job } from "../../../src/lib/job.js";
import { silentLog } from "../../../src/lib/log.js";
import { type Backend, embeddedBackend, postgresqlBackend, Queues, redisBackend } from "../../../src/runtime/queue.js";
import { dropDatabase, freshDatabase } from "../../store.js";

/** One suite for every backend at hand: PGlite always, PostgreSQL and Redis where the environment names a server. */
type Make = () => Promise<{ open: () => Promise<Backend> | Backend; end: () => Promise<void> }>;

const BACKENDS: [string, Make][] = [
  [
    "embedded",
    async () => {
      const directory = await mkdtemp(join(tmpdir(), "coord-queue-"));
      return {
        open: () => embeddedBackend(join(directory, "queue")),
        end: () => rm(directory, { recursive: true, force: true }),
      };
    },
  ],
];
const postgresql = process.env.TEST_DATABASE_URL;
if (postgresql)
  BACKENDS.push([
    "postgresql",
    async () => {
      const url = await freshDatabase(postgresql);
      return { open: () => postgresqlBackend(url), end: () => dropDatabase(postgresql, url) };
    },
  ]);
const redis = process.env.TEST_REDIS_URL;
if (redis)
  BACKENDS.push([
    "redis",
    async () => {
      const prefix = `test-${randomUUID()}`;
      return { open: () => redisBackend(redis, prefix), end: async () => undefined };
    },
  ]);

const until = async (condition: () => boolean, ms = 15_000) => {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error("it never came to be");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe.each(BACKENDS)("queue on %s", (_name, make) => {
  const cleanUp: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const act of cleanUp.splice(0).reverse()) await act();
  });

  const start = async (run: (id: string) => Promise<void>) => {
    const { open, end } = await make();
    cleanUp.push(end);
    const job: Job = defineJob({
      id: "deliver",
      schema: z.object({ id: z.string() }),
      concurrency: 4,
      run: ({ id }) => run(id),
    }) as Job;
    const queues = async () => {
      const made = new Queues(await open(), silentLog);
      cleanUp.push(() => made.close());
      return made;
    };
    return { job, queues };
  };

  it("runs what is added, each once, at once", async () => {
    const ran: string[] = [];
    const { job, queues } = await start(async (id) => void ran.push(id));
    const q = await queues();
    await q.work([job]);
    await q.add(
      job,
      Array.from({ length: 50 }, (_, n) => ({ key: `row-${n}`, data: { id: `${n}` } })),
    );
    await until(() => ran.length >= 50);
    expect(new Set(ran).size).toBe(50);
    await q.ping();
  });

  it("keeps one of two with the same key while the first waits", async () => {
    const ran: string[] = [];
    const { job, queues } = await start(async (id) => void ran.push(id));
    const q = await queues();
    await q.add(job, [{ key: "same", data: { id: "first" } }]);
    await q.add(job, [{ key: "same", data: { id: "second" } }]);
    await q.work([job]);
    await q.add(job, [{ key: "last", data: { id: "last" } }]);
    await until(() => ran.includes("last"));
    expect(ran).toEqual(["first", "last"]);
  });

  it("waits as long as it is told", async () => {
    const ran: { id: string; at: number }[] = [];
    const { job, queues } = await start(async (id) => void ran.push({ id, at: Date.now() }));
    const q = await queues();
    await q.work([job]);
    const added = Date.now();
    await q.add(job, [
      { key: "late", data: { id: "late" }, delayMs: 700 },
      { key: "now", data: { id: "now" }, delayMs: -5 },
    ]);
    await until(() => ran.length === 2);
    expect(ran.map(({ id }) => id)).toEqual(["now", "late"]);
    expect((ran[1]?.at ?? 0) - added).toBeGreaterThanOrEqual(690);
  });

  it("does not run a job whose payload is not what the job says, and lives on", async () => {
    const ran: string[] = [];
    const { job, queues } = await start(async (id) => void ran.push(id));
    const q = await queues();
    await q.work([job]);
    await q.add(job, [
      { key: "bad", data: { other: 1 } },
      { key: "good", data: { id: "good" } },
    ]);
    await until(() => ran.length === 1);
    expect(ran).toEqual(["good"]);
  });

  it("finds after a restart what was not done before", async () => {
    const ran: string[] = [];
    const { job, queues } = await start(async (id) => void ran.push(id));
    const first = await queues();
    await first.add(job, [{ key: "kept", data: { id: "kept" } }]);
    await first.close();
    const second = await queues();
    await second.work([job]);
    await until(() => ran.length === 1);
    expect(ran).toEqual(["kept"]);
  });

  it("counts what waits", async () => {
    const { job, queues } = await start(async () => undefined);
    const q = await queues();
    await q.add(job, [{ key: "a", data: { id: "a" }, delayMs: 60_000 }]);
    expect((await q.depth()).deliver).toMatchObject({ delayed: 1 });
  });
});
