import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import type { ActionName } from "../../../src/audit/record.js";
import { record } from "../../../src/audit/record.js";
import { seal } from "../../../src/audit/seal.js";
import { verify } from "../../../src/audit/verify.js";
import { accessTo } from "../../../src/cli/audit.js";
import { silentLog } from "../../../src/lib/log.js";
import { Runtime } from "../../../src/runtime/runtime.js";
import type { Store } from "../../../src/store/database.js";
import { Vault } from "../../../src/store/vault.js";
import { testStore } from "../../store.js";
import { ManualQueue, World } from "../../world.js";
import { ended } from "./owner.js";

/** A dump of one cluster restored into another, which counts its transactions from a lower number. */
describe("a restored record", () => {
  let w: World;
  let there: Awaited<ReturnType<typeof testStore>>;
  let runtime: Runtime;
  const happens = (action: string, at: Runtime = runtime) =>
    at.inBody(w.body, (work) => record(work, { action: action as ActionName }));
  const sealIn = async (at: Runtime = runtime) => {
    await ended(at.store);
    return at.inBody(w.body, (work) => seal(work));
  };
  const judge = (at: Runtime = runtime) => verify(accessTo(at, { id: w.body }));
  const burn = (store: Store, count: number) =>
    sql
      .raw(`do $$ begin for i in 1..${count} loop perform pg_current_xact_id(); commit; end loop; end $$`)
      .execute(store.owner);

  beforeAll(async () => {
    w = await World.create({ people: { Maria: "police focal_point staff" } });
    there = await testStore();
    runtime = new Runtime(
      there.store,
      new ManualQueue(w.clock),
      new Vault([randomBytes(32)]),
      w.clock,
      silentLog,
      registry,
    );
    await burn(w.runtime.store, 3_000);
    await sql`create or replace function cluster_of_record() returns text language sql stable as $$ select 'before' $$`.execute(
      w.runtime.store.owner,
    );
    for (const n of [1, 2, 3]) {
      await happens(`before.${n}`, w.runtime);
      await sealIn(w.runtime);
      // A number that nobody has, as one of a transaction that was rolled back.
      await sql`select nextval(pg_get_serial_sequence('events', 'id'))`.execute(w.runtime.store.owner);
    }
    await happens("before.unsealed", w.runtime);
    await restore();
  });
  afterAll(async () => {
    await w.close();
    await there.close();
  });

  /** What pg_dump would bring: rows as they are, and the sequence. */
  async function restore(): Promise<void> {
    for (const table of ["bodies", "events", "seals"]) {
      const { rows } = await sql<{ all: string }>`select json_agg(t)::text as all from ${sql.table(table)} t`.execute(
        w.runtime.store.owner,
      );
      const columns = sql.raw(
        table === "seals"
          ? "body_id, n, event_ids, previous, hash, sealed_at, horizon, version, root, skip, size, cluster, floor"
          : "*",
      );
      const into = table === "seals" ? sql`seals (${columns})` : sql.table(table);
      await sql`insert into ${into} overriding system value
        select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${rows[0]?.all}::json)`.execute(
        there.store.owner,
      );
    }
    await sql`select setval(pg_get_serial_sequence('events', 'id'), (select max(id) from events))`.execute(
      there.store.owner,
    );
  }

  it("verifies as it came, and what was written since waits", async () => {
    await happens("after.1");
    expect(await judge()).toMatchObject({ ok: true, seals: 3, waiting: 2, restored: [], findings: [] });
  });

  it("shows an event that was put in on the way", async () => {
    await sql`insert into events (id, body_id, at, action, txid) overriding system value
      select -5, body_id, at, 'forged', txid from events where action = 'before.1'`.execute(there.store.owner);
    expect((await judge()).findings).toEqual([{ why: "outside", count: 1, events: [-5] }]);
    await sql`delete from events where action = 'forged'`.execute(there.store.owner);
  });

  it("is gone on with: what came unsealed and what was written since are sealed, once", async () => {
    expect(await sealIn()).toMatchObject({ sealed: 2 });
    expect(await judge()).toMatchObject({ ok: true, seals: 4, waiting: 0, restored: [4] });
    await happens("after.2");
    expect(await sealIn()).toMatchObject({ sealed: 1 });
  });

  it("seals nothing again when the new cluster comes to the old numbers", async () => {
    await burn(there.store, 4_000);
    await happens("after.3");
    expect(await sealIn()).toMatchObject({ sealed: 1 });
    const verdict = await judge();
    expect(verdict).toMatchObject({ ok: true, seals: 6, waiting: 0, restored: [4], findings: [] });
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from events`.execute(there.store.owner);
    expect(verdict.events).toBe(rows[0]?.n);
  });

  it("still shows an event with an old number afterwards", async () => {
    await sql`insert into events (body_id, at, action, txid)
      select body_id, at, 'forged', txid from events where action = 'after.1'`.execute(there.store.owner);
    const { findings } = await judge();
    expect(findings).toMatchObject([{ why: "outside", count: 1 }]);
    await sealIn();
    expect((await judge()).findings).toMatchObject([{ why: "outside", count: 1 }]);
    await sql`delete from events where action = 'forged'`.execute(there.store.owner);
  });

  it("shows one whose number is of before, whatever transaction it says, and never seals it", async () => {
    await sql`insert into events (id, body_id, at, action) overriding system value
      select (select id - 1 from events where action = 'before.3'), body_id, at, 'forged' from events
      where action = 'after.1'`.execute(there.store.owner);
    for (const _ of [1, 2]) {
      expect((await judge()).findings).toMatchObject([{ why: "outside", count: 1 }]);
      expect(await sealIn()).toEqual({ sealed: 0, more: false });
    }
  });
});
