import { afterEach, describe, expect, it } from "vitest";
import { counted } from "../../statements.js";
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
    const [one, fifty] = [await take(0, 1), await take(100, 50)];
    expect(fifty).toBe(one);
    const thousand = await take(1_000, 1_000);
    // Twenty slices: each as one, but for what the address itself costs.
    expect(thousand).toBeLessThan(20 * one);
    expect(await take(5_000, 50)).toBe(fifty);
    expect(textOf(await w.say("Eleni", "match list"))).toContain("1103");
  });

  it("lets others have their answers in between, on the embedded database too", async () => {
    await start();
    const token = await address("Eleni");
    let over = false;
    const taking = send(token, rows(0, 600)).then((result) => {
      over = true;
      return result;
    });
    let answers = 0;
    const seen: number[] = [];
    while (!over) {
      expect(textOf(await w.say("Omar", "inbox"))).not.toBe("");
      const { n } = await w.runtime.store.owner
        .selectFrom("match_entries")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow();
      seen.push(Number(n));
      if (!over) answers++;
    }
    expect(await taking).toEqual({ wrong: undefined });
    // Nobody waited for all of it: there were answers with some slices written and others still to come.
    expect(answers).toBeGreaterThan(3);
    expect(new Set(seen.filter((n) => n > 0 && n < 600)).size).toBeGreaterThan(2);
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
    const first = send(token, rows(0, 1_500));
    const second = send(other, rows(10_000, 1_500));
    const verdicts = await Promise.all([first, second]);
    // Whatever their order: one list is in whole, or none; never a part of one.
    const live = await w.runtime.store.owner
      .selectFrom("match_entries")
      .select("id")
      .where("removed_at", "is", null)
      .execute();
    const kept = verdicts.filter((verdict) => verdict?.wrong === undefined).length;
    expect(verdicts.some((verdict) => verdict?.wrong?.includes("at most 2000"))).toBe(true);
    expect(live).toHaveLength(kept * 1_500);
    const hashes = await w.runtime.store.owner.selectFrom("match_hashes").select("entry_id").distinct().execute();
    expect(hashes).toHaveLength(kept * 1_500);
  });
});
