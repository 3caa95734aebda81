import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { PreparingClient } from "../../../src/store/prepared.js";
import { World } from "../../world.js";

/**
 * How many statements PostgreSQL is sent for what people do most, `begin` and `commit` among them, until the answer, and
 * in how many transactions. A statement is a round: what takes more of them is slower under load, and holds a connection
 * for longer.
 */
let w: World;
const sent: string[] = [];

beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator focal_point",
      Maria: "police focal_point staff",
      Petros: "police staff",
      Eleni: "labour focal_point staff teams",
      Omar: "labour staff teams",
    },
  });
  await w.ask("Maria", "task @labour Inspect 3 farms in Kilkis by Fri 17:00");
  await w.ask("Maria", "task @labour Count the boats in Kavala by Fri 17:00");
  await w.ask("Eleni", "comment T-2 The key that seals a body's words is made once");
  await w.ask("Sofia", "meet Harbour checks on 2026-12-01 10:00 with @police @labour");
  await w.settle();
});
afterAll(() => w?.close());
afterEach(() => vi.restoreAllMocks());

/** What the driver is given while something is done. */
async function statements(act: () => Promise<unknown>): Promise<string[]> {
  sent.length = 0;
  const query = PreparingClient.prototype.query as (this: unknown, ...given: unknown[]) => unknown;
  vi.spyOn(PreparingClient.prototype, "query").mockImplementation(function (this: unknown, ...given: unknown[]) {
    sent.push(String(given[0]));
    return query.apply(this, given) as never;
  });
  await act();
  vi.restoreAllMocks();
  return [...sent];
}

const transactions = (all: readonly string[]): number => all.filter((text) => text === "begin").length;

describe("statements until the answer", () => {
  it.each([
    ["Maria", "task @labour Inspect the greenhouses of Imathia by Fri 17:00", 10],
    ["Maria", "tasks", 6],
    ["Maria", "tasks farms", 6],
    ["Maria", "late", 5],
    // What waits is asked of each noun, a statement each.
    ["Eleni", "", 18],
    ["Eleni", "T-1", 8],
    ["Eleni", "accept T-1", 14],
    ["Eleni", "comment T-1 On our way", 13],
    ["Eleni", "done T-1 Two of three were closed", 14],
    ["Maria", "close T-1", 14],
    ["Omar", "meetings", 7],
    ["Omar", "help", 13],
  ] as const)("%s: /coord %s", async (name, text, most) => {
    let answer = "";
    const all = await statements(async () => {
      answer = await w.ask(name, text);
    });
    expect(answer).not.toBe("");
    expect(transactions(all), all.join("\n")).toBe(1);
    expect(all.length, all.join("\n")).toBeLessThanOrEqual(most);
    await w.settle();
  });
});

it("an agency of many who all speak for it, and three tasks like this one, cost one statement more", async () => {
  const many = await World.create({
    people: {
      Maria: "police focal_point staff",
      ...Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`Officer${n}`, "labour staff"])),
    },
  });
  for (const village of ["Kilkis", "Lachanas", "Mouries"])
    await many.ask("Maria", `task @labour Inspect the greenhouses of ${village} by Fri 17:00`);
  await many.settle();
  let answer = "";
  const all = await statements(async () => {
    answer = await many.ask("Maria", "task @labour Inspect the greenhouses of Doirani by Fri 17:00");
  });
  expect(answer).toContain("T-1");
  expect(transactions(all)).toBe(1);
  expect(all.length, all.join("\n")).toBeLessThanOrEqual(11);
  await many.close();
});

describe("statements of everything that follows", () => {
  it("28 for a task that is asked and a card of it that is delivered, whoever reads it", async () => {
    const asked = await statements(() => w.ask("Maria", "task @labour Inspect the wharf of Volos by Fri 17:00"));
    const jobs = [...w.queue.waiting].filter(([key]) => key.startsWith("deliver-"));
    expect(jobs).toHaveLength(2);
    for (const [key, { job, data }] of jobs) {
      w.queue.waiting.delete(key);
      const delivered = await statements(() => job.run(job.schema.parse(data)));
      expect(transactions(delivered)).toBe(2);
      expect(asked.length + delivered.length, delivered.join("\n")).toBeLessThanOrEqual(28);
    }
    // Nothing is drawn and compared once more.
    expect(await statements(() => w.settle())).toEqual([]);
  });
});
