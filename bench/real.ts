import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";
import { Coord, cleanUp, emptyFolder, must, until } from "../tests/blackbox/coord.js";
import { Crowd } from "../tests/faults/crowd.js";
import { Recorder } from "../tests/faults/recorder.js";
import { dropDatabase, freshDatabase } from "../tests/store.js";
import { pause, percentile } from "./backend.js";

/** How the real program stood a fixed rate. Times in milliseconds, memory in MB of 10^6 bytes, of the largest process. */
export type Stood = {
  written: number;
  asked: number;
  full: number;
  /** Tasks that the database holds of what was written. */
  kept: number;
  p50: number;
  p90: number;
  p99: number;
  longest: number;
  cards: number;
  mostWaiting: number;
  lastLeftMs: number;
  /** Of processor time an ask, its cards included. */
  cpuMs: number;
  /** KB of 1,000 bytes that the database grows by with an ask: the task, its steps, its record, two cards. */
  kb: number;
  /** Of processor time until the first process was ready. */
  startCpuMs: number;
  idleMb: number;
  afterMb: number;
};

export type Pressure = {
  /** Asks a second, spread over the processes. */
  rate: number;
  seconds: number;
  processes?: number;
  people?: number;
  agencies?: number;
};

/** Numbers of what warms up begin here. */
const WARM = 900_000;
const SECRET = "load";

/** Of a process, as Linux tells it (proc(5): ticks of 10 ms, pages of 4 KiB). */
export async function used(pid: number): Promise<{ cpuMs: number; mb: number }> {
  const stat = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  const pages = Number((await readFile(`/proc/${pid}/statm`, "utf8")).split(" ")[1]);
  return { cpuMs: (Number(stat[11]) + Number(stat[12])) * 10, mb: Math.round((pages * 4_096) / 1e6) };
}

/**
 * The real program: `coord init`, `coord import people`, `coord start`, and signed slash commands of many people of one
 * body, each sent at its moment whatever came of the others, with Slack's Web API at its side.
 * @param servers a PostgreSQL, on which it makes a database of its own, and a Redis, which is emptied
 */
export async function stand(
  servers: { database: string; redis: string },
  { rate, seconds, processes = 1, people = 500, agencies = 50 }: Pressure,
): Promise<Stood> {
  const client = new Redis(servers.redis);
  await client.flushdb();
  client.disconnect();
  const url = await freshDatabase(servers.database);
  const slack = await Recorder.start();
  const db = new pg.Client({ connectionString: url });
  const started: Coord[] = [];
  try {
    const folder = await emptyFolder();
    const env = {
      DATABASE_URL: url,
      REDIS_URL: servers.redis,
      COORD_DATA_DIR: folder,
      COORD_SECRET_KEYS: randomBytes(32).toString("base64"),
      COORD_DEMO: "0",
      COORD_LOG: "info",
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_BOT_TOKEN: "xoxb-load",
      SLACK_API_URL: slack.url,
    };
    const agency = (n: number) => `agency${n % agencies}`;
    const named = Array.from({ length: agencies }, (_, n) => ["--agency", `${agency(n)}=Agency ${n}:other`]);
    await must(env, "init", "--name", "Load", "--slug", "load", "--zone", "Europe/Athens", ...named.flat());
    const rows = Array.from(
      { length: people },
      (_, n) => `Officer ${n},${agency(n)},${n < agencies ? "focal_point" : "staff"},slack:T${n % agencies}:U${n}`,
    );
    const file = join(folder, "people.csv");
    await writeFile(file, ["name,agency,role,accounts", ...rows].join("\n"));
    await must(env, "import", "people", file);

    let startCpuMs = 0;
    for (let n = 0; n < processes; n++) {
      const coord = await Coord.start({ ...env, COORD_DATA_DIR: await emptyFolder() });
      started.push(coord);
      startCpuMs ||= (await used(coord.pid)).cpuMs;
    }
    const crowds = started.map(
      (coord) =>
        new Crowd(`${coord.url}/slack/events`, {
          ...{ secret: SECRET, people, tenants: agencies },
          hooks: new URL(slack.url).origin,
        }),
    );
    await db.connect();
    const count = async (what: string) =>
      (await db.query<{ n: number }>(`select count(*)::int as n from ${what}`)).rows[0]?.n ?? 0;
    const waiting = () => count("outbox where state in ('pending', 'sending')");
    const words = (n: number, person: number) => `task @${agency(person + 1)} Look at harbour x${n}x by next Fri 17:00`;
    const usedBy = () => Promise.all(started.map(({ pid }) => used(pid)));
    const largest = (all: { mb: number }[]) => Math.max(...all.map(({ mb }) => mb));
    await pause(5_000);
    const idleMb = largest(await usedBy());
    for (const [at, crowd] of crowds.entries())
      for (let n = 0; n < 40; n++) await crowd.one(WARM + 100 * at + n, words(WARM + 100 * at + n, n));
    await until("what warmed up has left", async () => (await waiting()) === 0, 60_000);
    slack.posts.length = 0;
    const before = await usedBy();
    const bytes = async () =>
      Number((await db.query<{ n: string }>("select pg_database_size(current_database()) as n")).rows[0]?.n);
    const held = await bytes();

    let mostWaiting = 0;
    let watching = true;
    const watched = (async () => {
      for (; watching; await pause(500)) mostWaiting = Math.max(mostWaiting, await waiting());
    })();
    await Promise.all(
      crowds.map((crowd, at) =>
        crowd.write(rate / processes, seconds, (n, person) => words(n * processes + at, person)),
      ),
    );
    const wrote = Date.now();
    watching = false;
    await watched;
    await until("everything has left", async () => (await waiting()) === 0, 600_000);
    const lastLeftMs = Date.now() - wrote;
    const after = await usedBy();

    const heard = crowds.flatMap((crowd) => crowd.heard.filter(({ n }) => n < WARM));
    const times = heard.map(({ ms }) => ms);
    const spent = after.reduce((sum, { cpuMs }, at) => sum + cpuMs - (before[at]?.cpuMs ?? 0), 0);
    return {
      written: heard.length,
      asked: heard.filter(({ text }) => text.includes("is asked of")).length,
      full: heard.filter(({ text }) => text.includes("Many are writing at this moment")).length,
      kept: await count(`tasks where title !~ 'x${WARM / 1_000}[0-9]{3}x'`),
      p50: percentile(times, 50),
      p90: percentile(times, 90),
      p99: percentile(times, 99),
      longest: Math.max(...times),
      cards: slack.posts.filter(({ refs }) => refs.length > 0).length,
      mostWaiting,
      lastLeftMs,
      cpuMs: spent / heard.length,
      kb: ((await bytes()) - held) / 1_000 / heard.length,
      startCpuMs,
      idleMb,
      afterMb: largest(after),
    };
  } finally {
    await db.end();
    for (const coord of started) await coord.stop();
    await slack.stop();
    await cleanUp();
    await dropDatabase(servers.database, url);
  }
}
