import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Tx } from "../../../src/store/database.js";
import { PreparingClient, StatementNames } from "../../../src/store/prepared.js";
import { World } from "../../world.js";

/** Statements that a session keeps parsed and planned. */
let w: World;
beforeAll(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
});
afterAll(() => w?.close());

const inBody = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => w.runtime.store.inBody(w.body, act);
/** What a process keeps that has sent nothing yet. */
class Fresh extends PreparingClient {
  protected override readonly names = new StatementNames();
}

async function inSession<T>(act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new Fresh({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

const kept = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ statement: string }>("select statement from pg_prepared_statements")).rows.map(
    ({ statement }) => statement,
  );

describe("statements that are sent again", () => {
  it("are kept; those sent now and then are not", async () => {
    const statements = await inSession(async (client) => {
      for (let n = 0; n < 6; n++) await client.query("select 'kept', $1::int", [n]);
      for (let n = 0; n < 4; n++) await client.query("select 'seldom', $1::int", [n]);
      return kept(client);
    });
    expect(statements).toEqual(["select 'kept', $1::int"]);
  });

  it("are so many at most, however many lengths of a list are asked for", async () => {
    const statements = await inSession(async (client) => {
      const list = (n: number) => Array.from({ length: n }, (_, m) => m + 1);
      for (let times = 0; times < 7; times++)
        for (let n = 1; n <= 400; n++)
          await client.query(`select 1 where 1 in (${list(n).map((m) => `$${m}::int`)})`, list(n));
      return kept(client);
    });
    expect(statements).toHaveLength(200);
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
    for (let n = 0; n < 20; n++) await look();
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
