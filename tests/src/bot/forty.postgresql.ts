import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { ADMISSION } from "../../../src/runtime/admission.js";
import { PreparingClient } from "../../../src/store/prepared.js";
import { World } from "../../world.js";

/** Many who write in one body at the same moment: nobody waits for a transaction that has not ended. */
const ASKING = 40;
const AT_ONCE = ADMISSION.atOnce - 1;
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Eleni: "labour focal_point staff",
      ...Object.fromEntries(Array.from({ length: ASKING }, (_, n) => [`Officer${n}`, "police focal_point staff"])),
    },
  });
});
afterAll(() => w?.close());
afterEach(() => vi.restoreAllMocks());

it.each([
  ["a task", (n: number) => `task @labour Inspect the farms of district ${n} by Fri 17:00`, /is asked of Labour/],
  [
    "a meeting",
    (n: number) => `meet Inspection of district ${n} on 2026-12-0${1 + (n % 9)} 10:00 with @labour`,
    /M-\d+/,
  ],
])("forty ask for %s while one of them has not committed", async (_what, line, answer) => {
  // The first of a kind in a body makes the sequence of its numbers.
  expect(await w.ask("Officer0", line(0))).toMatch(answer);
  let commit = () => {};
  const held = new Promise<void>((resolve) => {
    commit = resolve;
  });
  let holder: number | null = null;
  const query = PreparingClient.prototype.query as (this: unknown, ...given: unknown[]) => Promise<unknown>;
  vi.spyOn(PreparingClient.prototype, "query").mockImplementation(function (this: unknown, ...given: unknown[]) {
    if (given[0] !== "commit" || holder !== null) return query.apply(this, given) as never;
    holder = (this as { processID: number }).processID;
    return held.then(() => query.apply(this, given)) as never;
  });
  const first = w.ask("Officer0", line(0));
  await vi.waitFor(() => expect(holder).toBeTypeOf("number"), 10_000);

  const watching = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await watching.connect();
  const waiting: unknown[] = [];
  let looks = 0;
  let answered = false;
  // As many at once as are let in.
  const others = async () => {
    const said: string[] = [];
    for (let from = 1; from < ASKING; from += AT_ONCE)
      said.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(AT_ONCE, ASKING - from) }, (_, n) =>
            w.ask(`Officer${from + n}`, line(from + n)),
          ),
        )),
      );
    return said;
  };
  const done = others().finally(() => {
    answered = true;
  });
  while (!answered && waiting.length === 0) {
    // Forty who write at the end of one table lock it for a moment, one after another; what counts is who holds them up.
    const waits = await watching.query(
      `select l.locktype, l.mode, l.relation::regclass::text as relation, left(a.query, 200) as query
       from pg_locks l join pg_stat_activity a using (pid)
       where not l.granted and $1::int = any(pg_blocking_pids(a.pid))`,
      [holder],
    );
    waiting.push(...waits.rows);
    looks++;
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
  await watching.end();
  commit();
  expect(waiting).toEqual([]);
  expect(looks).toBeGreaterThan(3);
  for (const said of [await first, ...(await done)]) expect(said).toMatch(answer);
});
