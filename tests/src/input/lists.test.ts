import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World } from "../../world.js";

/** Lines by which people look for things, in the order in which the words came to them, and in their own words. */
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Maria: "police focal_point staff",
      Eleni: "labour focal_point staff teams",
      Jean: "iom focal_point staff",
    },
  });
  await w.ask("Maria", "task @labour Inspect 3 farms in Kilkis by Fri 17:00");
  await w.ask("Maria", "task @labour Compter les bateaux d’été à Kavala by Fri 17:00");
  await w.ask("Maria", "task @iom Visit the farms of Serres by Fri 17:00");
  w.clock.moveTo(new Date("2026-12-01T08:00:00Z"));
});
afterAll(() => w?.close());

const found = async (line: string) => (await w.ask("Maria", line)).match(/^T-\d+/gm) ?? [];

describe("words, an agency and a list, whichever comes first", () => {
  it.each([
    ["tasks @labour farms", ["T-1"]],
    ["tasks farms @labour", ["T-1"]],
    ["tasks farms, @labour", ["T-1"]],
    ["tasks @labour, farms", ["T-1"]],
    ["tasks @labour: farms", ["T-1"]],
    ["tasks farms @labour.", ["T-1"]],
    ["tasks farms @labour kilkis", ["T-1"]],
    ["tasks kilkis page:1 @labour farms.", ["T-1"]],
    ["tasks late farms @iom", ["T-3"]],
    ["tasks @iom", ["T-3"]],
    ["tasks «farms of» @iom", ["T-3"]],
    ["late farms", ["T-1", "T-3"]],
    ["late @iom", ["T-3"]],
    ["Late tasks: farms", ["T-1", "T-3"]],
    ["overdue farms @labour", ["T-1"]],
    ["all tasks kilkis farms", ["T-1"]],
    ["find tasks kilkis", ["T-1"]],
    ["en retard bateaux", ["T-2"]],
    ["tâches en retard farms", ["T-1", "T-3"]],
    ["chercher tâches kilkis", ["T-1"]],
    ["tasks l’été", ["T-2"]],
    ["tasks l'été kavala", ["T-2"]],
    ["tasks qu’été", ["T-2"]],
    ["tasks été!", ["T-2"]],
    ["tasks l’", []],
    ["tasks d", ["T-2"]],
  ])("%s", async (line, refs) => expect([...(await found(line))].sort()).toEqual(refs));

  it("an agency that is none is said, wherever it stands", async () => {
    for (const line of ["tasks @nobody farms", "tasks farms @nobody"])
      expect(await w.ask("Maria", line)).toContain("There is no agency @nobody");
  });

  it("a list that is named behind the words is one of them, and that is said where nothing is found", async () => {
    expect(await w.ask("Maria", "tasks farms LATE")).toContain("type it first: tasks late …");
    expect(await w.ask("Maria", "tasks farms")).not.toContain("type it first");
    await w.ask("Jean", "langue fr");
    expect(await w.ask("Jean", "tâches bateaux late")).toContain("écrivez-le d’abord\u00a0: tasks late …");
  });
});

it("on the other platform too", async () => {
  const seen = async (line: string) => (await w.ask("Eleni", line)).match(/^T-\d+/gm) ?? [];
  for (const line of ["tasks farms @labour", "tasks @labour : farms", "late farms", "Tasks farms, @police"])
    expect([line, await seen(line)]).toEqual([line, ["T-1"]]);
});

describe("the language that somebody reads", () => {
  it.each([
    "lang fr",
    "lang:fr",
    "lang: fr",
    "language French",
    "Langue : français",
    "langue francais",
    "in French",
    "en français",
    "settings lang:fr",
  ])("%s", async (line) => {
    await w.ask("Eleni", "settings lang:en");
    expect(await w.ask("Eleni", line)).toMatch(/^Langue/);
    expect(await w.ask("Eleni", "en anglais")).toMatch(/^Language English/);
  });

  it("one that is not spoken here is said with those that are", async () => {
    expect(await w.ask("Maria", "language Klingon")).toContain("en, fr");
  });

  it("zones too", async () => {
    expect(await w.ask("Maria", "zone Europe/Rome")).toContain("Europe/Rome");
    expect(await w.ask("Maria", "time zone rome")).toContain("Did you mean Europe/Rome");
  });
});

describe("lists by their French names", () => {
  it.each([
    ["décisions", "Decisions"],
    ["bilans", "Activity summaries"],
    ["bibliothèque", "Library"],
    ["réunions", "Meetings to come"],
    ["présences", "Attendance"],
  ])("%s", async (line, heading) => expect(await w.ask("Maria", line)).toContain(heading));
});
