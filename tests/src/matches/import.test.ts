import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { counted } from "../../statements.js";
import { longest, turnsOf, waitedFor } from "../../turns.js";
import { textOf, World } from "../../world.js";

describe("a list of identifiers", () => {
  let w: World;
  afterEach(() => w.close());
  const start = async () => {
    w = await World.create({
      people: {
        Eleni: "labour focal_point staff teams",
        Petros: "police focal_point staff",
        Omar: "labour staff teams",
      },
    });
    w.runtime.site = "https://coord.example";
  };
  const rows = (from: number, count: number) =>
    `kind,value,case,purpose\n${Array.from({ length: count }, (_, n) => `phone,+30 697 5${String(from + n).padStart(6, "0")},c,p`).join("\n")}\n`;
  const address = async (name: string) =>
    /upload\/([\w-]+)/.exec(JSON.stringify(await w.say(name, "match import")))?.[1] ?? "";
  const send = (token: string, csv: string) =>
    w.runtime.files.take(token, { name: "list.csv", bytes: new TextEncoder().encode(csv) });

  it("takes statements by the slice, not by the row, and as few where the agency has much already", async () => {
    await start();
    const take = async (from: number, count: number) => {
      const token = await address("Eleni");
      const { value, statements } = await counted(() => send(token, rows(from, count)));
      expect(value).toEqual({ wrong: undefined });
      return statements.length;
    };
    // The first of all makes the body's key, the second keeps it in mind.
    await take(50_000, 1);
    await take(50_001, 1);
    const one = await take(0, 1);
    // Eight rows and fewer are one slice.
    expect(await take(100, 8)).toBe(one);
    const { turns } = await turnsOf(() => take(1_000, 300));
    const of = turns.map(({ statements }) => statements);
    expect(Math.max(...of)).toBeLessThan(25);
    // Far fewer slices than rows.
    expect(of.length).toBeLessThan(45);
    expect(await take(5_000, 8)).toBe(one);
    expect(textOf(await w.say("Eleni", "match list"))).toContain("319");
  });

  it("never holds others: whoever asks meanwhile waits for one slice, and a slice is no longer than an inbox or two", async () => {
    await start();
    await send(await address("Eleni"), rows(0, 1));
    const inbox = await turnsOf(async () => {
      for (let n = 0; n < 5; n++) await w.say("Omar", "inbox");
    });
    const token = await address("Eleni");
    const seen = new Set<number>();
    const { value, turns } = await turnsOf((turns) =>
      waitedFor(send(token, rows(100, 400)), turns, async () => {
        const { rows } = await w.runtime.store.outside((tx) =>
          sql<{ n: number }>`select count(*)::int as n from match_entries`.execute(tx),
        );
        seen.add(rows[0]?.n ?? 0);
      }),
    );
    expect(value.value).toEqual({ wrong: undefined });
    // Its own turn counts, and the slice that was under way.
    expect(Math.max(...value.waits)).toBeLessThanOrEqual(2);
    // On a server each has a connection of its own, and nobody waits at all.
    const embedded = process.env.TEST_DATABASE_URL === undefined;
    expect(value.waits.filter((waited) => waited === 2).length > 5).toBe(embedded);
    if (embedded) expect(longest(turns)).toBeLessThan(4 * longest(inbox.turns));
  });

  const live = async () =>
    w.runtime.store.owner.selectFrom("match_entries").select("id").where("removed_at", "is", null).execute();
  /** So many more entries of the labour inspectorate, entered otherwise. */
  const crowded = (count: number) =>
    sql`insert into match_entries
      (id, body_id, number, agency_id, person_id, kind, case_ref, purpose, created_at, expires_at)
      select gen_random_uuid(), r.body_id, -n, p.agency_id, p.id, 'phone', '', '', ${w.clock.now()}, ${new Date("2027-01-01")}
      from persons p join roles r on r.person_id = p.id and r.role = 'focal_point', generate_series(1, ${count}::int) n
      where p.name = 'Eleni'`.execute(w.runtime.store.owner);

  /** The database is gone once so many entries are live, or so few. */
  const breaking = async (when: (live: number) => boolean, act: () => Promise<unknown>) => {
    const { store } = w.runtime;
    const { inBody } = store;
    store.inBody = async (body, work) => {
      if (when((await live()).length)) throw new Error("the database is gone");
      return inBody.call(store, body, work) as never;
    };
    await expect(act()).rejects.toThrow("gone");
    store.inBody = inBody;
  };

  it("goes on where it broke off when the same file comes again, and says so to who asks", async () => {
    await start();
    await send(await address("Eleni"), rows(0, 1));
    const token = await address("Eleni");
    await breaking(
      (count) => count > 20,
      () => send(token, rows(100, 200)),
    );
    const standing = (await live()).length - 1;
    expect(standing).toBeGreaterThan(0);
    expect(standing).toBeLessThan(200);
    // Nobody can tell a break from a list that is being written, until its minute is over.
    const soon = await send(await address("Eleni"), rows(100, 200));
    expect(soon?.wrong).toMatch(/This very file is being registered at this moment/);
    expect(await live()).toHaveLength(standing + 1);
    w.clock.moveTo(new Date(w.clock.now().getTime() + 61_000));
    expect(textOf(await w.say("Eleni", "match import"))).toMatch(
      new RegExp(
        `^A list of 200 rows broke off \\(begun .*10:00\\): ${standing} of them are registered\\. Send the same file again`,
      ),
    );
    expect(textOf(await w.say("Petros", "match import"))).not.toContain("broke off");
    expect(await send(await address("Omar"), rows(100, 200))).toEqual({ wrong: undefined });
    expect(await live()).toHaveLength(201);
    expect(textOf(await w.say("Eleni", "match import"))).not.toContain("broke off");
    // Whole, it is a list like any other.
    expect(await send(await address("Eleni"), rows(100, 200))).toEqual({ wrong: undefined });
    expect(await live()).toHaveLength(401);
  });

  it("what was being taken back when it broke off is taken back first", async () => {
    await start();
    const [first, second, third] = [await address("Eleni"), await address("Eleni"), await address("Eleni")];
    await breaking(
      (count) => count > 120,
      () => send(first, rows(0, 520)),
    );
    const standing = (await live()).length;
    await crowded(1_500);
    w.clock.moveTo(new Date(w.clock.now().getTime() + 61_000));
    // There is no room for the rest any more: what it wrote goes, and in the middle of that the database.
    await breaking(
      (count) => count < standing + 1_500,
      () => send(second, rows(0, 520)),
    );
    expect((await live()).length).toBeGreaterThan(1_500);
    w.clock.moveTo(new Date(w.clock.now().getTime() + 61_000));
    expect((await send(third, rows(0, 520)))?.wrong).toContain("1500 entries of at most 2000");
    expect(await live()).toHaveLength(1_500);
    expect(textOf(await w.say("Eleni", "match import"))).not.toContain("broke off");
  });

  it("meets what others have in bulk as it does one by one", async () => {
    await start();
    for (const number of [3, 7, 60])
      await w.say("Petros", `match add phone "+30 697 5${String(number).padStart(6, "0")}" case:"c" purpose:"p"`);
    expect(await send(await address("Petros"), rows(3, 5))).toEqual({ wrong: undefined });
    expect(await send(await address("Eleni"), rows(0, 100))).toEqual({ wrong: undefined });
    const hits = await w.runtime.store.owner.selectFrom("match_hits").selectAll().execute();
    const entries = await w.runtime.store.owner.selectFrom("match_entries").selectAll().execute();
    const agency = (id: string) => entries.find((entry) => entry.id === id)?.agency_id;
    expect(hits.every((hit) => agency(hit.entry_id) !== agency(hit.other_id))).toBe(true);
    expect(hits.length).toBeGreaterThanOrEqual(5);
    const events = await w.runtime.store.owner
      .selectFrom("events")
      .select("id")
      .where("action", "=", "match.hit")
      .execute();
    expect(events).toHaveLength(hits.length);
  });

  it("takes back what was written where the quota ends in the middle of it", async () => {
    await start();
    const token = await address("Eleni");
    const other = await address("Omar");
    await crowded(1_500);
    const first = send(token, rows(0, 300));
    const second = send(other, rows(10_000, 300));
    const verdicts = await Promise.all([first, second]);
    // Whatever their order: one list is in whole, or none; never a part of one.
    const live = await w.runtime.store.owner
      .selectFrom("match_entries")
      .select("id")
      .where("removed_at", "is", null)
      .execute();
    const kept = verdicts.filter((verdict) => verdict?.wrong === undefined).length;
    expect(verdicts.some((verdict) => verdict?.wrong?.includes("at most 2000"))).toBe(true);
    expect(live).toHaveLength(1_500 + kept * 300);
    const hashes = await w.runtime.store.owner.selectFrom("match_hashes").select("entry_id").distinct().execute();
    expect(hashes).toHaveLength(kept * 300);
  });
});
