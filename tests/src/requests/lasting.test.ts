import { afterAll, beforeAll, describe, expect } from "vitest";
import { steps } from "../../steps.js";
import { formOf, textOf, World } from "../../world.js";

/** What lasts once it is agreed to: a team, a line between posts, a permission to remain; and what asks a State to take back its own. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator",
      Petra: "prosecution staff",
      Pavel: "prosecution focal_point staff",
      Leila: "sudjustice focal_point staff teams",
    },
  });
  const functions = "functions:joint_investigations,immigration,readmission,border_control";
  await w.ask("Sofia", `authority add XN Prosecutor General ${functions} countryname:Norland agency:@prosecution`);
  const said = await w.ask(
    "Sofia",
    `authority add XS Ministry of Justice ${functions} countryname:Sudmark agency:@sudjustice`,
  );
  sud = /A-\d+/.exec(said)?.[0] ?? "";
  await w.ask("Sofia", `authority verify ${sud}`);
});
afterAll(() => w.close());
const it = steps();

let sud = "";
const refIn = (text: string): string => /R-\d+/.exec(text)?.[0] ?? "";
const fill = async (one: string, part: string, values: Record<string, string | string[]>) =>
  textOf(await w.submit("Petra", formOf(await w.say("Petra", `request fill ${one} ${part}`)), values));
const ONE = { basis: "untoc", language: "en", confidential: "yes", contact: "Petra, by day" };
const sent = async (kind: string, parts: Record<string, Record<string, string | string[]>>): Promise<string> => {
  const one = refIn(await w.ask("Petra", `request new ${kind} ${sud} What it is about`));
  for (const [part, values] of Object.entries(parts)) await fill(one, part, values);
  await fill(one, "4", { adviser: "Legal desk", ...parts[4] });
  expect(await w.ask("Petra", `request ready ${one}`)).toContain("waits for approval");
  await w.ask("Pavel", `request approve ${one}`);
  expect(await w.ask("Petra", `request send ${one}`)).toContain("is sent to Sudjustice");
  await w.ask("Leila", `request received ${one}`);
  return one;
};
const told = (name: string, words: string) =>
  w.inbox(name).filter(({ message }) => JSON.stringify(message).includes(words)).length;

describe("a joint investigation team (UNTOC 19)", () => {
  let team = "";
  it("begins when all have signed, and is looked at again", async () => {
    team = await sent("jit", {
      1: { ...ONE, parties: "Norland and Sudmark" },
      2: {
        ...{ aim: "Smuggling over the northern crossing", period_from: "2026-12-01", period_until: "2027-11-30" },
        ...{ territory: "Norland", leader: "Pavel", members: "Two of each side" },
      },
      3: { evidence_rules: "As the law of Norland says" },
    });
    await w.ask("Leila", `request agree ${team}`);
    expect(await w.ask("Leila", `request answer ${team} signed copy follows`)).toContain(
      "A team begins when all have signed",
    );
    await w.ask("Leila", `request happened ${team} signed`);
    const card = await w.ask("Petra", team);
    expect(card).toMatch(/Runs until: Tue 30 Nov 2027/);
    expect(card).toMatch(/Look at the team’s work again: .*21 Feb/i);
    expect(await w.ask("Leila", `request answer ${team} signed copy is attached`)).toContain("is answered");
    // Nobody is asked to close what goes on.
    expect(await w.ask("Petra", "requests turn")).not.toContain(team);
  });

  it("reminds both sides before its review and its end", async () => {
    await w.pass({ hours: 24 * 91 }, 720);
    await w.settle();
    expect(told("Leila", "look at the team’s work again")).toBeGreaterThan(0);
    expect(told("Petra", "look at the team’s work again")).toBeGreaterThan(0);
    await w.ask("Leila", `request happened ${team} reviewed`);
    expect(await w.ask("Petra", team)).toMatch(/Look at the team’s work again: .*May/i);
    expect(await w.ask("Leila", `request date ${team} ends both agreed by 31 May 2028 12:00`)).toContain(
      "date is fixed",
    );
    expect(await w.ask("Petra", team)).toContain("31 May 2028");
  });

  it("asks about the people first where it foresees a technique", async () => {
    const other = refIn(await w.ask("Petra", `request new jit ${sud} Another team`));
    const before = await fill(other, "techniques", { techniques: "observation" });
    expect(before).toContain("Within how many minutes can they step in?");
  });
});

describe("a line between two posts (Protocol 11(6))", () => {
  it("is tried every month, and ends when it was said to", async () => {
    const line = await sent("border channel", {
      1: {
        ...ONE,
        ...{ points: "Kilkis", posts: "Post 4, day and night", may_pass: "No names", log: "Post 4" },
        channel_until: "2027-12-31",
      },
    });
    expect(await w.ask("Leila", `request agree ${line}`)).toContain("is agreed to");
    expect(await w.ask("Petra", line)).toMatch(/Test call: /);
    expect(await w.ask("Petra", line)).toContain("answered");
    const before = told("Leila", "test call");
    await w.pass({ hours: 24 * 31 }, 720);
    await w.settle();
    expect(told("Leila", "test call")).toBe(before + 1);
    await w.ask("Leila", `request happened ${line} tested`);
    expect(await w.ask("Petra", line)).toMatch(/Line tested: /);
    // Nothing is tried after its last day.
    const soon = new Date(w.clock.now().getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
    await w.ask("Leila", `request date ${line} ends ${soon} 12:00`);
    expect(await w.ask("Petra", line)).not.toMatch(/Test call: /);
    // Silence closes no line that is open.
    expect(await w.ask("Petra", line)).toContain("answered");
  });
});

describe("permission to remain (Directive 2004/81/EC)", () => {
  it("counts the time to decide, and is looked at again before it ends", async () => {
    const today = new Date(w.clock.now()).toISOString().slice(0, 10);
    const one = await sent("stay", {
      1: {
        ...ONE,
        person_here: "A woman of 30",
        told: "By Petra, in Arabic",
        told_on: today,
        unknown: ["reflection_until"],
      },
      2: { why_needed: "She saw the organiser", cooperates: "yes", ties_cut: "yes", is_child: "no" },
    });
    const card = await w.ask("Petra", one);
    expect(card).toContain("Told of the possibility");
    expect(card).toMatch(/Time to decide ends: /);
    expect(card).toContain("a model, with no force here (Directive 2004/81/EC art 6(1)-(2))");
    expect(await w.ask("Leila", `request agree ${one} for a year`)).toContain("is agreed to");
    expect(await w.ask("Petra", one)).not.toMatch(/Time to decide ends: /);
    const day = new Date(w.clock.now().getTime() + 100 * 86_400_000).toISOString().slice(0, 10);
    expect(await w.ask("Leila", `request date ${one} ends ${day} 12:00`)).toContain("at least six months");
  });
});

describe("readmission (Protocol 18)", () => {
  it("does not go while anything stands against contact with that State", async () => {
    const one = refIn(await w.ask("Petra", `request new readmission ${sud} One person`));
    const check = await w.ask("Petra", `request check ${one}`);
    expect(check).toContain("Never write here that the person asks, or ever asked, for protection");
    await fill(one, "1", { ...ONE, claim: "national", procedure: "ordinary", unknown: ["particulars"] });
    await fill(one, "2", { nationality_evidence: "A passport, expired" });
    await fill(one, "4", {
      adviser: "Legal desk",
      nothing_against: "no",
      nothing_against_by: "Asylum office: appeal open",
    });
    expect(await w.ask("Petra", `request ready ${one}`)).toContain("cannot go on with these answers");
    await fill(one, "4", { adviser: "Legal desk", nothing_against: "yes", nothing_against_by: "Asylum office, today" });
    await w.ask("Petra", `request ready ${one}`);
    await w.ask("Pavel", `request approve ${one}`);
    await w.ask("Petra", `request send ${one}`);
    await w.ask("Leila", `request received ${one}`);
    // What that State reads never says what was looked at, nor who looked.
    const read = JSON.stringify(await w.say("Leila", `request read ${one}`));
    expect(read).toContain("A passport, expired");
    expect(read).not.toMatch(/asylum|stands against|protection/i);
    expect(await w.ask("Leila", `request refuse ${one} national_readmission no papers`)).toContain(
      "that is no ground on which",
    );
    expect(await w.ask("Leila", one)).toContain("answer the application");
  });
});
