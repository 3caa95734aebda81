import { afterEach, describe, expect, it } from "vitest";
import { CANARY } from "../../canary.js";
import { formOf, textOf, World, words } from "../../world.js";

/** Deconfliction: both learn that there is a hit and whom to talk to, and nothing else. */
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff teams",
  Jonas: "border staff",
};
type Name = keyof typeof PEOPLE;

let w: World;
afterEach(() => w?.close());

const news = (name: Name) => w.inbox(name).map(({ message }) => words(message));
const CASE = "zqcaseqz 12/2026";

async function add(name: Name, kind: string, value: string, more: Record<string, string> = {}): Promise<string> {
  const form = formOf(await w.say(name, "match add"));
  return textOf(await w.submit(name, form, { kind, value, case: CASE, purpose: "zqpurposeqz", ...more }));
}

const dump = async () => {
  const { owner } = w.runtime.store;
  const rows = await Promise.all(
    (
      ["match_entries", "match_hashes", "match_hits", "events", "outbox", "drafts", "inbound", "adapter_store"] as const
    ).map((table) => owner.selectFrom(table).selectAll().execute()),
  );
  return JSON.stringify(rows);
};

describe("identifiers of two agencies", () => {
  it("meet by their keyed hashes alone, whatever way they are written", async () => {
    w = await World.create({ people: PEOPLE });
    expect(await w.ask("Petros", "match add phone +30 697 555 0101")).toContain("Please delete that line");
    expect(await add("Petros", "phone", "+30 697 555 0101")).toMatch(/^Entry 1 is registered until/);
    // What nobody else has, and what somebody has, is answered alike.
    expect(await add("Eleni", "phone", "0030 (697) 555-0101")).toMatch(/^Entry 1 is registered until/);
    expect(await add("Eleni", "phone", "+30 697 555 0199")).toMatch(/^Entry 2 is registered until/);
    await w.settle();
    expect(news("Petros").join()).toMatch(/Your entry 1 \(phone\) meets one of Labour\. Talk to: Eleni/);
    expect(news("Eleni").join()).toMatch(/Your entry 1 \(phone\) meets one of Police\. Talk to: Petros, Maria/);
    expect(news("Maria").join()).toContain("meets one of Labour");
    expect(news("Jonas").join()).not.toContain("meets");
    expect(textOf(await w.say("Petros", "match hits"))).toContain("Labour");
    expect(textOf(await w.say("Eleni", "match list"))).toMatch(/2.*1.*hits 1/s);
    expect(JSON.stringify(w.payloads)).not.toMatch(new RegExp(`${CANARY.source}|697 ?555`));
    expect(await dump()).not.toMatch(new RegExp(`${CANARY.source}|697 ?555`));
  });

  it("tell a silent owner alone", async () => {
    w = await World.create({ people: PEOPLE });
    await add("Petros", "vessel", "IMO 9074729", { quiet: "yes" });
    await add("Eleni", "vessel", "9074729");
    await w.settle();
    expect(news("Petros").join()).toContain("meets one of Labour");
    expect(news("Eleni").join()).not.toContain("meets");
    expect(textOf(await w.say("Eleni", "match hits"))).toContain("No hits");
    expect(textOf(await w.say("Eleni", "match list"))).not.toContain("hits");
  });

  it("do not meet once removed or run out, and run out after 30 days unless renewed", async () => {
    w = await World.create({ people: PEOPLE });
    await add("Petros", "phone", "+30 697 555 0101");
    await add("Petros", "phone", "+30 697 555 0102");
    await add("Petros", "phone", "+30 697 555 0103");
    expect(await w.ask("Petros", "match remove 1")).toContain("is removed");
    expect(await w.ask("Eleni", "match remove 2")).toContain("Your agency has no entry 2");
    await w.pass({ days: 28 }, 1_440);
    expect(news("Petros").join()).toContain("runs out");
    expect(await w.ask("Petros", "match renew 3")).toContain("Entry 3 is kept until");
    await w.pass({ days: 4 }, 1_440);
    const left = await w.runtime.store.owner.selectFrom("match_hashes").select("entry_id").distinct().execute();
    expect(left).toHaveLength(1);
    // One runs out at its hour, though the clock has not come round to forget it.
    await add("Petros", "phone", "+30 697 555 0104");
    await w.runtime.store.owner
      .updateTable("match_entries")
      .set({ expires_at: w.clock.now() })
      .where("number", "=", 4)
      .execute();
    for (const last of ["0101", "0102", "0103", "0104"]) await add("Eleni", "phone", `+30 697 555 ${last}`);
    await w.settle();
    expect(news("Eleni").filter((text) => text.includes("meets one of Police"))).toHaveLength(1);
  });

  it("come as a list, all of it or none, and within the quota", async () => {
    w = await World.create({ people: PEOPLE });
    w.runtime.site = "https://coord.example";
    await add("Petros", "phone", "+30 697 555 0101");
    const take = async (csv: string) => {
      const link = JSON.stringify(await w.say("Eleni", "match import"));
      const token = /upload\/([\w-]+)/.exec(link)?.[1] ?? "";
      return w.runtime.files.take(token, { name: "list.csv", bytes: new TextEncoder().encode(csv) });
    };
    const wrong = await take("kind,value,case,purpose\nphone,+30 697 555 0101,c,p\nphone,zqbadqz,c,p\n");
    expect(wrong?.wrong).toMatch(/^Line 3/);
    expect(wrong?.wrong).not.toContain("zqbadqz");
    expect(textOf(await w.say("Eleni", "match list"))).toContain("Nothing is registered");
    expect(await take("kind,value,case,purpose\nphone,+30 697 555 0101,c,p\n")).toEqual({ wrong: undefined });
    await w.settle();
    expect(news("Eleni").join()).toContain("meets one of Police");
    const many = Array.from({ length: 2_001 }, (_, n) => `phone,+30 697 5${String(n).padStart(6, "0")},c,p`).join("\n");
    expect((await take(`kind,value,case,purpose\n${many}\n`))?.wrong).toContain("at most 2000");
  });

  it("cannot be tried out: sixty by hand in an hour", async () => {
    w = await World.create({ people: PEOPLE });
    for (let n = 0; n < 60; n++) await add("Petros", "phone", `+30 697 555 01${String(n).padStart(2, "0")}`);
    expect(await add("Petros", "phone", "+30 697 555 0199")).toContain("within the hour");
  });
});
