import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import { attempt, json } from "../../../src/store/database.js";
import { migrate } from "../../../src/store/migrate.js";
import { World } from "../../world.js";

describe("the store", () => {
  let w: World;
  let other: string;
  beforeAll(async () => {
    w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
    await initBody(w.runtime, { name: "Other", slug: "other", zone: "UTC", lang: "en" });
    await addAgency(w.runtime, "customs", { name: "Customs", body: "other" });
    await linkPerson(w.runtime, "customs", {
      name: "Zoe",
      account: ["slack:c:Uzoe"],
      role: ["focal_point"],
      body: "other",
    });
    other = (
      await w.runtime.store.owner
        .selectFrom("bodies")
        .select("id")
        .where("slug", "=", "other")
        .executeTakeFirstOrThrow()
    ).id;
    await w.say("Maria", "task @labour Only in the north by Fri 17:00");
  });
  afterAll(() => w.close());

  it("has nothing left to migrate, whoever asks and however many at once", async () => {
    const again = await Promise.all([migrate(w.runtime.store.owner), migrate(w.runtime.store.owner)]);
    expect(again).toEqual([[], []]);
  });

  it("walls every table that carries a body's id", async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and not c.relrowsecurity
        and exists (select from information_schema.columns k where k.table_name = c.relname and k.column_name = 'body_id')`.execute(
      w.runtime.store.owner,
    );
    expect(rows).toEqual([]);
  });

  it("works under a role that owns nothing and bypasses nothing", async () => {
    const { rows } = await w.runtime.store.outside((tx) =>
      sql<{ role: string; safe: boolean; owns: number }>`
        select current_user as role, not rolsuper and not rolbypassrls as safe,
          (select count(*)::int from pg_class where relowner = r.oid) as owns
        from pg_roles r where rolname = current_user`.execute(tx),
    );
    expect(rows).toEqual([{ role: "coord_app", safe: true, owns: 0 }]);
  });

  it("shows one body nothing of another, in any table", async () => {
    const tables = [
      "tasks",
      "outbox",
      "events",
      "cards",
      "reminder_steps",
      "members",
      "roles",
      "persons",
      "accounts",
      "agencies",
    ] as const;
    for (const table of tables) {
      const north = await w.runtime.store.inBody(w.body, (tx) =>
        sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
      );
      const all = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
        w.runtime.store.owner,
      );
      const south = await w.runtime.store.inBody(other, (tx) =>
        sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
      );
      const outside = await w.runtime.store.outside((tx) =>
        sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(tx),
      );
      expect({ table, sum: (north.rows[0]?.n ?? 0) + (south.rows[0]?.n ?? 0), outside: outside.rows[0]?.n }).toEqual({
        table,
        sum: all.rows[0]?.n,
        outside: 0,
      });
    }
  });

  it("refuses to write into another body, to change an event, or to remove one", async () => {
    const { store } = w.runtime;
    await expect(
      store.inBody(w.body, (tx) => tx.insertInto("counters").values({ body_id: other, kind: "x", value: 1 }).execute()),
    ).rejects.toThrow(/row-level security/);
    await expect(store.inBody(w.body, (tx) => sql`update events set action = 'x'`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
    await expect(store.inBody(w.body, (tx) => sql`delete from events`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
    await expect(store.inBody(w.body, (tx) => sql`delete from tasks`.execute(tx))).rejects.toThrow(/permission denied/);
  });

  it("undoes a failed attempt and keeps the rest of the transaction", async () => {
    const kinds = await w.runtime.store.inBody(w.body, async (tx) => {
      await tx.insertInto("counters").values({ kind: "kept", value: 1 }).execute();
      await attempt(tx, async () => {
        await tx.insertInto("counters").values({ kind: "lost", value: 1 }).execute();
        throw new Error("no");
      }).catch(() => undefined);
      return tx.selectFrom("counters").select("kind").where("kind", "in", ["kept", "lost"]).execute();
    });
    expect(kinds).toEqual([{ kind: "kept" }]);
  });

  it("runs transactions side by side without mixing them", async () => {
    const { store } = w.runtime;
    const { id: person } = await somebody(w);
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        store
          .inBody(w.body, async (tx) => {
            const id = randomUUID();
            await tx
              .insertInto("undos")
              .values({
                id,
                person_id: person,
                item_kind: "t",
                item_id: id,
                act: `a${n}`,
                before: json({}),
                version: 1,
                at: new Date(),
              })
              .execute();
            if (n % 3 === 0) throw new Error("rolled back");
          })
          .catch(() => undefined),
      ),
    );
    const rows = await store.inBody(w.body, (tx) =>
      tx.selectFrom("undos").select("act").where("item_kind", "=", "t").execute(),
    );
    expect(rows).toHaveLength(20);
  });

  it("gives numbers without a gap to those who ask at once", async () => {
    const numbers = await Promise.all(Array.from({ length: 20 }, () => w.work((work) => work.next("gapless"))));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });
});

const somebody = (w: World) => w.runtime.store.owner.selectFrom("persons").select("id").executeTakeFirstOrThrow();
