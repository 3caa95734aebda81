import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tx } from "../../../src/store/database.js";
import { World } from "../../world.js";

/** Statements that a session keeps parsed and planned. */
let w: World;
beforeAll(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
});
afterAll(() => w?.close());

const inBody = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => w.runtime.store.inBody(w.body, act);
const kept = () =>
  inBody((tx) => sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(tx)).then(
    ({ rows }) => rows.map(({ statement }) => statement),
  );

describe("statements that are sent again", () => {
  it("are kept; those sent once are not", async () => {
    for (let n = 0; n < 3; n++) await inBody((tx) => sql`select 'kept', ${n}::int`.execute(tx));
    await inBody((tx) => sql`select 'once', ${1}::int`.execute(tx));
    const statements = await kept();
    expect(statements.filter((text) => text.includes("'kept'"))).toHaveLength(1);
    expect(statements.filter((text) => text.includes("'once'"))).toEqual([]);
  });

  it("are so many at most, however many lengths of a list are asked for", async () => {
    const lists = Array.from({ length: 400 }, (_, n) =>
      sql.join(Array.from({ length: n + 1 }, (_, m) => sql`${m}::int`)),
    );
    for (let times = 0; times < 2; times++)
      await inBody(async (tx) => {
        for (const list of lists) await sql`select 1 where 1 in (${list})`.execute(tx);
      });
    expect((await kept()).length).toBeLessThanOrEqual(200);
    expect(await w.ask("Maria", "tasks")).not.toBe("");
  });

  it("see another body's rows through no wall, whichever body asked first", async () => {
    const other = randomUUID();
    await sql`insert into bodies (id, slug, name, zone) values (${other}, 'south', 'South', 'Europe/Rome')`.execute(
      w.runtime.store.owner,
    );
    const members = (body: string) =>
      w.runtime.store.inBody(body, (tx) => tx.selectFrom("members").select("agency_id").execute());
    for (let n = 0; n < 10; n++) {
      expect((await members(w.body)).length).toBeGreaterThan(0);
      expect(await members(other)).toEqual([]);
    }
  });
});

describe("a table that another process's migration changed", () => {
  it("stops nobody: what was kept of it is forgotten, and the request begins again", async () => {
    const look = () => inBody((tx) => tx.selectFrom("bodies").selectAll().where("id", "=", w.body).execute());
    for (let n = 0; n < 4; n++) await look();
    await sql`alter table bodies add column brought_later text`.execute(w.runtime.store.owner);
    try {
      for (let n = 0; n < 4; n++) expect((await look())[0]).toHaveProperty("brought_later", null);
      expect(await w.ask("Maria", "task @labour Count the boats by Fri 17:00")).toContain("Labour");
    } finally {
      await sql`alter table bodies drop column brought_later`.execute(w.runtime.store.owner);
    }
    for (let n = 0; n < 4; n++) expect((await look())[0]).not.toHaveProperty("brought_later");
    expect(await w.ask("Maria", "tasks")).toContain("Count the boats");
  });
});
