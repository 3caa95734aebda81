import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { textOf, World } from "./world.js";

/** README's lines of every day are lines that Coord takes, in a body that has what they name. */
const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
const table = readme.slice(readme.indexOf("## The lines of every day"), readme.indexOf("## Meetings"));
const LINES = [...table.matchAll(/`\/coord ?([^`…]*)…?`/g)].map(([, line = ""]) => line.trim());

let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator focal_point rapporteur",
      Maria: "police focal_point staff",
      Petros: "police staff",
      Omar: "labour staff",
      Lena: "labour focal_point",
      Otto: "border focal_point",
    },
  });
  // T-12 is with whoever types, and M-1 runs.
  for (let n = 1; n <= 12; n++) await w.ask("Sofia", `task @Maria Count the lorries of lane ${n} by Fri 17:00`);
  await w.ask("Sofia", "meet Joint 2026-11-23 10:15 60m with @police, @border chair:@Maria");
  await w.settle();
  await w.ask("Sofia", "start M-1");
});
afterAll(() => w.close());

it("there are as many as a day has", () => expect(LINES.length).toBeGreaterThan(20));

it.each(LINES)("/coord %s", async (line) => {
  const said = textOf(await w.say("Maria", line));
  expect(said).not.toMatch(/is not a command|Did you mean|not understood|Still missing|^$/);
  // What is refused is refused for what it is about, or to whom it is.
  if (!/^(recall|officer|report|channel|bind|add|decide)/.test(line)) expect(said).not.toMatch(/^There is no/);
});
