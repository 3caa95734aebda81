import { afterAll, beforeAll, expect, it } from "vitest";
import { World } from "../../world.js";

const TITLES = [
  "Visit 50% of farms",
  "Visit 50 more farms",
  "Fill in form_a",
  "Fill in formal",
  "Print a\\b",
  "Print ab",
  ...["Ask", "Call", "Meet", "Write", "Wait", "Look"],
];

let w: World;
beforeAll(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff teams" } });
  for (const title of TITLES) await w.ask("Maria", `task @labour ${title}`);
});
afterAll(() => w.close());

const found = async (typed: string) => (await w.ask("Maria", `tasks ${typed}`)).match(/^T-\d+/gm) ?? [];

it.each([
  ["visit 50", ["T-1", "T-2"]],
  ["visit 50% of", ["T-1"]],
  ["50%farms", []],
  ["form_", ["T-3"]],
  ["form_l", []],
  ["print a\\b", ["T-5"]],
  ["print a\\", ["T-5"]],
])("“%s” is found in titles as it is typed: no sign of it stands for others", async (typed, refs) => {
  expect(await found(typed)).toEqual(refs);
});

it("has pages of ten from page 1 on, and after the last one they are empty", async () => {
  const all = TITLES.map((_, n) => `T-${n + 1}`);
  for (const page of ["all", "page:1"]) expect(await found(page)).toEqual(all.slice(0, 10));
  expect(await found("page:2")).toEqual(all.slice(10));
  for (const page of ["page:3", "page:99999"]) {
    expect(await w.ask("Maria", `tasks ${page}`)).toContain("(12)");
    expect(await found(page)).toEqual([]);
  }
});
