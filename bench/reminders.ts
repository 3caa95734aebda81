import { randomBytes, randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { sql } from "kysely";
import pg from "pg";
import { registry } from "../commands/index.js";
import type { Deliverer } from "../src/chat/index.js";
import { initBody } from "../src/cli/setup.js";
import { systemClock } from "../src/clock.js";
import { silentLog } from "../src/log.js";
import { type Backend, embeddedBackend, postgresqlBackend, Queues, redisBackend } from "../src/queue.js";
import { Runtime } from "../src/runtime.js";
import { Store } from "../src/store/database.js";
import { Vault } from "../src/store/vault.js";

/**
 * Reminders against bare BullMQ on the same backend in the same run: `npm run bench:reminders`.
 * DATABASE_URL and REDIS_URL name an empty database and a Redis of its own; without them all is embedded and smaller.
 * Everything is on this machine, bounded, and ends by itself. Absolute times say little; the ratios are the result.
 */
const database = process.env.DATABASE_URL;
const redis = process.env.REDIS_URL;
const SCALE = database ? 1 : 10;
const DUE = 10_000 / SCALE;
const FUTURE = [0, 100_000 / SCALE, 1_000_000 / SCALE];
const AGENCIES = 20;
const PEOPLE = 400;

const prefix = `bench-${randomUUID().slice(0, 8)}`;
const backend = async (): Promise<Backend> =>
  redis ? redisBackend(redis, prefix) : database ? postgresqlBackend(database) : embeddedBackend("memory://");

const store = database ? await Store.postgresql(database) : await Store.embedded("memory://");
const queues = new Queues(await backend(), silentLog);
const runtime = new Runtime(store, queues, new Vault([randomBytes(32)]), systemClock, silentLog, registry);
const delivered: Deliverer = {
  platform: "web",
  deliver: async () => ({
    conversation: { platform: "web", tenant: "bench", id: randomUUID(), kind: "personal" },
    id: randomUUID(),
  }),
};
runtime.adapters.set("web", delivered);

const body = await seed();
console.log(`backend: ${queues.kind}; ${PEOPLE} people, ${DUE} tasks`);

const bare = await bareJobs();
console.log(`bare BullMQ, empty processor: ${bare.toFixed(0)} jobs/s`);

await runtime.start();
const fired = await burst();
console.log(
  `reminders fired, every write included: ${fired.toFixed(0)} /s; ratio to bare ${(fired / bare).toFixed(2)}`,
);
await lateness("200 a second", 200, 10);
await lateness(`${DUE} within ten seconds`, DUE / 10, 10);
for (const count of FUTURE) await memory(count);

await runtime.stop();

/** One body, its agencies and people, and a task for each reminder. */
async function seed(): Promise<string> {
  await initBody(runtime, { name: "Bench", slug: "bench", zone: "UTC", lang: "en" });
  const { id } = await store.owner.selectFrom("bodies").select("id").executeTakeFirstOrThrow();
  const o = store.owner;
  await sql`insert into agencies (id, handle, name, mandate, zone) select gen_random_uuid(), 'a' || n, 'Agency ' || n, 'other', 'UTC' from generate_series(1, ${AGENCIES}::int) n`.execute(
    o,
  );
  await sql`insert into members (body_id, agency_id) select ${id}::uuid, id from agencies`.execute(o);
  await sql`insert into persons (id, agency_id, name, zone, work_from, work_to) select gen_random_uuid(), (select id from agencies where handle = 'a' || (1 + n % ${AGENCIES}::int)), 'Person ' || n, 'UTC', '00:00', '24:00' from generate_series(1, ${PEOPLE}::int) n`.execute(
    o,
  );
  await sql`insert into roles (body_id, person_id, role) select ${id}::uuid, id, 'staff' from persons`.execute(o);
  await sql`insert into accounts (platform, tenant, user_id, person_id) select 'web', 'bench', id::text, id from persons`.execute(
    o,
  );
  await sql`insert into tasks (id, body_id, number, title, requester_id, requester_agency_id, lead_agency_id, assignee_id, state, due_at, due_zone, created_at)
    select gen_random_uuid(), ${id}::uuid, n, 'Task ' || n, p.id, p.agency_id, p.agency_id, p.id, 'agreed', now() + interval '1 day', 'UTC', now()
    from generate_series(1, ${DUE}::int) n join (select id, agency_id, row_number() over () as r from persons) p on p.r = 1 + n % ${PEOPLE}::int`.execute(
    o,
  );
  await sql`analyze`.execute(o);
  return id;
}

async function bareJobs(): Promise<number> {
  const own = await backend();
  const queue = own.queue("bare");
  const count = DUE;
  for (let n = 0; n < count; n += 1_000)
    await queue.addBulk(
      Array.from({ length: 1_000 }, (_, i) => ({
        name: "x",
        data: { id: `${n + i}` },
        opts: { removeOnComplete: true },
      })),
    );
  let done = 0;
  const started = performance.now();
  const worker = own.worker("bare", async () => void done++, 24);
  await until(() => done >= count);
  const seconds = (performance.now() - started) / 1_000;
  await worker.close();
  await queue.close();
  await own.close();
  return count / seconds;
}

/** Everything due at once: what a night without power leaves for the morning. */
async function burst(): Promise<number> {
  await layOver(DUE, "now()", "0");
  const started = performance.now();
  await runtime.heart.moved();
  await until(async () => (await waiting()) === 0);
  const seconds = (performance.now() - started) / 1_000;
  await settled();
  return DUE / seconds;
}

async function lateness(title: string, perSecond: number, seconds: number): Promise<void> {
  const count = perSecond * seconds;
  await layOver(count, "now() + interval '2 seconds'", `${1 / perSecond}`);
  await runtime.heart.beat(true);
  await until(async () => (await waiting()) === 0, 120_000);
  const { rows } = await sql<{ p50: number; p99: number; late: number }>`
    select percentile_cont(0.5) within group (order by extract(epoch from fired_at - due_at))::float8 as p50,
      percentile_cont(0.99) within group (order by extract(epoch from fired_at - due_at))::float8 as p99,
      count(*) filter (where fired_at < due_at - interval '100 milliseconds')::int as late
    from reminder_steps where step = 'bench'`.execute(store.owner);
  console.log(
    `${title}: lateness p50 ${rows[0]?.p50.toFixed(2)} s, p99 ${rows[0]?.p99.toFixed(2)} s; fired early: ${rows[0]?.late}`,
  );
  await settled();
}

/** The queue holds what is due within the hour, however much lies beyond. */
async function memory(count: number): Promise<void> {
  await store.owner.deleteFrom("reminder_steps").where("fired_at", "is", null).execute();
  await layOver(count, "now() + interval '2 hours'", "0.1");
  await runtime.heart.beat(true);
  console.log(
    `${count} reminders beyond the hour: queue ${await queueSize()}, jobs ${JSON.stringify((await queues.depth()).remind)}`,
  );
}

async function queueSize(): Promise<string> {
  if (redis) {
    const client = new Redis(redis);
    const info = await client.info("memory");
    client.disconnect();
    return `${(Number(/used_memory:(\d+)/.exec(info)?.[1]) / 1_048_576).toFixed(2)} MiB of Redis`;
  }
  if (!database) return "in memory";
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const { rows } = await client.query(
    "select sum(pg_total_relation_size(c.oid))::bigint as size from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'bullmq' and c.relkind = 'r'",
  );
  await client.end();
  return `${(Number(rows[0]?.size) / 1_048_576).toFixed(2)} MiB of tables`;
}

/** So many steps of as many tasks, the first at `start`, one each `gap` seconds. */
async function layOver(count: number, start: string, gap: string): Promise<void> {
  await sql`delete from reminder_tellings`.execute(store.owner);
  await sql`delete from reminder_steps where step = 'bench'`.execute(store.owner);
  await sql`
    insert into reminder_steps (id, body_id, item_kind, item_id, step, audience, ladder, due_at)
    select gen_random_uuid(), ${body}::uuid, 'task', t.id, 'bench', 'own', (n / ${DUE}::int), ${sql.raw(start)} + n * ${sql.raw(gap)} * interval '1 second'
    from generate_series(0, ${count}::int - 1) n join (select id, row_number() over () - 1 as r from tasks) t on t.r = n % ${DUE}::int`.execute(
    store.owner,
  );
}

async function waiting(): Promise<number> {
  const row = await store.owner
    .selectFrom("reminder_steps")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("step", "=", "bench")
    .where("fired_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The messages of the last part are out, so that they do not weigh on the next. */
async function settled(): Promise<void> {
  await until(async () => {
    const row = await store.owner
      .selectFrom("outbox")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("state", "in", ["pending", "sending"])
      .executeTakeFirstOrThrow();
    return Number(row.count) === 0;
  }, 180_000);
}

async function until(condition: () => boolean | Promise<boolean>, ms = 180_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("it never came to be");
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
