import { afterAll, beforeAll, describe, expect } from "vitest";
import { plain } from "../../../src/chat/index.js";
import { allAsOf, planFigures } from "../../../src/plan/as-of.js";
import { planChart } from "../../../src/plan/chart.js";
import { steps } from "../../steps.js";
import { formOf, textOf, World, words } from "../../world.js";
import { addIndicator, addObjective, fill, type Name, news, opened, PEOPLE } from "./acting.js";

/** The action plan, from the first objective to the figure that was reached, on both platforms. START is 23 November 2026. */
let w: World;
const people = { people: PEOPLE, observers: ["iom"], agencies: ["prosecution"] };
const world = () => {
  beforeAll(async () => {
    w = await World.create(people);
    w.runtime.site = "https://coord.example";
  });
  afterAll(() => w.close());
  return steps();
};

const shown = async (name: Name, line: string) => textOf(await w.say(name, line));

describe("an objective", () => {
  const it = world();

  it("is added by the secretariat, known to everybody, and its card is kept true", async () => {
    const form = await opened(w, "Dora", "plan add");
    expect(form.fields.map((field) => "name" in field && field.name)).toEqual(
      expect.arrayContaining(["title", "pillar", "requirement", "measure", "review", "lead", "with", "due", "label"]),
    );
    const label = form.fields.find((field) => "name" in field && field.name === "label");
    expect(label).toMatchObject({ options: [{ value: "CLEAR" }, { value: "GREEN" }] });
    const said = await fill(w, "Dora", form, {
      title: "Shelter for all",
      pillar: "protection",
      requirement: "Protocol, article 16",
      measure: "Open houses in the north",
      review: "no",
      lead: "@labour",
      with: ["@police"],
      due: "2027-11-23",
      label: "GREEN",
    });
    expect(said).toBe("O-1 is in the plan. What is measured: plan indicator O-1\nIt is marked TLP:GREEN.");
    await w.settle();
    expect(words(w.card("Eleni", "O-1").message)).toMatch(/Shelter for all.*Planned.*Protection and assistance/s);
    expect(words(w.card("Maria", "O-1").message)).toContain("Supporting agencies: Police");
    for (const name of ["Petros", "Jonas", "Raul", "Obi"] as const)
      expect(await shown(name, "O-1"), name).toMatch(/Shelter for all.*Protocol, article 16.*Open houses/s);
    expect(await w.ask("Dora", "plan edit O-1 status:under_way")).toBe("O-1 is changed.");
    await w.settle();
    expect(words(w.card("Eleni", "O-1").message)).toContain("State: Under way");
    expect(await shown("Obi", "plan")).toMatch(/Action plan \(1\).*Under way: 1.*O-1 Shelter for all.*Labour/s);
    expect(await shown("Obi", "plan protection")).toContain("Action plan: Protection and assistance (1)");
    expect(await shown("Obi", "plan prevention")).toContain("no objectives");
    expect(await shown("Raul", "plan who")).toMatch(/Labour \| leads O-1\nPolice \| supports O-1/);
  });

  it("is changed in a form that shows how it stands; what is emptied there is gone", async () => {
    const ref = await addObjective(
      w,
      "prevention Tell them at home by 2027-06-30 lead:@police measure:Radio with:@labour",
    );
    const form = await opened(w, "Dora", `plan edit ${ref}`);
    const given = Object.fromEntries(
      form.fields.flatMap((field) => ("name" in field && "value" in field ? [[field.name, field.value]] : [])),
    );
    expect(given).toMatchObject({ title: "Tell them at home", due: "2027-06-30", measure: "Radio", state: "planned" });
    const said = await fill(w, "Dora", form, {
      title: "Tell them before they go",
      pillar: "prevention",
      state: "stalled",
      review: "yes",
      lead: "@police",
      start: "2026-11-23",
      due: "2027-06-30",
      label: "CLEAR",
    });
    expect(said).toBe(`${ref} is changed. It is marked TLP:CLEAR.`);
    const card = await shown("Maria", ref);
    expect(card).toMatch(/Tell them before they go.*Stalled.*Measure: Legal review.*TLP:CLEAR/s);
    expect(card).not.toMatch(/Radio|Supporting/);
  });
});

describe("a figure that is due", () => {
  const it = world();

  it("is asked for before it is due and after, given from the reminder, and moves on to the next", async () => {
    const ref = await addObjective(w);
    await addIndicator(w, ref, "due:2026-11-30", "monthly");
    await w.settle();
    expect(news(w, "Eleni").join("\n")).toMatch(/Your agency answers for O-1\/1.*the figure is due Mon 30 Nov/);
    expect(await shown("Jonas", ref)).toMatch(
      /O-1\/1 Places in shelters \| from 10 to 50 places · no figure yet · next figure/,
    );
    const reminders = (name: Name) => news(w, name).filter((text) => text.startsWith("Reminder"));
    await w.pass({ days: 1 }, 480);
    const reminder = w.inbox("Eleni").findLast(({ message }) => words(message).startsWith("Reminder"));
    if (!reminder) throw new Error("no reminder");
    expect(words(reminder.message)).toMatch(
      /a figure of the plan is due\nO-1\/1 Places in shelters \| Labour: the figure is due Mon 30 Nov/,
    );
    for (const name of ["Omar", "Dora", "Maria"] as const) expect(reminders(name), name).toEqual([]);
    const form = formOf(await w.press("Eleni", reminder, "Give the figure"));
    expect(plain(form.intro ?? "")).toMatch(
      /Places in shelters: from 10 to 50 places\. Source: Shelter register\. .*30 Nov 2026/,
    );
    expect(await fill(w, "Eleni", form, { value: "1,200" })).toContain("could be read in two ways");
    expect(await fill(w, "Eleni", form, { value: "14", evidence: "http://plain.example" })).toContain("https://");
    expect(
      await fill(w, "Eleni", form, { value: "14", evidence: "https://figures.example/q4", words: "Two houses" }),
    ).toBe("O-1/1: 14 places, period to Mon 30 Nov 2026. It is on track.");
    await w.settle();
    expect(words(w.card("Eleni", ref).message)).toMatch(/14 places \(Mon 30 Nov 2026\).*next figure Thu 31 Dec/);
    const once = reminders("Eleni").length;
    await w.pass({ days: 24 }, 1_440);
    expect(reminders("Eleni")).toHaveLength(once);
    // Nobody gives the next: the agency hears, late the coordinators, and then of the one after it.
    await w.pass({ days: 29 }, 1_440);
    expect(reminders("Eleni").length).toBeGreaterThan(once + 3);
    expect(reminders("Dora").join("\n")).toMatch(/a figure of the plan is missing\nO-1\/1.*was due Thu 31 Dec/s);
    expect(await shown("Dora", "plan")).toContain("figure overdue: 1");
    await w.pass({ days: 10 }, 1_440);
    expect(reminders("Eleni").at(-1)).toMatch(/O-1\/1.*the figure is due (Sun )?31 Jan/s);
  });
});

describe("an indicator that is missed", () => {
  const it = world();

  const buttons = (name: Name, ref: string) =>
    w
      .card(name, ref)
      .message.blocks.flatMap((block) => (block.type === "actions" ? block.actions.map(({ label }) => label) : []));

  it("offers to enter a training need, which feeds the objective, to those whose objective or figure it is", async () => {
    const ref = await addObjective(w, "protection Shelter for all by 2027-11-23 lead:@police");
    await addIndicator(w, ref, "due:2026-11-30", "monthly");
    await w.ask("Eleni", `plan progress ${ref} 12`);
    await w.settle();
    expect(buttons("Maria", ref)).not.toContain("Training need");
    await w.pass({ days: 70 }, 1_440);
    await w.ask("Eleni", `plan progress ${ref} 12`);
    await w.settle();
    expect(words(w.card("Maria", ref).message)).toContain("behind");
    expect(buttons("Maria", ref)).toContain("Training need");
    // Labour only measures it, and has its button all the same; the border guard has nothing to do with it.
    expect(JSON.stringify(await w.say("Eleni", ref))).toContain("Training need");
    expect(JSON.stringify(await w.say("Jonas", ref))).not.toContain("Training need");
    expect(await w.ask("Jonas", `plan need ${ref} interviewing Children by 31 March`)).toBe(
      `A need for ${ref} is entered by the secretariat and by those who lead, support or measure it: Police, Labour. Any other: training need`,
    );
    const form = formOf(await w.press("Maria", w.card("Maria", ref), "Training need"));
    expect(plain(form.intro ?? "")).toMatch(/^O-1\/1 Places in shelters · 12 places \(.*from 10 to 50 places/);
    const said = await fill(w, "Maria", form, {
      topic: "interviewing",
      words: "Finding out who needs a place",
      by: "2027-03-31",
      people: "12",
    });
    expect(said).toBe(`K-1 is entered and feeds ${ref}. What fits it shows on its card, in our chat.`);
    expect(await shown("Jonas", ref)).toMatch(
      /What feeds it, as far as you may know of it \(1\).*K-1.*Finding out who needs a place/s,
    );
    expect(await shown("Obi", "K-1")).toContain("Finding out who needs a place");
    await w.ask("Eleni", `plan progress ${ref} 50`);
    await w.settle();
    expect(buttons("Maria", ref)).not.toContain("Training need");
  });
});

describe("a figure that was given", () => {
  const it = world();

  it("is corrected by a newer one; what stood at an instant is the same whenever it is asked", async () => {
    const ref = await addObjective(w);
    const indicator = await addIndicator(w, ref, "due:2026-11-30");
    await w.ask("Eleni", `plan progress ${indicator} 20 evidence:T-1`);
    const first = w.clock.now();
    const asked = () => w.work(async (work) => [await allAsOf(work, first), await planFigures(work, first)]);
    const stood = await asked();
    expect(stood).toMatchObject([
      [
        {
          objective: ref,
          indicator: "Places in shelters",
          value: "20",
          status: "on_track",
          agency: "labour",
          overdue: false,
        },
      ],
      [
        {},
        { pillar: "protection", objectives: { planned: 1, dropped: 0 }, indicators: { on_track: 1, reached: 0 } },
        {},
        {},
      ],
    ]);
    await w.pass({ hours: 1 });
    expect(await w.ask("Omar", `plan progress ${ref} 12,50 for:2026-11-30 Counted again`)).toContain("12.50 places");
    await w.ask(
      "Dora",
      `plan indicator ${indicator} Beds unit:beds from:0 to:12.50 every:yearly source:Count answers:@police due:2026-12-01`,
    );
    await w.ask("Dora", `plan edit ${ref} status:dropped due:2026-11-25 Another title`);
    await w.pass({ hours: 1 });
    await w.ask("Dora", `plan drop ${indicator}`);
    expect(await asked()).toEqual(stood);
    const [now, figures] = await w.work(async (work) => [
      await allAsOf(work, work.now),
      await planFigures(work, work.now),
    ]);
    expect(now).toEqual([]);
    expect(figures?.[1]).toMatchObject({ objectives: { dropped: 1, planned: 0 }, indicators: { on_track: 0 } });
    const middle = await w.work((work) => allAsOf(work, new Date(w.clock.now().getTime() - 1_800_000)));
    expect(middle).toMatchObject([
      { title: "Another title", indicator: "Beds", value: "12.50", status: "reached", agency: "police" },
    ]);
    const rows = await w.runtime.store.owner.selectFrom("plan_progress").select(["n", "value"]).orderBy("n").execute();
    expect(rows).toEqual([
      { n: 1, value: "20" },
      { n: 2, value: "12.50" },
    ]);
    await expect(w.work((work) => work.tx.deleteFrom("plan_progress").execute())).rejects.toThrow(/permission denied/);
    await expect(
      w.work((work) => work.tx.updateTable("objective_versions").set({ title: "x" }).execute()),
    ).rejects.toThrow(/permission denied/);
  });

  it("is drawn as bars, where a pillar without indicators has none", async () => {
    const ref = await addObjective(w);
    await addIndicator(w, ref);
    const chart = await w.work((work) => planChart(work, work.now, "fr"));
    expect(chart).toMatchObject({
      kind: "bars",
      lang: "fr",
      title: "Indicateurs par pilier",
      absent: "aucun indicateur",
    });
    expect(chart.categories).toHaveLength(4);
    expect(chart.series.map(({ values }) => values)).toEqual([
      [undefined, 0, undefined, undefined],
      [undefined, 0, undefined, undefined],
      [undefined, 0, undefined, undefined],
      [undefined, 1, undefined, undefined],
    ]);
  });
});

describe("an obstacle", () => {
  const it = world();

  it("is raised by who leads or supports, told to the desk, and taken away", async () => {
    const ref = await addObjective(w, "protection Shelter for all by 2027-11-23 lead:@labour with:@police");
    await w.settle();
    const form = formOf(await w.press("Eleni", w.card("Eleni", ref), "Obstacle"));
    expect(await fill(w, "Eleni", form, { words: "No interpreters" })).toContain("the secretariat hears of it");
    await w.settle();
    expect(news(w, "Dora").at(-1)).toMatch(/^Labour sees an obstacle to O-1 · Shelter for all\.\nNo interpreters/);
    expect(news(w, "Maria").at(-1)).toContain("sees an obstacle");
    expect(words(w.card("Maria", ref).message)).toMatch(/In the way \(1\)\n1\. No interpreters \| Labour/);
    expect(await w.ask("Jonas", `plan obstacle ${ref} Nor guards`)).toBe(
      "Obstacles to O-1 are raised by those who lead or support it: Labour, Police.",
    );
    expect(await w.ask("Jonas", `plan resolve ${ref} 1`)).toContain("those who lead or support O-1: Labour, Police");
    expect(await w.ask("Maria", `plan resolve ${ref} 2`)).toContain("has no open obstacle 2");
    expect(await w.ask("Maria", `plan resolve ${ref} 1`)).toBe("Obstacle 1 of O-1 is out of the way.");
    expect(await w.ask("Maria", `plan resolve ${ref} 1`)).toContain("has no open obstacle 1");
    await w.settle();
    expect(words(w.card("Eleni", ref).message)).not.toContain("In the way");
  });
});

describe("who may what", () => {
  const it = world();

  it("is said to those who may not, and what is not there is not there for anybody", async () => {
    const ref = await addObjective(w);
    const indicator = await addIndicator(w, ref);
    for (const name of ["Maria", "Petros", "Raul", "Obi", "Ada"] as const) {
      for (const line of [`plan edit ${ref} status:dropped`, "plan add", "plan import", `plan drop ${indicator}`])
        expect(await w.ask(name, line), `${name}: ${line}`).toMatch(/^That is for: coordinator/i);
      expect(await w.ask(name, `plan progress ${indicator} 3`), name).toMatch(
        name === "Maria" || name === "Petros" ? /^The figure of O-1\/1 is given by Labour\.$/ : /^That is for: staff/i,
      );
    }
    expect(await w.ask("Ada", ref)).toMatch(/^That is for/);
    expect(await w.ask("Ada", "O-99")).toMatch(/^That is for/);
    // The form of what somebody may not do does not open.
    expect(await w.ask("Maria", `plan progress ${indicator}`)).toContain("is given by Labour");
    for (const line of [
      "O-99",
      "plan show O-99",
      "plan edit O-99 status:dropped",
      "plan progress O-99 3",
      "plan drop O-99",
    ])
      expect(await w.ask(/edit|drop/.test(line) ? "Dora" : "Eleni", line), line).toBe(
        "There is no O-99 for you here. Type plan to see the action plan.",
      );
    expect(await w.ask("Eleni", "plan progress O-1/7 3")).toContain("Nothing is measured as O-1/7");
    expect(await w.ask("Dora", `for @border plan progress ${indicator} 3`)).toContain("own");
  });

  it("lets the secretariat answer for an agency that nobody joined", async () => {
    const ref = await addObjective(w, "prosecution Cases by 2027-11-23 lead:@prosecution");
    await w.ask(
      "Dora",
      `plan indicator ${ref} Cases unit:cases from:0 to:9 every:once source:Court answers:@prosecution due:2026-12-31`,
    );
    expect(await w.ask("Dora", `for @prosecution plan progress ${ref} 9`)).toContain("It is reached");
    expect(await shown("Jonas", ref)).toMatch(/9 cases.*reached.*Prosecution/s);
    expect(await shown("Jonas", ref)).not.toContain("next figure");
  });
});

describe("what is typed wrong", () => {
  const it = world();

  it("is answered with what was wrong and what to type instead", async () => {
    const ref = await addObjective(w);
    await addIndicator(w, ref);
    await addIndicator(w, ref, "due:2027-01-31");
    const cases: [Name, string, string][] = [
      ["Dora", "plan add shelter Houses by 2027-01-01 lead:@labour", "[form"],
      ["Dora", "plan add protection Houses by 2027-13-01 lead:@labour", "is not a day. For example: 2026-12-31"],
      ["Dora", "plan add protection Houses by 2027-01-01 lead:@nobody", "There is no agency"],
      ["Dora", "plan add protection Houses by 2027-01-01 lead:@iom", "takes part as an observer and does not lead"],
      ["Dora", "plan add protection Houses by 2027-01-01 lead:@labour tlp:AMBER", "an objective is CLEAR or GREEN"],
      ["Dora", "plan add protection Houses start:2027-02-01 by 2027-01-01 lead:@labour", "due before it starts"],
      ["Dora", `plan edit ${ref} due:nonsense`, "“nonsense” is not a day. For example: 2026-12-31"],
      ["Dora", `plan edit ${ref} status:sleeping`, "“sleeping” is not among: planned, under_way"],
      [
        "Dora",
        `plan indicator ${ref} X unit:x from:5 to:5,0 every:once source:x answers:@labour due:2027-01-01`,
        "no way to go",
      ],
      [
        "Dora",
        `plan indicator ${ref} X unit:x from:five to:6 every:once source:x answers:@labour due:2027-01-01`,
        "“five” is not a number",
      ],
      [
        "Dora",
        `plan indicator ${ref} X unit:x from:5 to:6 every:day source:x answers:@labour due:2027-01-01`,
        "is not among: monthly",
      ],
      [
        "Dora",
        `plan indicator ${ref} X unit:x from:5 to:6 every:once source:x answers:@iom due:2027-01-01`,
        "not asked for figures",
      ],
      ["Eleni", `plan progress ${ref} 3`, "O-1 has several indicators: say which, for example: plan progress O-1/2 34"],
      ["Eleni", `plan progress ${ref}/1 3 for:2027-12-31`, "is not asked for yet. The latest is the one to 2026-12-31"],
      ["Eleni", `plan progress ${ref}/1 3 evidence:somewhere`, "is not evidence that can be followed"],
      ["Eleni", `plan link ${ref} somewhere`, "“somewhere” cannot feed an objective"],
      ["Eleni", `plan link ${ref} M-1`, "cannot feed an objective"],
      ["Eleni", `plan link ${ref} T-9`, "There is no T-9 for you here"],
      ["Eleni", `plan unlink ${ref} T-9`, "There is no T-9 for you here"],
      ["Eleni", "plan show T-9", "O-"],
    ];
    for (const [name, line, answer] of cases) expect(await w.ask(name, line), line).toContain(answer);
    for (let n = 3; n <= 10; n++) await addIndicator(w, ref, `due:2027-0${n % 9 || 9}-15`);
    expect(
      await w.ask(
        "Dora",
        `plan indicator ${ref} X unit:x from:5 to:6 every:once source:x answers:@labour due:2027-01-01`,
      ),
    ).toContain("more would not be read");
    // All ten of them on one card, with links and figures, on both platforms.
    for (let n = 1; n <= 10; n++) await w.ask("Eleni", `plan progress ${ref}/${n} ${n} evidence:T-1 Some words`);
    for (let n = 1; n <= 11; n++) await w.ask("Dora", `plan task ${ref} @labour House number ${n}`);
    for (let n = 1; n <= 6; n++) await w.ask("Eleni", `plan obstacle ${ref} In the way ${n}`);
    await w.settle();
    for (const name of ["Eleni", "Dora", "Obi"] as const) expect(await shown(name, ref)).toContain("O-1/10");
    for (let n = 1; n <= 20; n++) await addObjective(w, `prevention Objective ${n} by 2027-11-23 lead:@police`);
    expect(await shown("Obi", "plan page:3")).toContain("21 of 21.");
  });
});
