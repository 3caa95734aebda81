import { randomBytes } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../../src/cli/program.js";
import { changedSummaries } from "../../../src/reports/recount.js";
import { readConfig } from "../../../src/runtime/config.js";
import { World } from "../../world.js";
import { ended } from "../audit/owner.js";

/** A summary that was made of a month, and an owner who changes that month afterwards. */
describe("summaries that were made", () => {
  let w: World;
  beforeAll(async () => {
    w = await World.create({
      people: { Maria: "police staff focal_point", Eleni: "labour staff focal_point", Rana: "police rapporteur" },
    });
    for (let n = 0; n < 8; n++) await w.say("Maria", `task @labour Case ${n} by Fri 17:00`);
    for (const n of [1, 2, 3]) await w.say("Eleni", `accept T-${n}`);
    await sealed();
    await w.pass({ days: 10 }, 14_400);
    await w.say("Rana", "report last month");
    await w.settle();
    await sealed();
    for (const table of ["events", "summaries"])
      await sql`create table ${sql.table(`kept_${table}`)} as select * from ${sql.table(table)}`.execute(owner());
  });
  afterAll(() => w.close());
  afterEach(async () => {
    await sql`delete from events`.execute(owner());
    await sql`insert into events overriding system value select * from kept_events`.execute(owner());
    await sql`update summaries set report = k.report from kept_summaries k where k.id = summaries.id`.execute(owner());
  });
  const owner = () => w.runtime.store.owner;
  /** Before the clock leaps: what is sealed hours after its date is told by verify. */
  const sealed = async () => {
    await ended(w.runtime.store);
    await w.runtime.reconciler.tick();
  };
  const changed = () => changedSummaries((act) => w.work(act));

  it("are what the record gives again, also when much has happened since and the body's zone is another", async () => {
    expect(await changed()).toEqual([]);
    await w.say("Maria", "task @labour Another month's case by Fri 17:00");
    await sql`update bodies set zone = 'Pacific/Auckland'`.execute(owner());
    expect(await changed()).toEqual([]);
    await sql`update bodies set zone = 'Europe/Athens'`.execute(owner());
    const { rows } = await sql`select from summaries where state = 'ready'`.execute(owner());
    expect(rows).toHaveLength(1);
  });

  const harms: [string, () => RawBuilder<unknown>, string][] = [
    [
      "an event was entered for an earlier day",
      () => sql`insert into events (body_id, at, actor_id, action, item_kind, item_id, item_ref, detail)
        select body_id, at, actor_id, action, item_kind, gen_random_uuid(), 'T-99', detail
        from events where action = 'task.asked' limit 1`,
      "tasks.asked",
    ],
    [
      "an event was taken away",
      () => sql`delete from events where action = 'task.agreed' and item_ref = 'T-2'`,
      "tasks.agreed",
    ],
    [
      "an event was given to another agency",
      () =>
        sql`update events set detail = detail || '{"lead": "police"}' where action = 'task.asked' and item_ref = 'T-2'`,
      "agencies",
    ],
    [
      "an event was moved out of the period",
      () => sql`update events set at = at - interval '90 days' where action = 'task.asked' and item_ref = 'T-2'`,
      "tasks.asked",
    ],
  ];
  it.each(harms)("differ when %s", async (_, harm, figure) => {
    await harm().execute(owner());
    const [one] = await changed();
    expect(one?.ref).toBe("S-1");
    expect(one?.figures.join(" ")).toContain(figure);
  });

  it("are told by verify, also where they were exchanged", async () => {
    const verify = async () => {
      let out = "";
      const parts = { runtime: w.runtime, config: readConfig({}), checks: [], applied: [] };
      const write = (text: string) => {
        out += text;
      };
      const code = await runCli(parts, ["audit", "verify"], {}, write, () => undefined);
      return { code, out };
    };
    expect(await verify()).toMatchObject({ code: 0 });
    await sql`update summaries set report = ${`v1.${randomBytes(64).toString("base64url")}`}`.execute(owner());
    expect(await verify()).toMatchObject({ code: 1, out: expect.stringContaining("- S-1 was made of other figures") });
  });

  it("hold the chain to the seal that they name", async () => {
    let out = "";
    const parts = { runtime: w.runtime, config: readConfig({}), checks: [], applied: [] };
    const write = (text: string) => {
      out += text;
    };
    await sql`create table kept_seals as select * from seals`.execute(owner());
    await sql`delete from seals`.execute(owner());
    await sql`update events set code = 'x' where action = 'task.asked' and item_ref = 'T-1'`.execute(owner());
    await sealed();
    await runCli(parts, ["audit", "verify"], {}, write, () => undefined);
    expect(out).toContain("The chain was written anew");
  });
});
