import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../../src/command/define.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { Refusal } from "../../../src/lib/refusal.js";
import type { Person } from "../../../src/people/model.js";
import { findPersons } from "../../../src/people/store.js";
import * as acts from "../../../src/tasks/acts.js";
import type { Task } from "../../../src/tasks/model.js";
import { TASKS } from "../../../src/tasks/store.js";
import { World, words } from "../../world.js";

/** What each act does and to whom it is told, and that nobody else may. */
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Olga: "labour staff teams",
  Ines: "iom focal_point staff",
  Ivan: "iom staff",
  Jonas: "border focal_point staff",
  Sofia: "secretariat coordinator",
};
type Name = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as Name[];

let w: World;
let people: Person[];
const { errors } = messagesFor("en");
beforeAll(async () => {
  w = await World.create({ people: PEOPLE });
  people = await w.work((work) => findPersons(work.tx, {}));
});
afterAll(() => w.close());

async function asked(more = ""): Promise<string> {
  return /T-\d+/.exec(await w.ask("Maria", `task @labour Inspect the farms by next Fri 17:00${more}`))?.[0] ?? "";
}
/** With Omar, and everybody has been told so. */
async function agreed(more = ""): Promise<string> {
  const ref = await asked(more);
  await w.ask("Eleni", `give ${ref} @Omar`);
  await w.settle();
  return ref;
}
const row = (ref: string) =>
  w.runtime.store.owner
    .selectFrom("tasks")
    .selectAll()
    .where("number", "=", Number(ref.slice(2)))
    .executeTakeFirstOrThrow();

/** Who hears what of an act, beside the cards that are kept true. */
async function heard(act: () => Promise<unknown>): Promise<[Name, string][]> {
  await w.settle();
  const before = new Map(NAMES.map((name) => [name, w.inbox(name).length]));
  await act();
  await w.settle();
  return NAMES.flatMap((name) =>
    w
      .inbox(name)
      .slice(before.get(name))
      .map(({ message }): [Name, string] => [name, words(message).split("\n")[0] ?? ""]),
  );
}

describe("another date", () => {
  const GRANT = /agreed to the new date/;
  const KEEP = /keeps the date/;
  it.each([
    ["Omar", "in 3 weeks", "Maria", "agree", GRANT],
    ["Omar", "in 3 weeks", "Maria", "keep", KEEP],
    ["Eleni", "in 3 weeks", "Maria", "keep", KEEP],
    ["Maria", "Wed 12:00", "Omar", "agree", GRANT],
    ["Maria", "Wed 12:00", "Omar", "keep", KEEP],
    ["Maria", "Wed 12:00", "Eleni", "keep", KEEP],
  ] as const)(
    "put by %s (%s) and answered by %s with %s is told to the side that put it",
    async (by, when, other, word, said) => {
      const ref = await agreed();
      const before = (await row(ref)).due_at;
      // Who does it hears for the side that works, whoever of it asked.
      const [put, answers]: [Name, Name] = by === "Maria" ? ["Maria", "Omar"] : ["Omar", "Maria"];
      const proposed = await heard(() => w.ask(by, `date ${ref} ${when}`));
      expect(proposed).toEqual([[answers, expect.stringContaining("asks for ")]]);
      // Nobody answers for the other side.
      for (const same of by === "Maria" ? (["Maria"] as const) : (["Omar", "Eleni"] as const))
        expect(await w.ask(same, `agree ${ref}`), same).toBe(errors.ownProposal({ ref }));
      const told = await heard(() => w.ask(other, `${word} ${ref}`));
      expect(told.filter(([, text]) => said.test(text)).map(([name]) => name)).toEqual([put]);
      expect(told).toHaveLength(1);
      const after = await row(ref);
      expect(after.due_at?.getTime() === before?.getTime()).toBe(word === "keep");
      expect(await w.ask(other, `${word} ${ref}`)).toBe(errors.noProposal({ ref }));
    },
  );

  it("from who asked, and later, is granted by that: the side that works is told", async () => {
    const ref = await agreed();
    const told = await heard(() => w.ask("Maria", `date ${ref} in 3 weeks`));
    expect(told.map(([name]) => name)).toEqual(["Omar"]);
    expect(await w.ask("Omar", `agree ${ref}`)).toBe(errors.noProposal({ ref }));
  });
});

describe("who hears of what", () => {
  const cases: [act: string, run: (ref: string) => Promise<unknown>, to: Name[]][] = [
    ["decline", (ref) => w.ask("Eleni", `decline ${ref} nobody free`), ["Maria"]],
    ["problem", (ref) => w.ask("Omar", `problem ${ref} no van`), ["Maria"]],
    ["done", (ref) => w.ask("Omar", `done ${ref} all three`), ["Maria"]],
    ["edit", (ref) => w.ask("Maria", `edit ${ref} Inspect all farms`), ["Omar"]],
    ["cancel", (ref) => w.ask("Maria", `cancel ${ref} no need`), ["Omar", "Ines"]],
  ];
  it.each(cases)("%s", async (act, run, to) => {
    const ref = act === "decline" ? await asked(" with:@iom") : await agreed(" with:@iom");
    expect((await heard(() => run(ref))).map(([name]) => name)).toEqual(to);
  });

  it("a comment is heard by who asked, who does it and who supports it by name, but for who made it", async () => {
    const ref = await agreed(" with:@iom");
    await w.ask("Ines", `support ${ref} @Ivan`);
    for (const [by, to] of [
      ["Omar", ["Maria", "Ivan"]],
      ["Maria", ["Omar", "Ivan"]],
      ["Ivan", ["Maria", "Omar"]],
    ] as const)
      expect(
        (await heard(() => w.ask(by, `say ${ref} Six o'clock`))).map(([name]) => name),
        by,
      ).toEqual(to);
  });

  it("a nudge comes once a day to whom the task is with, never to who sends it", async () => {
    const ref = /T-\d+/.exec(await w.ask("Maria", "task @Omar Look at it by tomorrow 12:00"))?.[0] ?? "";
    await w.ask("Omar", `accept ${ref}`);
    w.clock.moveTo(new Date(w.clock.now().getTime() + 2 * 86_400_000));
    const nudge = (text: string) => text.includes(ref) && !text.startsWith("Reminder");
    const first = await heard(() => w.ask("Maria", `nudge ${ref}`));
    expect(first.filter(([, text]) => nudge(text)).map(([name]) => name)).toEqual(["Omar"]);
    w.clock.moveTo(new Date(w.clock.now().getTime() + 60_000));
    expect(await heard(() => w.ask("Maria", `nudge ${ref}`))).toEqual([]);
    w.clock.moveTo(new Date(w.clock.now().getTime() + 86_400_000));
    expect((await heard(() => w.ask("Maria", `nudge ${ref}`))).map(([name]) => name)).toEqual(["Omar"]);
    const own = /T-\d+/.exec(await w.ask("Maria", "task @Maria Look at it by tomorrow 12:00"))?.[0] ?? "";
    w.clock.moveTo(new Date(w.clock.now().getTime() + 2 * 86_400_000));
    expect(await heard(() => w.ask("Maria", `nudge ${own}`))).toEqual([]);
  });

  it("what was with somebody who left is their agency's again; of RED whoever asked hears, and nobody else", async () => {
    const open = /T-\d+/.exec(await w.ask("Maria", "task @Olga Look at the harbour"))?.[0] ?? "";
    const red = /T-\d+/.exec(await w.ask("Maria", "task @Olga Meet the source tlp:red"))?.[0] ?? "";
    for (const ref of [open, red]) await w.ask("Olga", `accept ${ref}`);
    const told = await heard(() => w.ask("Eleni", "remove @Olga sure"));
    expect(told.filter(([, text]) => text.includes(red)).map(([name]) => name)).toEqual(["Maria"]);
    expect(told.filter(([, text]) => text.includes(open)).map(([name]) => name)).toContain("Eleni");
    expect((await row(open)).assignee_id).toBeNull();
  });

  it("problem solved, not yet and close", async () => {
    const ref = await agreed();
    await w.ask("Omar", `problem ${ref} no van`);
    expect((await heard(() => w.ask("Omar", `resolved ${ref}`))).map(([name]) => name)).toEqual(["Maria"]);
    await w.ask("Omar", `done ${ref} all three`);
    expect((await heard(() => w.ask("Maria", `notyet ${ref} one is missing`))).map(([name]) => name)).toEqual(["Omar"]);
    await w.ask("Omar", `done ${ref} all three`);
    expect((await heard(() => w.ask("Maria", `close ${ref}`))).map(([name]) => name)).toEqual(["Omar"]);
  });
});

describe("support", () => {
  const supporters = async (ref: string) =>
    w.runtime.store.owner
      .selectFrom("task_supporters")
      .innerJoin("agencies", "agencies.id", "task_supporters.agency_id")
      .leftJoin("persons", "persons.id", "task_supporters.person_id")
      .select(["handle", "state", "persons.name as person"])
      .where("task_id", "=", (await row(ref)).id)
      .orderBy("handle")
      .execute();

  it("is answered by the supporting agency's focal point or the person named, for that agency alone", async () => {
    const ref = await asked(' with:"@iom @border"');
    const untouched = await supporters(ref);
    expect(untouched.map(({ handle, state }) => [handle, state])).toEqual([
      ["border", "asked"],
      ["iom", "asked"],
    ]);
    const notYours = errors.notYourAct({ ref, who: errors.whoSupports });
    for (const name of ["Maria", "Petros", "Eleni", "Omar", "Ivan", "Sofia"] as const)
      for (const line of [`support ${ref} @Ivan`, `support ${ref} @${name}`, `support ${ref} no nobody free`])
        expect(await w.ask(name, line), `${name}: ${line}`).toBe(notYours);
    // Nobody of another agency is named.
    for (const [by, other] of [
      ["Ines", "Omar"],
      ["Ines", "Jonas"],
      ["Jonas", "Ivan"],
    ] as const)
      expect(await w.ask(by, `support ${ref} @${other}`), `${by} ${other}`).toContain(other);
    expect(await supporters(ref)).toEqual(untouched);

    expect((await heard(() => w.ask("Ines", `support ${ref} @Ivan`))).map(([name]) => name)).toEqual(["Maria", "Ivan"]);
    expect(await supporters(ref)).toEqual([
      { handle: "border", state: "asked", person: null },
      { handle: "iom", state: "agreed", person: "Ivan" },
    ]);
    // The person named may say no as well.
    expect((await heard(() => w.ask("Ivan", `support ${ref} no I am away`))).map(([name]) => name)).toEqual(["Maria"]);
    expect((await supporters(ref)).map(({ state }) => state)).toEqual(["asked", "declined"]);
  });

  it("of a task that one is no party to is of no task", async () => {
    const ref = await asked(" with:@iom");
    expect(await w.ask("Jonas", `support ${ref} @Jonas`)).toBe(
      (await w.ask("Jonas", "support T-9999 @Jonas")).replace("T-9999", ref),
    );
    expect((await supporters(ref)).map(({ state }) => state)).toEqual(["asked"]);
  });
});

describe("every act checks by itself who may", () => {
  const due = { at: new Date("2026-12-24T10:00:00Z"), zone: "Europe/Athens" };
  const ACTS: [name: string, act: (c: Context, task: Task) => Promise<unknown>][] = [
    ["give", (c, task) => acts.give(c, task, task.assignee ?? c.person)],
    ["accept", acts.accept],
    ["decline", (c, task) => acts.decline(c, task, "no")],
    ["date", (c, task) => acts.putDate(c, task, due)],
    ["answer to a date", (c, task) => acts.answerDate(c, task, undefined, true)],
    ["done", (c, task) => acts.finish(c, task, "x")],
    ["problem", (c, task) => acts.block(c, task, "x")],
    ["resolved", acts.unblock],
    ["close", acts.close],
    ["notyet", (c, task) => acts.reopen(c, task, "x")],
    ["cancel", (c, task) => acts.cancel(c, task)],
    ["remind", (c, task) => acts.setPolicy(c, task, null)],
    ["edit", (c, task) => acts.edit(c, task, { title: "x" })],
    ["support", (c, task) => acts.support(c, task, { person: c.person })],
    ["say", (c, task) => acts.comment(c, task, "x")],
  ];
  it.each(ACTS)("%s", async (act, run) => {
    const ref = await agreed(" with:@iom");
    await w.ask("Omar", `problem ${ref} no van`);
    await w.ask("Omar", `date ${ref} in 3 weeks`);
    const before = await row(ref);
    // A stranger to it, the coordinators, and colleagues of those who decide, who may speak of it but no more.
    const names = ["Jonas", "Sofia", ...(act === "say" ? [] : ["Petros", "Ivan"])];
    for (const name of names)
      await w.work(async (work) => {
        const person = people.find((one) => one.name === name);
        const task = await TASKS.byId(work, before.id);
        if (!person || !task) throw new Error("nobody, or no task");
        const c: Context = {
          work,
          person,
          viewer: person,
          t: messagesFor("en"),
          conversation: w.from(name).conversation,
          ceiling: "GREEN",
          via: "text",
          mentions: [],
          bodies: [w.body],
          form: async () => undefined,
        };
        await expect(run(c, task), name).rejects.toBeInstanceOf(Refusal);
      });
    expect(await row(ref)).toEqual(before);
  });
});

describe("undo", () => {
  const later = (minutes: number) => w.clock.moveTo(new Date(w.clock.now().getTime() + minutes * 60_000));
  const nothing = errors.nothingToUndo({ minutes: 5 });

  it.each([
    [4, true],
    [6, false],
    [49, false],
    [50, false],
    [51, false],
    [24 * 60, false],
  ])("after %i minutes: %s", async (minutes, takes) => {
    const ref = await agreed();
    await w.ask("Maria", `cancel ${ref} no need`);
    later(minutes);
    const said = await w.ask("Maria", "undo");
    if (takes) expect(said).not.toBe(nothing);
    else expect(said).toBe(nothing);
    expect((await row(ref)).state).toBe(takes ? "agreed" : "cancelled");
  });

  it("takes back one's own act alone, and one's last alone", async () => {
    later(10);
    const ref = await agreed();
    await w.ask("Omar", `done ${ref} all three`);
    expect(await w.ask("Maria", "undo")).toBe(errors.undoTooLate({ ref }));
    expect(await w.ask("Jonas", "undo")).toBe(nothing);
    expect(await w.ask("Omar", "undo")).not.toBe(nothing);
    expect(await w.ask("Omar", "undo")).toBe(nothing);
    expect((await row(ref)).state).toBe("agreed");
    // What was said cannot be taken back, nor anything before it.
    await w.ask("Omar", `problem ${ref} no van`);
    await w.ask("Omar", `say ${ref} Hello`);
    expect(await w.ask("Omar", "undo")).toBe(nothing);
    expect((await row(ref)).blocked_reason).not.toBeNull();
  });
});
