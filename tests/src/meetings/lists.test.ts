import { afterAll, beforeAll, expect, it } from "vitest";
import { World, ZONE } from "../../world.js";
import { instantOf } from "./rows.js";

const WORDS = [
  "Watch 50% of ports",
  "Watch 50 more ports",
  "Agree on form_a",
  "Agree on formal",
  "Print a\\b",
  "Print ab",
];

let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator focal_point",
      Maria: "police focal_point staff",
      Grace: "harbour focal_point staff",
    },
  });
  await w.ask("Sofia", "meet-rules quorum:none");
  for (const title of WORDS) await w.ask("Sofia", `meet ${title} 2026-12-01 10:00 60m with @police`);
  w.clock.moveTo(instantOf("2026-12-01T10:00", ZONE));
  await w.ask("Sofia", "start M-1");
  for (const decided of WORDS) await w.ask("Sofia", `decide M-1 ${decided}`);
});
afterAll(() => w.close());

it.each([
  ["50", [1, 2]],
  ["50% of", [1]],
  ["50%ports", []],
  ["form_", [3]],
  ["form_l", []],
  ["print a\\b", [5]],
  ["print a\\", [5]],
])("“%s” is found in titles and decisions as it is typed: no sign of it stands for others", async (typed, numbers) => {
  const found = async (list: string, ref: RegExp) =>
    [...(await w.ask("Maria", `${list} ${typed}`)).matchAll(ref)].map(([, number]) => Number(number)).sort();
  expect(await found("meetings", /^M-(\d+)/gm)).toEqual(numbers);
  expect(await found("decisions", /^D-(\d+)/gm)).toEqual(numbers);
});

it("a decision that was withdrawn is listed no more, and a guest's agency is not said to have been asked", async () => {
  expect(await w.ask("Maria", "decisions")).toContain(`(${WORDS.length})`);
  await w.ask("Sofia", "withdraw D-6");
  expect(await w.ask("Maria", "decisions")).toContain(`(${WORDS.length - 1})`);
  expect(await w.ask("Maria", "decisions print ab")).toContain("(0)");
  await w.ask("Sofia", "present M-1 @Maria");
  await w.ask("Sofia", "present M-1 @Grace");
  await w.ask("Sofia", "end M-1");
  const presence = await w.ask("Maria", "presence");
  expect(presence).toContain("Police | 1 of 1 meetings");
  expect(presence).not.toContain("Harbour");
});
