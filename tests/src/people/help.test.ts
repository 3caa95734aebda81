import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formOf, textOf, World } from "../../world.js";

let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "desk coordinator focal_point",
      Maria: "police focal_point staff",
      Petros: "police staff",
      Nora: "ngo observer",
      Rana: "desk rapporteur",
      Luc: "police staff teams",
    },
    observers: ["ngo"],
    lang: { Luc: "fr" },
  });
});
afterAll(() => w.close());

const lines = (text: string) => text.split("\n").filter((line) => !line.startsWith("["));

describe("help", () => {
  it.each([
    ["Sofia", "setup"],
    ["Maria", "give T-12"],
    ["Petros", "done T-12"],
    ["Nora", "plan"],
    ["Rana", "report publish"],
  ])("is ten lines at most for %s, with what they do: %s", async (name, does) => {
    const text = await w.ask(name, "help");
    expect(lines(text).length).toBeLessThanOrEqual(10);
    expect(text).toContain(does);
    expect(text).toContain("[Tasks] [Meetings] [Information]");
  });

  it("says what waits, with the button that shows it", async () => {
    expect(await w.ask("Petros", "help")).toContain("Nothing waits for you.");
    await w.say("Maria", "task @Petros Look at the harbour by Fri 17:00");
    expect(await w.ask("Petros", "help")).toMatch(/One thing waits for you\.[\s\S]*\[Show\]/);
  });

  it.each([
    "meeting",
    "Meetings",
    "share",
    "information",
    "task",
    "plan",
    "training",
    "directory",
    "report",
    "people",
    "you",
    "desk",
  ])("help %s explains the topic with three examples", async (word) => {
    const said = await w.say("Maria", `help ${word}`);
    const blocks = said && "post" in said ? said.post.blocks : [];
    const examples = blocks.filter(({ type, ...block }) => type === "text" && JSON.stringify(block).includes('"code"'));
    expect(examples).toHaveLength(3);
  });

  it("help of a command says how, and leads to its topic", async () => {
    expect(await w.ask("Maria", "help meet poll")).toContain("meet poll\n");
    expect(await w.ask("Maria", "help meet poll")).toContain("[Meetings]");
    expect(textOf(await w.click("Maria", "help", "north/meetings"))).toContain("A meeting has a card");
  });

  it("speaks French", async () => {
    expect(await w.ask("Luc", "help réunion")).toContain("Chaque réunion a une carte");
    expect(await w.ask("Luc", "help")).toContain("Rien ne vous attend.");
  });
});

describe("a line that says too little", () => {
  it.each([
    ["done", "Still missing: the reference (T-…). How: done T-… "],
    ["agree", "Still missing: the reference (T-…)"],
    ["recall", "Still missing: the reference (I-…)"],
    ["report notes", "Still missing: the reference (S-…)"],
  ])("%s is told what is missing", async (line, says) => {
    expect(await w.ask("Sofia", line)).toContain(says);
  });

  it("edit T-1 alone opens the form as the task stands, and sent so it changes nothing", async () => {
    const form = formOf(await w.say("Maria", "edit T-1"));
    const values = Object.fromEntries(
      form.fields.flatMap((f) =>
        "name" in f && (f.type === "text" || f.type === "choice") ? [[f.name, f.value]] : [],
      ),
    );
    expect(values).toEqual({ title: "Look at the harbour", priority: "normal", detail: undefined });
    expect(textOf(await w.submit("Maria", form, values))).toBe("T-1 stays as it is.");
    expect(
      textOf(await w.submit("Maria", formOf(await w.say("Maria", "edit T-1")), { ...values, title: "Look twice" })),
    ).toBe("T-1 is changed.");
  });

  it("meet edit and report notes alone open their form too, and support where it is asked", async () => {
    // Whom nobody asked to support hears so before anything is typed.
    expect(await w.ask("Maria", "support T-1")).toContain("for the focal point of a supporting agency");
    const called = await w.ask("Sofia", 'meet Weekly desk every Mon 10:00 30m with all place:"Room 5"');
    const ref = /M-\d+/.exec(called)?.[0] ?? "";
    const form = formOf(await w.say("Sofia", `meet edit ${ref}`));
    expect(JSON.stringify(form.fields)).toContain("Room 5");
    const made = /S-\d+/.exec(await w.ask("Rana", "report last month"))?.[0] ?? "";
    await w.settle();
    await w.submit("Rana", formOf(await w.say("Rana", `report notes ${made}`)), { notes: "A quiet month." });
    expect(JSON.stringify(formOf(await w.say("Rana", `report notes ${made}`)).fields)).toContain("A quiet month.");
  });
});

describe("what destroys is asked about once", () => {
  it("a person is removed by the button of the question, and by nothing else", async () => {
    const question = await w.say("Maria", "remove @Petros");
    expect(textOf(question)).toBe(
      "Remove Petros (Police)? They can no longer use Coord in Northern Body, and their open tasks go back to the focal point. Adding them again brings them back.\n[Remove]",
    );
    expect(await w.ask("Petros", "inbox")).toContain("Petros, what waits for you");
    const action = question && "post" in question ? question.post.blocks.at(-1) : undefined;
    const value = action?.type === "actions" && action.actions[0]?.type === "button" ? action.actions[0].value : "";
    expect(textOf(await w.click("Maria", "remove", value ?? ""))).toContain("Petros can no longer use Coord.");
    expect(await w.ask("Petros", "inbox")).toContain("not known here");
  });
});
