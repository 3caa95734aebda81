import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import { attempt, json, type Tx } from "../../../src/store/database.js";
import { StartError } from "../../../src/store/lock.js";
import { migrate } from "../../../src/store/migrate.js";
import { World } from "../../world.js";
import { aside, type Body, breachesOf, breachesOfBodies, tablesOf, withoutChecks } from "./isolation.js";

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

  it("is not opened by a Coord that is older than it, which says so to the operator", async () => {
    const { owner } = w.runtime.store;
    await sql`insert into kysely_migration (name, timestamp) values ('9999_later', 'x')`.execute(owner);
    try {
      await expect(migrate(owner)).rejects.toThrow(/by a newer Coord \(9999_later\)/);
      await expect(migrate(owner)).rejects.toBeInstanceOf(StartError);
    } finally {
      await sql`delete from kysely_migration where name = '9999_later'`.execute(owner);
    }
  });

  it("walls every table, but for those that are read before a body is known or belong to none", async () => {
    const tables = await w.runtime.store.owner.transaction().execute(tablesOf);
    const open = tables.filter(({ walled, policies }) => !walled || policies.length === 0).map(({ name }) => name);
    expect(open).toEqual([
      "adapter_store",
      "data_keys",
      "inbound",
      "kysely_migration",
      "kysely_migration_lock",
      "pace",
      // Which workspaces are one organisation.
      "tenants",
    ]);
    // One wall each; the names of bodies are seen by all.
    const policies = tables.flatMap(({ name, policies }) => policies.map((policy) => `${policy.name} on ${name}`));
    const walls = tables.filter(({ walled }) => walled).map(({ name }) => `wall on ${name}`);
    expect(policies.sort()).toEqual([...walls, "seen on bodies"].sort());
  });

  it("lets no body read, write or take over a row of another, in any table; and would say so of every wall", async () => {
    const breaches: Record<string, string[]> = {};
    const unseen: string[] = [];
    await w.runtime.store.owner.transaction().execute((tx) =>
      aside(tx, async () => {
        await withoutChecks(tx);
        const [mine, theirs] = await bodies(tx);
        for (const table of (await tablesOf(tx)).filter(({ walled }) => walled)) {
          const look = () =>
            table.name === "bodies" ? breachesOfBodies(tx, mine, theirs) : breachesOf(tx, table, mine, theirs);
          breaches[table.name] = await look();
          for (const { name } of table.policies.filter(({ name }) => name === "wall"))
            for (const change of table.name === "bodies" ? ["using (true)"] : ["using (true)", "with check (true)"])
              await aside(tx, async () => {
                await sql`alter policy ${sql.ref(name)} on ${sql.table(table.name)} ${sql.raw(change)}`.execute(tx);
                if ((await look()).length === 0) unseen.push(`${table.name}: ${change}`);
              });
        }
      }),
    );
    expect(Object.entries(breaches).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(unseen).toEqual([]);
    expect(Object.keys(breaches).length).toBeGreaterThan(60);
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

  it("refuses to write into another body, to change an event, or to remove one", async () => {
    const { store } = w.runtime;
    await expect(
      store.inBody(w.body, (tx) =>
        tx.insertInto("item_changes").values({ body_id: other, item_id: randomUUID(), changed: "3" }).execute(),
      ),
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
    const [kept, lost] = [randomUUID(), randomUUID()];
    const ids = await w.runtime.store.inBody(w.body, async (tx) => {
      await tx.insertInto("item_changes").values({ item_id: kept, changed: "3" }).execute();
      await attempt(tx, async () => {
        await tx.insertInto("item_changes").values({ item_id: lost, changed: "3" }).execute();
        throw new Error("no");
      }).catch(() => undefined);
      return tx.selectFrom("item_changes").select("item_id").where("item_id", "in", [kept, lost]).execute();
    });
    expect(ids).toEqual([{ item_id: kept }]);
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

/** Two bodies, with an agency and a person that are in no other. */
async function bodies(tx: Tx): Promise<[Body, Body]> {
  const { rows } = await sql<Body>`
    select m.body_id as id, m.agency_id as agency, (array_agg(p.id))[1] as person
    from members m join persons p on p.agency_id = m.agency_id group by 1, 2`.execute(tx);
  const [mine] = rows;
  const theirs = rows.find(({ id }) => id !== mine?.id);
  if (!mine || !theirs) throw new Error("two bodies are wanted");
  return [mine, theirs];
}

const somebody = (w: World) => w.runtime.store.owner.selectFrom("persons").select("id").executeTakeFirstOrThrow();
