import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";

/** What protects a witness is RED: seen by the officers named, and by nobody else, in any way out (UNTOC 24, 25). */
let w: World;
const PEOPLE = {
  Sofia: "secretariat coordinator",
  Raul: "secretariat rapporteur",
  Ada: "secretariat admin",
  Anna: "police staff",
  Boris: "police staff",
  Maria: "police focal_point staff",
  Dora: "police staff",
  Sami: "sudpolice staff teams",
  Sara: "sudpolice focal_point staff teams",
  Eleni: "labour focal_point staff teams",
};
const OTHERS = ["Sofia", "Raul", "Ada", "Maria", "Dora", "Sara", "Eleni"];
beforeAll(async () => {
  w = await World.create({ people: PEOPLE });
  const functions = "functions:witness_protection,law_enforcement_cooperation";
  await w.ask("Sofia", `authority add XN Police ${functions} countryname:Norland agency:@police`);
  const said = await w.ask("Sofia", `authority add XS Police ${functions} countryname:Sudmark agency:@sudpolice`);
  sud = /A-\d+/.exec(said)?.[0] ?? "";
  await w.ask("Sofia", `authority verify ${sud}`);
});
afterAll(() => w.close());
const it = steps();

let sud = "";
let ref = "";
const fill = async (part: string, values: Record<string, string | string[]>) =>
  textOf(await w.submit("Anna", formOf(await w.say("Anna", `request fill ${ref} ${part}`)), values));
const absent = async (name: string): Promise<void> => {
  for (const line of [ref, `request read ${ref}`, `request approve ${ref}`, `request withdraw ${ref} x`, `stop ${ref}`])
    expect(await w.ask(name, line), `${name}: ${line}`).toBe(
      (await w.ask(name, line.replace(ref, "R-999999"))).replaceAll("R-999999", ref),
    );
  for (const line of ["requests", "requests received", "requests asked", "inbox"])
    expect(await w.ask(name, line), `${name}: ${line}`).not.toContain(ref);
};

describe("a request that protects a witness", () => {
  it("is RED, and says what must never stand in it", async () => {
    const said = await w.ask("Anna", `request new witness protection ${sud} tlp:amber Heron`);
    expect(said).toContain("TLP:RED at least");
    const drafted = await w.ask("Anna", `request new witness protection ${sud} Heron`);
    ref = /R-\d+/.exec(drafted)?.[0] ?? "";
    expect(drafted).toContain("Never write a name or a place here");
    await absent("Maria");
  });

  it("is not complete before one of each side is named", async () => {
    await fill("1", { basis: "untoc", language: "en", confidential: "yes", contact: "Anna", code_name: "HERON-ZQ" });
    await fill("2", {
      ...{ people_count: "One adult, one child", threat: "CANARY-ZQ from the group", testimony: "Saw the organiser" },
      ...{ measures: ["relocation", "non_disclosure"], consent: "Yes, to Anna" },
    });
    await fill("3", { duration_costs: "A year, each its own" });
    await fill("4", { adviser: "Legal desk" });
    expect(await w.ask("Anna", `request ready ${ref}`)).toContain("One more of your side is needed");
    expect(await w.ask("Anna", `request officer ${ref} @Eleni`)).toContain("belongs to neither side");
    expect(await w.ask("Anna", `request officer ${ref} @Boris`)).toContain("is named for");
    expect(await w.ask("Anna", `request ready ${ref}`)).toContain("ask by voice who");
    await w.ask("Anna", `request officer ${ref} @Sami`);
    await absent("Sami");
    expect(await w.ask("Anna", `request ready ${ref}`)).toContain("waits for approval");
    expect(await w.ask("Anna", `request approve ${ref}`)).toContain("approved by somebody else");
    expect(await w.ask("Boris", "inbox")).toContain(ref);
    expect(await w.ask("Boris", `request approve ${ref}`)).toContain("You approved");
  });

  it("goes from those named to those named, and to nobody else", async () => {
    expect(await w.ask("Anna", `request send ${ref}`)).toContain("is sent");
    await w.settle();
    expect(await w.ask("Sami", "inbox")).toContain(ref);
    expect(await w.ask("Sami", `request received ${ref}`)).toContain("Receipt");
    for (const name of OTHERS) await absent(name);
    for (const name of OTHERS) expect(JSON.stringify(w.inbox(name)), name).not.toMatch(new RegExp(`${ref}|ZQ`));
    // Whoever stands in for one of them learns nothing of it, nor does who acts for the agency.
    await w.ask("Sami", 'away until:"Fri 12:00" deputy:@Sara');
    await absent("Sara");
    expect(await w.ask("Sofia", `for @sudpolice request agree ${ref}`)).not.toContain("is agreed");
    await w.ask("Sami", "back");
  });

  it("names neither what it is nor anybody on a card; a dialog does", async () => {
    const card = await w.ask("Sami", ref);
    expect(card).toContain("TLP:RED");
    expect(card).not.toMatch(/witness|protect|relocat|Anna|HERON|Boris/i);
    const read = JSON.stringify(await w.say("Sami", `request read ${ref}`));
    expect(read).toContain("HERON-ZQ");
    expect(read).toContain("CANARY-ZQ");
    await w.settle();
    for (const name of ["Anna", "Boris", "Sami"])
      expect(JSON.stringify(w.inbox(name)), name).not.toMatch(/ZQ|witness|relocat/i);
  });

  it("takes no file, writes no paper, goes to no other authority", async () => {
    for (const line of [`request attach ${ref}`, `request file ${ref}`])
      expect(await w.ask("Anna", line), line).toContain("nothing of it goes on paper");
    expect(await w.ask("Sami", `request redirect ${ref} @labour not ours`)).toContain("stays with those named");
    expect(await w.ask("Anna", `request copy ${ref} @labour`)).toContain("stays with those named");
  });

  it("is decided by those named there, and the threat is assessed again each month", async () => {
    expect(await w.ask("Sami", `request refuse ${ref} wp_capacity none free`)).toContain("request consult");
    expect(await w.ask("Sami", `request officer ${ref} @Boris`)).toContain("neither side");
    expect(await w.ask("Sami", `request agree ${ref} from 1 January`)).toContain("is agreed to");
    await w.pass({ hours: 24 * 31 }, 720);
    await w.settle();
    expect(w.inbox("Anna").filter(({ message }) => JSON.stringify(message).includes(ref)).length).toBeGreaterThan(1);
    for (const name of OTHERS) expect(JSON.stringify(w.inbox(name)), name).not.toContain(ref);
    // Not even which day comes near.
    for (const name of ["Anna", "Boris", "Sami"])
      expect(JSON.stringify(w.inbox(name)), name).not.toMatch(/threat|witness|protect/i);
    expect(await w.ask("Sami", `request happened ${ref} assessed`)).not.toMatch(/threat/i);
    expect(await w.ask("Anna", `request close ${ref} safe`)).toContain("is closed");
    for (const name of OTHERS) await absent(name);
  });

  it("is counted nowhere, and the record says no more than that something was done", async () => {
    const rows = await w.work(async (work) => {
      const number = Number(ref.slice(2));
      const { id } = await work.tx
        .selectFrom("requests")
        .select("id")
        .where("number", "=", number)
        .executeTakeFirstOrThrow();
      return work.tx.selectFrom("events").selectAll().where("item_id", "=", id).execute();
    });
    expect(rows.length).toBeGreaterThan(5);
    expect([...new Set(rows.map(({ action }) => action))].sort()).toEqual(["request.read", "request.red"]);
    expect(JSON.stringify(rows)).not.toMatch(/witness|XS|sudpolice|ZQ/);
  });

  it("formalises nothing that others can see", async () => {
    const first =
      /R-\d+/.exec(await w.ask("Anna", "request new police @sudpolice urgency:life-safety A threat"))?.[0] ?? "";
    await w.submit("Anna", formOf(await w.say("Anna", `request fill ${first} 1`)), { urgency_reason: "tonight" });
    await w.submit("Anna", formOf(await w.say("Anna", `request fill ${first} what`)), { what: "who threatens" });
    await w.ask("Anna", `request sendnow ${first} tonight`);
    const said = await w.ask("Anna", `request formalise ${first} witness_protection`);
    const made = /R-\d+ is a draft/.exec(said)?.[0].split(" ")[0] ?? "";
    expect(made).toMatch(/^R-/);
    expect(await w.ask("Maria", made)).toContain("There is no");
    expect(JSON.stringify(await w.say("Maria", `request read ${first}`))).not.toMatch(/formal/i);
  });
});
