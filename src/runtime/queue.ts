import { createPostgresBackend, type PgPool, Queue, runMigrations, Worker } from "bullmq";
import { Redis } from "ioredis";
import pg from "pg";
import type { Job } from "../lib/job.js";
import type { Log } from "../lib/log.js";
import { EmbeddedPool } from "../store/embedded.js";
import { ThreadedPGlite } from "../store/threaded.js";

/** Where BullMQ keeps its jobs. */
export type Backend = {
  kind: "redis" | "postgresql" | "embedded";
  queue(name: string): Queue;
  worker(name: string, run: (data: unknown) => Promise<void>, concurrency: number): Worker;
  /** Answers when the backend does. @throws when it does not */
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type Enqueue = { key: string; data: unknown; delayMs?: number; priority?: number };

/** What the core needs of a queue. */
export interface JobQueue {
  readonly kind: string;
  work(jobs: Job[]): Promise<void>;
  add(job: Job, entries: Enqueue[]): Promise<void>;
  addSoon(job: Job, entries: Enqueue[]): void;
  depth(): Promise<Record<string, Record<string, number>>>;
  /** BullMQ's own queues, for those who look at them. */
  queues(): Queue[];
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The queue holds what is to be done soon; the database holds what is to be done.
 * Losing the queue loses nothing: `reconcile` in main finds every row again.
 */
export class Queues implements JobQueue {
  readonly #queues = new Map<string, Queue>();
  readonly #workers: Worker[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(
    private readonly backend: Backend,
    private readonly log: Log,
  ) {}

  get kind(): Backend["kind"] {
    return this.backend.kind;
  }

  /** Takes work of these jobs from now on. */
  async work(jobs: Job[]): Promise<void> {
    for (const job of jobs) {
      this.#queue(job.id);
      const worker = this.backend.worker(job.id, async (data) => job.run(job.schema.parse(data)), job.concurrency);
      worker.on("error", (error) => this.log.error("queue.worker", error, { job: job.id }));
      worker.on("failed", (_job, error) => this.log.error("queue.failed", error, { job: job.id }));
      this.#workers.push(worker);
    }
    await Promise.all(this.#workers.map((worker) => worker.waitUntilReady()));
  }

  /** Adds jobs; of two with the same key, while the first is kept, one runs. Call it after the commit, never inside a transaction. */
  async add(job: Job, entries: Enqueue[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#queue(job.id).addBulk(
      entries.map(({ key, data, delayMs, priority }) => ({
        name: job.id,
        data,
        opts: {
          // BullMQ refuses ":" and digits alone in a job id.
          jobId: `${job.id}-${key}`,
          delay: Math.max(0, delayMs ?? 0),
          priority,
          removeOnComplete: true,
          // A kept failure would keep the reconciler from adding the row again.
          removeOnFail: true,
        },
      })),
    );
  }

  /** Adds without waiting; a failure is the reconciler's to mend. */
  addSoon(job: Job, entries: Enqueue[]): void {
    const adding = this.add(job, entries)
      .catch((error) => this.log.error("queue.add", error, { job: job.id, count: entries.length }))
      .finally(() => this.#underWay.delete(adding));
    this.#underWay.add(adding);
  }

  /** Jobs waiting, delayed, active and failed, by queue. */
  async depth(): Promise<Record<string, Record<string, number>>> {
    const entries = [...this.#queues].map(async ([name, queue]) => [
      name,
      await queue.getJobCounts("waiting", "prioritized", "delayed", "active", "failed"),
    ]);
    return Object.fromEntries(await Promise.all(entries));
  }

  queues(): Queue[] {
    return [...this.#queues.values()];
  }

  ping(): Promise<void> {
    return this.backend.ping();
  }

  /** Lets running jobs end, then closes; closed once, however often it is asked. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#workers.map((worker) => worker.close()));
    await Promise.allSettled(this.#underWay);
    await Promise.allSettled([...this.#queues.values()].map((queue) => queue.close()));
    await this.backend.close();
  }

  #queue(name: string): Queue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = this.backend.queue(name);
      queue.on("error", (error) => this.log.error("queue.error", error, { job: name }));
      this.#queues.set(name, queue);
    }
    return queue;
  }
}

/** @param url e.g. `redis://127.0.0.1:6379` */
export function redisBackend(url: string, prefix = "coord"): Backend {
  // A producer says at once that Redis is away, instead of holding the reply; a worker waits for it to come back.
  const producer = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: false });
  producer.on("error", () => undefined);
  const consumers: Redis[] = [];
  return {
    kind: "redis",
    queue: (name) => new Queue(name, { connection: producer, prefix }),
    worker: (name, run, concurrency) => {
      const connection = new Redis(url, { maxRetriesPerRequest: null });
      connection.on("error", () => undefined);
      consumers.push(connection);
      return new Worker(name, (job) => run(job.data), { connection, prefix, concurrency });
    },
    ping: async () => void (await producer.ping()),
    close: async () => {
      for (const connection of [producer, ...consumers]) connection.disconnect();
    },
  };
}

/** BullMQ's own PostgreSQL backend, in its own schema. */
export async function postgresqlBackend(url: string): Promise<Backend> {
  const pool = new pg.Pool({ connectionString: url, max: 12, keepAlive: true, options: `-c search_path=${SCHEMA}` });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return overPool("postgresql", pool as unknown as PgPool, () => pool.end());
}

/** The same on PGlite. It relies on the session's search path, so it has a directory of its own. */
export async function embeddedBackend(directory: string): Promise<Backend> {
  const pool = new EmbeddedPool(await ThreadedPGlite.open(directory));
  await pool.query(`create schema if not exists ${SCHEMA}`);
  await pool.query(`set search_path = ${SCHEMA}`);
  return overPool("embedded", pool as unknown as PgPool, () => pool.end());
}

const SCHEMA = "bullmq";

async function overPool(kind: Backend["kind"], pool: PgPool, end: () => Promise<void>): Promise<Backend> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  const connection = pool as never;
  return {
    kind,
    queue: (name) => new Queue(name, { connection }, createPostgresBackend as never) as Queue,
    worker: (name, run, concurrency) =>
      new Worker(name, (job) => run(job.data), { connection, concurrency }, createPostgresBackend as never) as Worker,
    ping: async () => void (await pool.query("select 1")),
    close: end,
  };
}
