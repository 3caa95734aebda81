import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Action, Reply } from "../../../src/chat/index.js";
import { textOf, World, words } from "../../world.js";

/**
 * A body of 50 agencies and 250 people with long names, and 120 rows in each list: every form and every page is one that
 * both platforms take (the world holds each answer against their limits), and [More] leads through all of it.
 */
const AGENCIES = Array.from({ length: 50 }, (_, n) => `agency-of-the-coast-${n + 1}`);
const ROWS = 120;
const MAX_PAGES = 40;

let w: World;
beforeAll(async () => {
  w = await World.create({
    people: {
      Sofia: "secretariat coordinator focal_point staff rapporteur",
      Maria: "police focal_point staff teams",
      ...Object.fromEntries(
        AGENCIES.flatMap((agency, a) =>
          Array.from({ length: 5 }, (_, n) => [
            `Officer-${a + 1}.${n + 1}-Papadopoulou-Zachariadis-of-the-coast`,
            `${agency} ${n === 0 ? "focal_point staff" : "staff"}`,
          ]),
        ),
      ),
    },
  });
  const titled = (n: number) => `Number ${n} of many that have rather long titles, as those have that officers write`;
  for (let n = 1; n <= ROWS; n++) {
    await w.ask("Maria", `task @${AGENCIES[n % 50]} ${titled(n)} by 2026-12-${String((n % 28) + 1).padStart(2, "0")}`);
    await w.ask("Maria", `training need interviewing ${titled(n)}`);
  }
  for (let n = 1; n <= ROWS; n++)
    await w.ask("Sofia", `meet ${titled(n)} 2027-0${(n % 9) + 1}-1${n % 9} 1${n % 8}:00 30m with @police`);
  await w.settle();
}, 600_000);
afterAll(() => w.close());

const more = (reply: Reply): Extract<Action, { type: "button" }> | undefined => {
  const message = reply && ("post" in reply ? reply.post : "update" in reply ? reply.update : undefined);
  return message?.blocks
    .flatMap((block) => (block.type === "actions" ? block.actions : []))
    .find(
      (action): action is Extract<Action, { type: "button" }> => action.type === "button" && action.label === "More",
    );
};

/** What stands on all pages. */
async function all(name: string, line: string): Promise<string> {
  let reply = await w.say(name, line);
  let out = textOf(reply);
  for (let pages = 1; ; pages++) {
    const next = more(reply);
    if (!next) return out;
    expect(pages, `${line} ends`).toBeLessThan(MAX_PAGES);
    reply = await w.click(name, next.id, next.value ?? "");
    out += `\n${textOf(reply)}`;
  }
}
const numbers = (text: string, letter: string) =>
  new Set([...text.matchAll(new RegExp(`\\b${letter}-(\\d+)`, "g"))].map(([, n]) => Number(n)));

describe("a body of 250 people with 120 rows in each list", () => {
  it.each([
    ["Maria", "tasks asked", "T"],
    ["Maria", "tasks all", "T"],
    ["Sofia", "meetings coming", "M"],
    ["Maria", "training needs", "K"],
    ["Maria", "inbox", "M"],
  ])("%s reads all of %s", async (name, line, letter) => {
    expect([...numbers(await all(name, line), letter)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: ROWS }, (_, n) => n + 1),
    );
  });

  it("lists everybody, each once", async () => {
    const said = await all("Sofia", "who");
    for (const agency of AGENCIES) expect(said).toContain(agency);
  });

  it("finds the last of them in each menu, and every form opens", async () => {
    for (const line of ["task", "meet", "meet-poll", "share", "give T-1", "training need", "report", "away", "agency"])
      expect(textOf(await w.say("Sofia", line)), line).not.toBe("");
    for (const source of ["party", "person", "colleague", "agency", "invited"] as const) {
      const found = await w.runtime.receive({
        ...w.from("Sofia"),
        type: "suggest",
        source: source as never,
        query: "coast-50",
      });
      expect(JSON.stringify(found ?? {}).length, source).toBeGreaterThan(0);
    }
    expect(textOf(await w.say("Sofia", "task @agency-of-the-coast-50 Count by Fri 17:00"))).toContain("is asked of");
  });

  it("tells each what waits for them in one message that the platform takes", async () => {
    w.clock.moveTo(new Date("2026-12-21T06:00:05Z"));
    await w.runtime.reconciler.moved();
    await w.settle();
    const [, longest] = w.inbox("Maria").reduce<[number, string]>(
      (most, { message }) => {
        const said = words(message);
        return said.length > most[0] ? [said.length, said] : most;
      },
      [0, ""],
    );
    expect(longest).toMatch(/T-\d+/);
  }, 300_000);
});
