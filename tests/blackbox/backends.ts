import { Redis } from "ioredis";
import { dropDatabase, freshDatabase } from "../store.js";
import type { Env } from "./coord.js";

/** Where Coord keeps its rows and its queue: embedded always, PostgreSQL and Redis where the environment names servers for tests. */
export type Backend = {
  name: string;
  /** Where the queue is a server of its own: it hears and answers nobody for so long. */
  deafen?: (ms: number) => Promise<void>;
  open(): Promise<{ env: Env; close(): Promise<void> }>;
};

const { TEST_DATABASE_URL: database, TEST_REDIS_URL: redis } = process.env;

/**
 * @param redisNumber Redis' own number of a database, so that files that run side by side do not take one another's jobs
 */
export function backends(redisNumber: number): Backend[] {
  const embedded: Backend = { name: "embedded", open: async () => ({ env: {}, close: async () => undefined }) };
  const parts = [
    ...(database ? [{ name: "PostgreSQL", postgresql: true, redis: false }] : []),
    ...(redis
      ? [{ name: database ? "PostgreSQL and Redis" : "embedded and Redis", postgresql: !!database, redis: true }]
      : []),
  ];
  return [
    embedded,
    ...parts.map(({ name, ...uses }) => ({
      name,
      ...(uses.redis && redis
        ? { deafen: (ms: number) => onRedis(redis, (client) => client.call("CLIENT", "PAUSE", ms, "ALL")) }
        : {}),
      async open() {
        const url = uses.postgresql && database ? await freshDatabase(database) : undefined;
        const queue = uses.redis && redis ? await emptyRedis(redis, redisNumber) : undefined;
        return {
          env: { ...(url ? { DATABASE_URL: url } : {}), ...(queue ? { REDIS_URL: queue } : {}) },
          close: async () => {
            if (url && database) await dropDatabase(database, url);
          },
        };
      },
    })),
  ];
}

async function emptyRedis(server: string, number: number): Promise<string> {
  const url = new URL(server);
  url.pathname = `/${number}`;
  await onRedis(url.href, (client) => client.flushdb());
  return url.href;
}

async function onRedis(url: string, act: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(url);
  try {
    await act(client);
  } finally {
    client.disconnect();
  }
}
