import { sql } from "kysely";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { ADMISSION } from "../../../src/runtime/admission.js";
import { PreparingClient } from "../../../src/store/prepared.js";
import { World } from "../../world.js";

/** Many who write in one body at the same moment: nobody's transaction waits for another's lock. */
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
  let holding = false;
  const query = PreparingClient.prototype.query as (this: unknown, ...given: unknown[]) => Promise<unknown>;
  vi.spyOn(PreparingClient.prototype, "query").mockImplementation(function (this: unknown, ...given: unknown[]) {
    if (given[0] !== "commit" || holding) return query.apply(this, given) as never;
    holding = true;
    return held.then(() => query.apply(this, given)) as never;
  });
  const first = w.ask("Officer0", line(0));
  await vi.waitFor(() => expect(holding).toBe(true), 10_000);

  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(w.runtime.store.owner);
  const watching = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await watching.connect();
  let waiting = 0;
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
  while (!answered) {
    const waits = await watching.query(
      `select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = $1`,
      [rows[0]?.name],
    );
    waiting += waits.rows[0].n;
    looks++;
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 5))]);
  }
  await watching.end();
  for (const said of await done) expect(said).toMatch(answer);
  expect(looks).toBeGreaterThan(3);
  expect(waiting).toBe(0);
  commit();
  expect(await first).toMatch(answer);
});
