import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World, words } from "../../world.js";

/** Verification dates age: who keeps an authority hears of it once a month, and finds what is to be checked. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Maria: "police focal_point staff",
      Petros: "police staff",
      Eleni: "labour focal_point staff teams",
    },
    lang: { Eleni: "fr" },
  });
  // The database's clock stands while this world's runs on: what goes out would be tidied away at once as years old.
  await sql`alter table outbox alter created_at set default timestamptz '2100-01-01'`.execute(w.runtime.store.owner);
  for (const [name, line] of [
    ["Sofia", "XN Ministry of Justice functions:mla countryname:Norland"],
    ["Maria", "XN Coast Guard functions:smuggling_by_sea countryname:Norland"],
    ["Maria", "XS Police Centre functions:law_enforcement_cooperation countryname:Sudmark"],
    ["Eleni", "XS Inspection functions:asylum countryname:Sudmark"],
  ] as const)
    await w.ask(name, `authority add ${line}`);
  await w.settle();
});
afterAll(() => w.close());
const it = steps();

const ASKED = /directory that|de l’annuaire tenue/;
const told = (name: string) => w.inbox(name).filter(({ message }) => ASKED.test(words(message)));
const some = <T>(one: T | undefined): T => {
  if (!one) throw new Error("nothing was told");
  return one;
};
const first = (name: string) => some(told(name)[0]);
const latest = (name: string) => some(told(name).at(-1));
const upTo = (day: string, step: number): Promise<void> =>
  w.pass({ minutes: Math.round((Date.parse(day) - w.clock.now().getTime()) / 60_000) }, step);
/** To the end of the first week of a month, looked at often, as the reconciler does. */
async function firstWeekOf(month: string): Promise<void> {
  await upTo(`${month}-01T00:00:00Z`, 10_080);
  await upTo(`${month}-08T12:00:00Z`, 180);
}

describe("what nobody has checked", () => {
  it("is found by those words in either language, with a country or without", async () => {
    expect(await w.ask("Petros", "find unchecked")).toMatch(/not checked for a year, or ever \(4\)/);
    expect(await w.ask("Petros", "find unchecked sudmark")).toMatch(/\(2\)[\s\S]*Police Centre|Inspection/);
    expect(await w.ask("Eleni", "find jamais vérifiées norland")).toMatch(/pas vérifiées depuis un an.*\(2\)/);
    await w.ask("Maria", "authority verify A-2");
    expect(await w.ask("Petros", "find to be checked norland")).toMatch(/\(1\)[\s\S]*Ministry of Justice/);
  });

  it("is told to nobody in the month in which it was entered", async () => {
    await firstWeekOf("2026-12");
    for (const name of ["Sofia", "Maria", "Petros", "Eleni"]) expect(told(name), name).toHaveLength(0);
  });

  it("is told after a month to who may say that it is right, once, in working hours and in their language", async () => {
    await firstWeekOf("2027-01");
    expect(told("Petros")).toHaveLength(0);
    for (const name of ["Sofia", "Maria", "Eleni"]) expect(told(name), name).toHaveLength(1);
    const maria = first("Maria");
    expect(words(maria.message)).toContain("1 authority of the directory that Police keeps has not been checked");
    expect(words(maria.message)).toContain("Police Centre");
    expect(words(maria.message)).not.toContain("Coast Guard");
    expect(words(first("Eleni").message)).toMatch(/1 autorité de l’annuaire tenue par \S+ n’a pas été vérifiée/);
    await upTo("2027-01-31T12:00:00Z", 720);
    expect(told("Maria")).toHaveLength(1);
  });

  it("is checked from the message, and asked about again when that has aged", async () => {
    const message = first("Maria");
    const form = formOf(await w.press("Maria", message, "Still right"));
    expect(textOf(await w.submit("Maria", form, { source: "called them" }))).toContain("A-3 is checked today");
    await firstWeekOf("2027-02");
    expect(told("Maria")).toHaveLength(1);
    expect(told("Sofia")).toHaveLength(2);
    await firstWeekOf("2027-12");
    expect(told("Maria")).toHaveLength(2);
    await firstWeekOf("2028-02");
    expect(words(latest("Maria").message)).toContain("2 authorities of the directory that Police keeps have not");
    expect(words(latest("Maria").message)).toContain("Coast Guard");
  });

  it("is told of no closed one", async () => {
    const before = told("Eleni").length;
    await w.ask("Eleni", "authority close A-4");
    await firstWeekOf("2028-03");
    expect(told("Eleni")).toHaveLength(before);
    expect(await w.ask("Petros", "find unchecked sudmark")).toMatch(/\(1\)/);
  });
});
