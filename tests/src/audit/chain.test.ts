import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { record } from "../../../src/audit/record.js";
import { type Head, seal, verify } from "../../../src/audit/seal.js";
import { World } from "../../world.js";
import { aside } from "../store/walls.js";

describe("the audit chain", () => {
  let w: World;
  let head: Head | undefined;
  /** What a running transaction may still precede is not sealed yet; on a shared server it may be another suite's. */
  const sealed = async (): Promise<Head | undefined> => {
    for (;;) {
      const done = await w.work((work) => seal(work));
      if (done.sealed > 0) return done.head;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  beforeAll(async () => {
    w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
    await w.say("Maria", "task @labour Look at the harbour by Fri 17:00");
    for (const n of [1, 2, 3]) {
      await w.work((work) =>
        record(work, { action: `test.${n}`, words: `secret words ${n}`, detail: { n, b: true, a: "x" } }),
      );
      head = await sealed();
    }
  });
  afterAll(() => w.close());

  const judge = (exported?: Head) => w.work(async (work) => verify(work.tx, await work.cipher(), exported));
  /** Does harm as somebody with the keys to the database would, looks, and mends it again. */
  const harmed = async (harm: ReturnType<typeof sql>, mend: ReturnType<typeof sql>, exported?: Head) => {
    await harm.execute(w.runtime.store.owner);
    const verdict = await judge(exported);
    await mend.execute(w.runtime.store.owner);
    return verdict;
  };

  /** Like `harmed`, undone by the database. */
  const changed = (...statements: ReturnType<typeof sql>[]) =>
    w.work(({ tx }) =>
      aside(tx, async () => {
        await sql`set local role none`.execute(tx);
        for (const statement of statements) await statement.execute(tx);
        return verify(tx, await w.runtime.vault.cipher(tx, w.body));
      }),
    );

  it("is whole when nobody touched it, and seals nothing twice", async () => {
    expect(await judge(head)).toMatchObject({ ok: true, seals: 3, head });
    expect(await w.work((work) => seal(work))).toMatchObject({ sealed: 0 });
  });

  /** Not sealed: whose it is, which the wall decides; words, which their commitment stands for; the database's own count. */
  const UNSEALED = ["body_id", "words", "txid"];
  const OTHER: Record<string, ReturnType<typeof sql>> = {
    at: sql`at + interval '1 millisecond'`,
    actor_id: sql`gen_random_uuid()`,
    action: sql`'test.other'`,
    item_kind: sql`'task'`,
    item_id: sql`gen_random_uuid()`,
    item_ref: sql`'T-1'`,
    code: sql`'x'`,
    detail: sql`detail || '{"n": 9}'`,
    commitment: sql`'other'`,
  };

  it("notices whatever is changed of an event", async () => {
    const { rows } = await sql<{ name: string }>`
      select attname as name from pg_attribute where attrelid = 'events'::regclass and attnum > 0`.execute(
      w.runtime.store.owner,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual([...UNSEALED, "id", ...Object.keys(OTHER)].sort());
    for (const [column, value] of Object.entries(OTHER))
      expect(
        await changed(sql`update events set ${sql.ref(column)} = ${value} where action = 'test.2'`),
        column,
      ).toEqual({ ok: false, seal: 2, why: "altered" });
    expect(
      await changed(
        sql`create table moved as select * from events where action = 'test.2'`,
        sql`delete from events where action = 'test.2'`,
        sql`update seals set event_ids = array_replace(event_ids, (select id from moved), -1::bigint)`,
        sql`update moved set id = -1`,
        sql`insert into events overriding system value select * from moved`,
      ),
      "id",
    ).toEqual({ ok: false, seal: 2, why: "altered" });
  });

  it("covers with each seal the number it has and the seal before it", async () => {
    const second = (before: ReturnType<typeof sql>) =>
      w.work((work) =>
        aside(work.tx, async () => {
          await sql`set local role none`.execute(work.tx);
          await sql`delete from seals where n > 1`.execute(work.tx);
          await before.execute(work.tx);
          await sql`set local role coord_app`.execute(work.tx);
          return (await seal(work)).head?.hash;
        }),
      );
    const plain = await second(sql`select 1`);
    expect(await second(sql`select 1`)).toBe(plain);
    expect(await second(sql`update seals set hash = 'another'`)).not.toBe(plain);
    expect(await second(sql`update seals set n = 4`)).not.toBe(plain);
  });

  it("notices a removed event and a removed, reordered or forged seal", async () => {
    const { store } = w.runtime;
    await sql`create table aside as select * from events where action = 'test.1'`.execute(store.owner);
    const back = sql`insert into events overriding system value select * from aside`;
    expect(await harmed(sql`delete from events where action = 'test.1'`, back)).toEqual({
      ok: false,
      seal: 1,
      why: "removed",
    });
    await sql`create table seal_aside as select * from seals where n = 2`.execute(store.owner);
    expect(await harmed(sql`delete from seals where n = 2`, sql`insert into seals select * from seal_aside`)).toEqual({
      ok: false,
      seal: 2,
      why: "chain",
    });
    const order = (way: "asc" | "desc") =>
      sql`update seals set event_ids = (select array_agg(e order by e ${sql.raw(way)}) from unnest(event_ids) e) where n = 1`;
    expect(await harmed(order("desc"), order("asc"))).toEqual({ ok: false, seal: 1, why: "altered" });
    expect(await judge(head)).toMatchObject({ ok: true });
  });

  it("notices a tail that was cut off, by the head kept elsewhere", async () => {
    await sql`create table tail as select * from seals where n = 3`.execute(w.runtime.store.owner);
    const verdict = await harmed(sql`delete from seals where n = 3`, sql`insert into seals select * from tail`, head);
    expect(verdict).toEqual({ ok: false, seal: 3, why: "cut" });
  });

  it("notices words that are not those committed to, and bears erased ones", async () => {
    const { store } = w.runtime;
    await sql`create table words_aside as select id, words from events where words is not null`.execute(store.owner);
    const mend = sql`update events set words = a.words from words_aside a where a.id = events.id`;
    expect(
      await harmed(
        sql`update events set words = (select words from events where action = 'test.1') where action = 'test.2'`,
        mend,
      ),
    ).toEqual({ ok: false, seal: 2, why: "words" });
    expect(await harmed(sql`update events set words = null where action = 'test.2'`, mend)).toMatchObject({ ok: true });
  });

  it("holds no free words in the clear", async () => {
    const { rows } = await sql<{ all: string }>`select string_agg(events::text, ' ') as all from events`.execute(
      w.runtime.store.owner,
    );
    expect(rows[0]?.all).not.toContain("secret words");
  });
});
