import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importPeople } from "../../../src/cli/import.js";
import { addAgency, initBody } from "../../../src/cli/setup.js";
import { counted } from "../../statements.js";
import { longest, turnsOf, waitedFor } from "../../turns.js";
import { textOf, World } from "../../world.js";

const HEAD = "name,agency,role,accounts,email,zone,lang";

describe("people in bulk", () => {
  let w: World;
  beforeEach(async () => {
    w = await World.create({ agencies: ["labour", "police"], people: { Maria: "police focal_point staff" } });
  });
  afterEach(() => w.close());

  const csv = (...rows: string[]) => [HEAD, ...rows].join("\n");
  const person = (n: number, agency = "labour") => `Officer ${n},${agency},staff,slack:T1:U${n} mail:o${n}@a.org,,,`;
  const many = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => person(from + n));
  const take = (...rows: string[]) => importPeople(w.runtime, csv(...rows), {});
  const everybody = async () => {
    const { owner } = w.runtime.store;
    const people = await owner
      .selectFrom("persons")
      .innerJoin("agencies", "agencies.id", "persons.agency_id")
      .select(["persons.id", "persons.name", "handle", "persons.lang", "persons.active"])
      .orderBy("persons.name")
      .execute();
    const accounts = await owner.selectFrom("accounts").selectAll().execute();
    const roles = await owner.selectFrom("roles").selectAll().execute();
    return people.map(({ id, ...rest }) => ({
      ...rest,
      accounts: accounts
        .filter((one) => one.person_id === id)
        .map(({ user_id }) => user_id)
        .sort(),
      roles: roles
        .filter((one) => one.person_id === id)
        .map(({ role }) => role)
        .sort(),
    }));
  };
  const called = async (name: string) => (await everybody()).filter((one) => one.name === name);

  it("takes statements by the slice, not by the row, and no more of them in a large agency", async () => {
    const few = await counted(() => take(...many(0, 6)));
    const { value, turns } = await turnsOf(() => take(...many(100, 700)));
    const again = await counted(() => take(...many(1_000, 1_006)));
    expect([few.value, value, again.value].map(({ text }) => text)).toEqual([
      "6 people are in.",
      "600 people are in.",
      "6 people are in.",
    ]);
    expect(again.statements).toHaveLength(few.statements.length);
    expect(few.statements.length).toBeLessThan(30);
    expect(Math.max(...turns.map(({ statements }) => statements))).toBeLessThan(15);
    expect(await called("Officer 650")).toMatchObject([{ accounts: ["U650", "o650@a.org"], roles: ["staff"] }]);
    // Everybody hears of it, and it is on the record.
    const { owner } = w.runtime.store;
    const welcomes = await owner.selectFrom("outbox").select("id").where("notice", "=", "people.welcome").execute();
    const events = await owner.selectFrom("events").select("id").where("action", "=", "people.added").execute();
    expect([welcomes.length, events.length]).toEqual([613, 613]);
  });

  it("never holds others: whoever asks meanwhile waits for one slice, and a slice is no longer than an inbox or two", async () => {
    await take(...many(0, 6));
    const inbox = await turnsOf(async () => {
      for (let n = 0; n < 5; n++) await w.say("Maria", "inbox");
    });
    const { value, turns } = await turnsOf((turns) =>
      waitedFor(take(...many(100, 600)), turns, () => w.runtime.store.outside((tx) => sql`select 1`.execute(tx))),
    );
    expect(value.value).toEqual({ ok: true, text: "500 people are in." });
    // Its own turn counts, and the slice that was under way.
    expect(Math.max(...value.waits)).toBeLessThanOrEqual(2);
    // On a server each has a connection of its own, and nobody waits at all.
    const embedded = process.env.TEST_DATABASE_URL === undefined;
    expect(value.waits.filter((waited) => waited === 2).length > 5).toBe(embedded);
    if (embedded) expect(longest(turns)).toBeLessThan(4 * longest(inbox.turns));
  });

  it("where it breaks off it says how many are in, and the same file brings the rest", async () => {
    const { inBody } = w.runtime.store;
    let slices = 0;
    w.runtime.store.inBody = async (body, act) => {
      if (slices++ === 9) throw new Error("the database is gone");
      return inBody.call(w.runtime.store, body, act) as never;
    };
    const broken = await take(...many(0, 100));
    w.runtime.store.inBody = inBody;
    const [, done = ""] = /^(\d+) of 100 people are in\. could not be written/.exec(broken.text) ?? [];
    expect(broken.ok).toBe(false);
    expect(broken.text).toMatch(/\nImport the same file again: it brings the rest/);
    expect(Number(done)).toBeGreaterThan(0);
    const officers = async () => (await everybody()).filter(({ name }) => name.startsWith("Officer"));
    expect(await officers()).toHaveLength(Number(done));
    expect(await take(...many(0, 100))).toEqual({ ok: true, text: "100 people are in." });
    expect(await officers()).toHaveLength(100);
    const { owner } = w.runtime.store;
    const welcomes = await owner.selectFrom("outbox").select("id").where("notice", "=", "people.welcome").execute();
    expect(welcomes).toHaveLength(101);
  });

  it("rows with an account in common are one person, with what each says", async () => {
    const { ok, text } = await take(
      "Ann,labour,staff,slack:T1:U1,,,",
      "Ben,labour,staff,slack:T1:U2,,,",
      "ann,@Labour,focal_point,slack:T1:U1 mail:a@a.org,,,",
    );
    expect([ok, text]).toEqual([true, "2 people are in."]);
    expect(await called("Ann")).toMatchObject([{ accounts: ["U1", "a@a.org"], roles: ["focal_point", "staff"] }]);
    const wrong = await take(
      "Cid,labour,staff,slack:T1:U7,,,",
      "Dan,labour,staff,slack:T1:U8,,,",
      "Cid,labour,staff,slack:T1:U7 slack:T1:U8,,,",
      "Cid,police,staff,slack:T1:U7,,,",
    );
    expect(wrong.text).toMatch(
      /line 4: its accounts stand in lines 2 and 3: .*\nline 5: slack:T1:U7 is Cid's \(line 2\)/,
    );
    expect(await called("Cid")).toEqual([]);
  });

  it("the same file twice changes nothing, and adds what is new in it: all in as few statements", async () => {
    await take(...many(0, 20));
    const before = await everybody();
    const again = await counted(() => take(...many(0, 20)));
    expect(again.value.ok).toBe(true);
    expect(again.statements.length).toBeLessThan(30);
    expect(await everybody()).toEqual(before);
    await take("Officer 3,labour,focal_point staff,slack:T1:U3 teams:X:Y3,,,");
    expect(await called("Officer 3")).toMatchObject([
      { accounts: ["U3", "Y3", "o3@a.org"], roles: ["focal_point", "staff"] },
    ]);
  });

  it("all or none: every fault is named by its line, whatever is wrong with it", async () => {
    await take(person(1), "Jonas,police,staff,slack:T2:U9,,,");
    const before = await everybody();
    const { ok, text } = await take(
      ...many(10, 20),
      "Nobody,nowhere,staff,slack:T1:U50,,,",
      "Boss,labour,emperor,slack:T1:U51,,,",
      ",labour,staff,slack:T1:U52,,,",
      "Stranger,labour,staff,slack:T2:U9,,,",
      "Zone,labour,staff,slack:T1:U53,,Mars/Base,",
      "Form,labour,staff,telegram:1:2,,,",
    );
    expect(ok).toBe(false);
    expect(text.match(/^line \d+/gm)).toEqual([12, 13, 14, 15, 16, 17].map((n) => `line ${n}`));
    expect(text).toContain("Nothing was imported. 6 of 16 rows");
    expect(await everybody()).toEqual(before);
  });

  it("two rows of one name are two people, and an account in two rows is a fault", async () => {
    expect((await take("Lara,labour,staff,slack:T1:U1,,,", "Lara,labour,focal_point,mail:l@a.org,,,")).ok).toBe(true);
    // Two of one name stand in no order.
    const both = (await called("Lara")).map(({ accounts, roles }) => `${accounts} ${roles}`).sort();
    expect(both).toEqual(["U1 staff", "l@a.org focal_point"]);
    const { text } = await take("Ann,labour,staff,slack:T1:U7,,,", "Ben,labour,staff,slack:T1:U7,,,");
    expect(text).toMatch(/^line 3: /m);
    expect(await called("Ann")).toEqual([]);
  });

  it("who left comes back as who they were, and an agency's people come into a second body in bulk", async () => {
    await take(person(1), person(2, "police"));
    expect(textOf(await w.say("Maria", "remove Officer 2"))).not.toBe("");
    await w.runtime.store.owner
      .deleteFrom("roles")
      .where("person_id", "in", (eb) => eb.selectFrom("persons").select("id").where("name", "=", "Officer 1"))
      .execute();
    const before = await called("Officer 1");
    await take(person(1));
    expect(await called("Officer 1")).toEqual(before.map((one) => ({ ...one, roles: ["staff"] })));
    await initBody(w.runtime, { name: "Southern Body", slug: "south", zone: "Europe/Athens", lang: "en" });
    await addAgency(w.runtime, "labour", { name: "Labour", body: "south" });
    const south = await counted(() => importPeople(w.runtime, csv(...many(1, 2)), { body: "south" }));
    expect(south.value).toMatchObject({ ok: true });
    expect(south.statements.length).toBeLessThan(30);
    expect(await called("Officer 1")).toMatchObject([{ roles: ["staff", "staff"] }]);
  });
});
