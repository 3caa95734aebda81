import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { reportOn } from "../src/reports/figures.js";
import { instantsOf, readPeriod } from "../src/reports/period.js";
import type { UnitOfWork } from "../src/store/unit-of-work.js";
import { seed, seedBody } from "../tests/faults/seed.js";
import { AGENCIES, makeYear, writeEvents, YEAR } from "../tests/src/reports/year.js";
import { flag, openGround, percentile } from "./backend.js";

/**
 * The activity summary of a year with many events against few, on the server that DATABASE_URL names, else embedded
 * with smaller counts. `--few`, `--many`, `--rounds` set others. Both bodies lie in one database and are asked in turns,
 * with the role and the wall of all work; the ratios are the result.
 */
const ground = await openGround();
const embedded = ground.store.kind === "embedded";
const FEW = flag("few", 10_000);
const MANY = flag("many", embedded ? 100_000 : 1_000_000);
const ROUNDS = flag("rounds", 5);
/** Of a year with a million events on PostgreSQL. */
const TARGET_SECONDS = 2;

const say = (text: string) => process.stdout.write(`${text}\n`);
const { runtime, store } = ground;
const db = store.owner;

const read = readPeriod(String(YEAR), `${YEAR + 1}-01-15`, "en");
if (!read.ok) throw new Error(read.reason);
const { period } = read;

/** The tests' year, over and over: each time other items, a second later. Sealed as the reconciler does. */
async function fill(body: string, sample: string, count: number): Promise<void> {
  const { from, until } = instantsOf(period, "Europe/Athens");
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from events where body_id = ${sample}::uuid and at >= ${from} and at < ${until}`.execute(
    db,
  );
  const copies = Math.ceil(count / (rows[0]?.n ?? 1));
  await db.transaction().execute(async (tx) => {
    // A million at once may take longer than any statement of Coord's own.
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`insert into events (body_id, at, actor_id, action, item_kind, item_id, item_ref, code, detail)
    select ${body}::uuid, least(at + copy * interval '1 second', ${until}::timestamptz - interval '1 second'), actor_id,
      action, item_kind, md5(item_id::text || copy)::uuid, item_ref, code, detail
    from (select * from events where body_id = ${sample}::uuid and at >= ${from} and at < ${until}) as one,
      generate_series(1, ${copies}::int) as g(copy)
    order by 2, id limit ${count}::int`.execute(tx);
    await sql`insert into seals (body_id, n, event_ids, previous, hash, sealed_at, horizon)
    select ${body}::uuid, n, array_agg(id order by id), '', md5(n::text), now(), pg_current_xact_id()
    from (select id, (row_number() over (order by id) - 1) / 1000 + 1 as n from events where body_id = ${body}::uuid) as one
    group by n`.execute(tx);
  });
}

const timed = async (body: string, act: (work: UnitOfWork) => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await runtime.inBody(body, act);
  return performance.now() - started;
};

async function bareCount(work: UnitOfWork): Promise<void> {
  const { from, until } = instantsOf(period, work.body.zone);
  await sql`select count(*) from events where body_id = ${work.body.id}::uuid and at >= ${from} and at < ${until}`.execute(
    work.tx,
  );
}

try {
  const many = await seedBody(store);
  await seed(store, many, {
    people: 1,
    tenants: AGENCIES.length,
    steps: 1,
    firstDue: new Date("2100-01-01"),
    withinMs: 1,
  });
  const [few, sample] = [randomUUID(), randomUUID()];
  for (const [id, slug] of [
    [few, "few"],
    [sample, "sample"],
  ] as const)
    await db.insertInto("bodies").values({ id, slug, name: slug, zone: "Europe/Athens" }).execute();
  await writeEvents(store, sample, makeYear());
  await fill(few, sample, FEW);
  await fill(many, sample, MANY);
  await sql`vacuum analyze events`.execute(db);
  await sql`analyze`.execute(db);
  say(`activity summary of a year on ${store.kind}: ${FEW} events against ${MANY}, medians of ${ROUNDS}`);
  const times: Record<"few" | "many" | "bare", number[]> = { few: [], many: [], bare: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const one = {
      few: await timed(few, (work) => reportOn(work, period)),
      many: await timed(many, (work) => reportOn(work, period)),
      bare: await timed(many, bareCount),
    };
    // The first one warms up.
    if (round > 0) for (const what of ["few", "many", "bare"] as const) times[what].push(one[what]);
  }
  const [ofFew, ofMany, bare] = [times.few, times.many, times.bare].map((all) => percentile(all, 50)) as [
    number,
    number,
    number,
  ];
  const each = (ms: number, count: number) => `${((ms * 1_000) / count).toFixed(2)} µs an event`;
  const perEvent = ofMany / MANY / (ofFew / FEW);
  say(`  ${String(FEW).padStart(9)} events ${(ofFew / 1_000).toFixed(3)} s, ${each(ofFew, FEW)}`);
  say(`  ${String(MANY).padStart(9)} events ${(ofMany / 1_000).toFixed(3)} s, ${each(ofMany, MANY)}`);
  say(
    `  cost of an event against few: ratio ${perEvent.toFixed(2)}, at most 1: ${perEvent <= 1 ? "reached" : "MISSED"}`,
  );
  say(`  a bare count of the same      ${(bare / 1_000).toFixed(3)} s, ratio ${(ofMany / bare).toFixed(1)}`);
  if (!embedded && MANY === 1_000_000)
    say(`  under ${TARGET_SECONDS} s: ${ofMany < TARGET_SECONDS * 1_000 ? "reached" : "MISSED"}`);
} finally {
  await ground.close();
}
