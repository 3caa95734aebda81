import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { record } from "../../../src/audit/record.js";
import { findAgency, findPersons, loadAgency, loadPerson, personsById } from "../../../src/people/store.js";
import { attempt, type Tx } from "../../../src/store/database.js";
import { EmbeddedClient } from "../../../src/store/embedded.js";
import { later } from "../../../src/store/later.js";
import { PreparingClient } from "../../../src/store/prepared.js";
import { World } from "../../world.js";

/** What a transaction sends the database, and when: what is only written goes out together, what was read is not read again. */
let w: World;
let other: string;
beforeAll(async () => {
  w = await World.create({
    people: { Maria: "police focal_point staff", Petros: "police staff", Eleni: "labour focal_point staff" },
  });
  other = randomUUID();
  await sql`insert into bodies (id, slug, name, zone) values (${other}, 'south', 'South', 'Europe/Rome')`.execute(
    w.runtime.store.owner,
  );
});
afterAll(() => w?.close());

const inBody = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => w.runtime.store.inBody(w.body, act);
const idOf = async (name: string): Promise<string> =>
  (await w.runtime.store.owner.selectFrom("persons").select("id").where("name", "=", name).executeTakeFirstOrThrow())
    .id;

/** What the driver is given; begin and what enters the body are left out. */
async function sending<T>(act: () => Promise<T>): Promise<string[]> {
  const sent: string[] = [];
  const client = w.runtime.store.kind === "embedded" ? EmbeddedClient.prototype : PreparingClient.prototype;
  const query = client.query as (this: unknown, ...given: unknown[]) => never;
  const spy = vi.spyOn(client as EmbeddedClient, "query").mockImplementation(function (
    this: unknown,
    ...given: unknown[]
  ) {
    sent.push(String(given[0]));
    return query.apply(this, given);
  });
  try {
    await act();
  } finally {
    spy.mockRestore();
  }
  return sent.filter((text) => text !== "begin" && !text.includes("set_config"));
}

const changed = (tx: Tx, item_id: string) => tx.insertInto("item_changes").values({ item_id, changed: "3" });
const undo = (tx: Tx, person_id: string, act: string) =>
  tx.insertInto("undos").values({
    id: randomUUID(),
    person_id,
    item_kind: "task",
    item_id: randomUUID(),
    act,
    before: "{}",
    version: 0,
    at: w.clock.now(),
  });

describe("what is written later", () => {
  it("goes out in one statement, before the commit", async () => {
    const maria = await idOf("Maria");
    const [item, another] = [randomUUID(), randomUUID()];
    const sent = await sending(() =>
      inBody(async (tx) => {
        await later(tx, changed(tx, item));
        await later(tx, undo(tx, maria, "a"));
        await later(tx, changed(tx, another));
      }),
    );
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatch(
      /^with "written_0" as \(insert into "item_changes" .*\), "written_1" as \(insert into "undos"/s,
    );
    expect(sent[1]).toBe("commit");
    const kept = await inBody((tx) =>
      tx.selectFrom("item_changes").select("item_id").where("item_id", "in", [item, another]).execute(),
    );
    expect(kept).toHaveLength(2);
  });

  it("is there for the statement that follows", async () => {
    const item = randomUUID();
    const found = await inBody(async (tx) => {
      await later(tx, changed(tx, item));
      return tx.selectFrom("item_changes").select("item_id").where("item_id", "=", item).execute();
    });
    expect(found).toEqual([{ item_id: item }]);
  });

  it("keeps the order in which events happened", async () => {
    const refs = Array.from({ length: 40 }, (_, n) => `T-${n}`);
    await w.work(async (work) => {
      for (const ref of refs)
        await record(work, { action: "task.asked", item: { kind: "task", id: randomUUID(), ref } });
    });
    const rows = await inBody((tx) =>
      tx.selectFrom("events").select("item_ref").where("action", "=", "task.asked").orderBy("id").execute(),
    );
    expect(rows.map(({ item_ref }) => item_ref)).toEqual(refs);
  });

  it("takes as many rows as come, in as many statements as their values need", async () => {
    const ids = Array.from({ length: 20_000 }, () => randomUUID());
    const began = performance.now();
    const sent = await sending(() =>
      inBody(async (tx) => {
        for (const id of ids) await later(tx, changed(tx, id));
      }),
    );
    expect(sent).toHaveLength(3);
    const { n } = await inBody((tx) =>
      tx
        .selectFrom("item_changes")
        .select(({ fn }) => fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow(),
    );
    expect(n).toBeGreaterThanOrEqual(ids.length);
    console.info(`${ids.length} rows of one at a time: ${Math.round(performance.now() - began)} ms`);
  });

  it("is undone with the transaction", async () => {
    const item = randomUUID();
    await expect(
      inBody(async (tx) => {
        await later(tx, changed(tx, item));
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(
      await inBody((tx) => tx.selectFrom("item_changes").selectAll().where("item_id", "=", item).execute()),
    ).toEqual([]);
  });

  it("is undone with an attempt, also one in which a statement has failed before", async () => {
    const [kept, lost] = [randomUUID(), randomUUID()];
    await inBody(async (tx) => {
      await later(tx, changed(tx, kept));
      const failing = attempt(tx, async () => {
        await sql`select 1 / 0`.execute(tx).catch(() => undefined);
        await later(tx, changed(tx, lost));
        throw new Error("no");
      });
      await expect(failing).rejects.toThrow("no");
    });
    const rows = await inBody((tx) =>
      tx.selectFrom("item_changes").select("item_id").where("item_id", "in", [kept, lost]).execute(),
    );
    expect(rows).toEqual([{ item_id: kept }]);
  });

  it("says what is wrong with it at the next statement, at the end of an attempt, or at the commit", async () => {
    const nobody = randomUUID();
    const wrong = /violates foreign key/;
    await expect(inBody((tx) => later(tx, undo(tx, nobody, "x")))).rejects.toThrow(wrong);
    await expect(
      inBody(async (tx) => {
        await later(tx, undo(tx, nobody, "x"));
        await tx.selectFrom("bodies").select("id").execute();
      }),
    ).rejects.toThrow(wrong);
    const item = randomUUID();
    await inBody(async (tx) => {
      await later(tx, changed(tx, item));
      await expect(attempt(tx, () => later(tx, undo(tx, nobody, "x")))).rejects.toThrow(wrong);
    });
    expect(
      await inBody((tx) => tx.selectFrom("item_changes").select("item_id").where("item_id", "=", item).execute()),
    ).toHaveLength(1);
  });
});

describe("what a transaction has read", () => {
  it("is not read again", async () => {
    const [maria, eleni] = [await idOf("Maria"), await idOf("Eleni")];
    const count = await reading(async (tx) => {
      const person = await loadPerson(tx, maria);
      await loadPerson(tx, maria);
      await loadAgency(tx, person?.agencyId ?? "");
      await findAgency(tx, "police");
      await findPersons(tx, { agencyId: person?.agencyId, activeOnly: true });
      await findPersons(tx, { agencyId: person?.agencyId, activeOnly: true, role: "focal_point" });
      expect([...(await personsById(tx, [maria, eleni])).keys()]).toEqual([maria, eleni]);
      await personsById(tx, [eleni, maria]);
    });
    // Maria, all of the police, Eleni.
    expect(count).toBe(3);
  });

  it("is forgotten as soon as the transaction writes to where it comes from", async () => {
    const maria = await idOf("Maria");
    await inBody(async (tx) => {
      expect((await loadPerson(tx, maria))?.name).toBe("Maria");
      await tx.updateTable("persons").set({ name: "Maria K" }).where("id", "=", maria).execute();
      expect((await loadPerson(tx, maria))?.name).toBe("Maria K");
      await sql`update persons set name = 'Maria' where id = ${maria}`.execute(tx);
      expect((await loadPerson(tx, maria))?.name).toBe("Maria");
      await tx.deleteFrom("roles").where("person_id", "=", maria).where("role", "=", "staff").execute();
      expect((await loadPerson(tx, maria))?.roles).toEqual(["focal_point"]);
      await tx.insertInto("roles").values({ person_id: maria, role: "staff" }).execute();
      expect((await loadPerson(tx, maria))?.roles.toSorted()).toEqual(["focal_point", "staff"]);
      await tx.updateTable("agencies").set({ name: "Gendarmerie" }).where("handle", "=", "police").execute();
      expect((await loadPerson(tx, maria))?.agency.name).toBe("Gendarmerie");
      await tx
        .with("away", (db) =>
          db.updateTable("agencies").set({ name: "Police" }).where("handle", "=", "police").returning("id"),
        )
        .selectFrom("away")
        .select("id")
        .execute();
      expect((await loadPerson(tx, maria))?.agency.name).toBe("Police");
    });
  });

  it("stays while other tables change, and not where rows are held to see them as they are", async () => {
    const maria = await idOf("Maria");
    const count = (act: (tx: Tx) => Promise<unknown>) =>
      reading(async (tx) => {
        await loadPerson(tx, maria);
        await act(tx);
        await loadPerson(tx, maria);
      });
    expect(await count((tx) => changed(tx, randomUUID()).execute())).toBe(1);
    expect(await count((tx) => tx.selectFrom("tasks").select("id").forUpdate().execute())).toBe(1);
    expect(await count((tx) => tx.selectFrom("persons").select("id").forUpdate().execute())).toBe(2);
    expect(await count((tx) => sql`select 1 from accounts for share`.execute(tx))).toBe(2);
  });

  it("is nothing to the next transaction", async () => {
    const maria = await idOf("Maria");
    await inBody((tx) => loadPerson(tx, maria));
    await w.runtime.store.owner.updateTable("persons").set({ name: "Mary" }).where("id", "=", maria).execute();
    expect((await inBody((tx) => loadPerson(tx, maria)))?.name).toBe("Mary");
    await w.runtime.store.owner.updateTable("persons").set({ name: "Maria" }).where("id", "=", maria).execute();
  });

  /** How often people were read. */
  async function reading(act: (tx: Tx) => Promise<unknown>): Promise<number> {
    let count = 0;
    await inBody(async (tx) => {
      const counting = vi.spyOn(tx.getExecutor(), "executeQuery");
      await act(tx);
      count = counting.mock.calls.filter(([{ sql: text }]) => /^select "agencies"\.\*/.test(text)).length;
      counting.mockRestore();
    });
    return count;
  }
});

describe("numbers", () => {
  it("go on from one to the next, in each body and of each kind by themselves", async () => {
    const next = (body: string, kind: string, count = 1) =>
      w.runtime.store.inBody(body, async (tx) => {
        const { rows } = await sql<{
          n: number;
        }>`select next_number(${kind}) as n from generate_series(1, ${count}::int)`.execute(tx);
        return rows.map(({ n }) => n);
      });
    expect(await next(w.body, "probe", 3)).toEqual([1, 2, 3]);
    expect(await next(w.body, "probe")).toEqual([4]);
    expect(await next(other, "probe")).toEqual([1]);
    expect(await next(w.body, "another kind; drop schema numbers")).toEqual([1]);
    await expect(
      w.runtime.store.inBody(w.body, async (tx) => {
        await sql`select next_number('probe')`.execute(tx);
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    // What was undone leaves a gap.
    expect(await next(w.body, "probe")).toEqual([6]);
  });

  it("are reached through the one function alone", async () => {
    await expect(inBody((tx) => sql`select number_sequence('task')`.execute(tx))).rejects.toThrow(/permission denied/);
    await expect(
      inBody((tx) => sql`select admit('slack','T','U',null,'slack','T','D',true,null,null)`.execute(tx)),
    ).rejects.toThrow(/permission denied/);
  });
});
