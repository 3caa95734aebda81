import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { addMilliseconds } from "date-fns";
import { sql } from "kysely";
import { addSteps } from "../src/escalation/store.js";
import { seed, seedBody } from "../tests/faults/seed.js";
import { flag, type Ground, openGround, pause, percentile, until } from "./backend.js";

/**
 * Reminders at scale, on the servers that DATABASE_URL and REDIS_URL name, else on the embedded parts with smaller
 * counts. `--future`, `--due`, `--most`, `--rate`, `--seconds` set others. Absolute times are this machine's; ratios and
 * bytes are the result.
 */
const ground = await openGround();
const embedded = ground.kind === "embedded";
const COUNTS = {
  future: flag("future", embedded ? 5_000 : 100_000),
  due: flag("due", embedded ? 1_000 : 10_000),
  most: flag("most", embedded ? 50_000 : 1_000_000),
  rate: flag("rate", embedded ? 50 : 200),
  seconds: flag("seconds", 20),
};
const DAY_MS = 86_400_000;
/** Both in turns and the median of each, since other work on the machine falls on one or the other. */
const TURNS = 3;

/** How late each step was when its transaction had committed: the moment from which on nothing can lose it. */
const batch = new AsyncLocalStorage<number[]>();
let lateness: number[] = [];
let firedAll = 0;
function watch({ runtime }: Ground): void {
  const inBody = runtime.inBody.bind(runtime);
  runtime.inBody = async (body, act) => {
    const started = Date.now();
    const own: number[] = [];
    const result = await batch.run(own, () => inBody(body, act));
    const took = (Date.now() - started) / 1_000;
    for (const seconds of own) lateness.push(seconds + took);
    if (own.length) firedAll = Date.now();
    return result;
  };
  const { reminderLateness } = runtime.metrics;
  const observe = reminderLateness.observe.bind(reminderLateness) as (value: number) => void;
  reminderLateness.observe = ((seconds: number) => {
    batch.getStore()?.push(seconds);
    observe(seconds);
  }) as typeof reminderLateness.observe;
}

const say = (text: string) => process.stdout.write(`${text}\n`);
const seconds = (value: number) => `${value.toFixed(2)} s`;
const mega = (bytes: number) => (Number.isNaN(bytes) ? "not measured" : `${(bytes / 1_048_576).toFixed(2)} MB`);
const target = (met: boolean) => (met ? "reached" : "MISSED");

async function open(): Promise<string> {
  watch(ground);
  ground.runtime.adapters.set("web", {
    platform: "web",
    deliver: async () => ({
      conversation: { platform: "web", tenant: "bench", id: "bench", kind: "personal" },
      id: randomUUID(),
    }),
  });
  return seedBody(ground.store);
}

/** Reminders beyond the horizon, laid by the engine's own code. */
async function schedule(body: string, count: number): Promise<number> {
  const started = Date.now();
  for (let done = 0; done < count; done += 1_000)
    await ground.runtime.inBody(body, (work) =>
      addSteps(
        work,
        Array.from({ length: Math.min(1_000, count - done) }, () => ({
          item: { kind: "task", id: randomUUID() },
          scheduleVersion: 0,
          step: { step: "due", to: "own" as const, at: addMilliseconds(work.now, DAY_MS * (1 + Math.random() * 300)) },
        })),
      ),
    );
  return count / ((Date.now() - started) / 1_000);
}

async function fired(count: number, ms: number): Promise<void> {
  await until(`${count} reminders have fired`, () => lateness.length >= count, ms);
}

async function left(ms: number): Promise<void> {
  const look = async () =>
    !(await ground.store.owner
      .selectFrom("outbox")
      .select("id")
      .where("state", "in", ["pending", "sending"])
      .limit(1)
      .executeTakeFirst());
  await until("every message has left", look, ms);
}

/** Puts the steps of a seeding forward, so that each part of the bench has steps of its own. */
async function fresh(body: string, steps: number, firstDue: Date, withinMs: number): Promise<void> {
  await sql`truncate tasks, reminder_steps, reminder_tellings, outbox, cards, absences, undos, task_supporters, task_comments, roles, accounts, persons, members, agencies, places, duties, enrolments, drafts cascade`.execute(
    ground.store.owner,
  );
  await seed(ground.store, body, {
    people: Math.max(50, steps / 5),
    tenants: 20,
    steps,
    firstDue,
    withinMs,
    platform: "web",
  });
  lateness = [];
}

async function bare(count: number): Promise<number> {
  const backend = await ground.bare();
  const queue = backend.queue("bare");
  const entries = Array.from({ length: count }, () => ({
    name: "bare",
    data: { body: randomUUID(), id: randomUUID() },
    opts: { jobId: `bare-${randomUUID()}`, removeOnComplete: true },
  }));
  for (let n = 0; n < count; n += 1_000) await queue.addBulk(entries.slice(n, n + 1_000));
  let done = 0;
  const started = Date.now();
  const worker = backend.worker(
    "bare",
    async () => {
      done++;
    },
    24,
  );
  await until("bare BullMQ is through", () => done >= count, 300_000);
  const rate = count / ((Date.now() - started) / 1_000);
  await worker.close();
  await queue.close();
  await backend.close();
  return rate;
}

try {
  const body = await open();
  const { runtime } = ground;
  say(`reminders on ${ground.kind}: ${JSON.stringify(COUNTS)}`);

  say("\nqueue memory");
  const memory: number[] = [];
  for (const count of [0, COUNTS.future, COUNTS.most]) {
    const there = await ground.store.owner
      .selectFrom("reminder_steps")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .executeTakeFirstOrThrow();
    const rate = await schedule(body, count - Number(there.n));
    const started = Date.now();
    await runtime.reconciler.tick(true);
    const beat = Date.now() - started;
    await pause(200);
    const bytes = await ground.queueBytes();
    memory.push(bytes);
    const laid = count ? `, laid at ${Math.round(rate)} a second` : "";
    say(`  ${count} future reminders: ${mega(bytes)}, a whole sweep takes ${beat} ms${laid}`);
  }
  const [none = 0, , most = 0] = memory;
  say(`  target flat (within 1 MB): ${Number.isNaN(most) ? "not measured" : target(most - none < 1_048_576)}`);

  say("\nthroughput of firing, with all its writes");
  await runtime.start();
  const rates = { bare: [] as number[], coord: [] as number[] };
  let out = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    rates.bare.push(await bare(COUNTS.due));
    await fresh(body, COUNTS.due, new Date(Date.now() - 1_000), 1);
    const started = Date.now();
    await runtime.reconciler.tick(true);
    await fired(COUNTS.due, 300_000);
    rates.coord.push(COUNTS.due / ((firedAll - started) / 1_000));
    await left(600_000);
    out = (Date.now() - started) / 1_000;
  }
  const [rate, bareRate] = [percentile(rates.coord, 50), percentile(rates.bare, 50)];
  say(`  bare BullMQ, empty processor: ${Math.round(bareRate)} jobs a second`);
  say(`  Coord: ${Math.round(rate)} steps a second; the last message left after ${seconds(out)}`);
  say(`  ratio ${(rate / bareRate).toFixed(2)}; target 0.5: ${target(rate / bareRate >= 0.5)}`);

  say(`\n${COUNTS.future} future ones, ${COUNTS.due} due within ten seconds`);
  await fresh(body, COUNTS.due, new Date(Date.now() + 4_000 + COUNTS.due / 5 + COUNTS.future / 20), 10_000);
  await schedule(body, COUNTS.future);
  await runtime.reconciler.tick(true);
  await fired(COUNTS.due, 300_000);
  say(`  lateness p50 ${seconds(percentile(lateness, 50))}, p99 ${seconds(percentile(lateness, 99))}`);
  await left(600_000);

  say(`\na steady ${COUNTS.rate} a second for ${COUNTS.seconds} s`);
  const steady = COUNTS.rate * COUNTS.seconds;
  await fresh(body, steady, new Date(Date.now() + 4_000 + steady / 5), COUNTS.seconds * 1_000);
  await runtime.reconciler.tick(true);
  await fired(steady, 300_000);
  const p99 = percentile(lateness, 99);
  say(`  lateness p50 ${seconds(percentile(lateness, 50))}, p99 ${seconds(p99)}; target 2 s: ${target(p99 < 2)}`);
  await left(600_000);
} finally {
  await ground.close();
}
