import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Persona } from "../../../adapters/web/index.js";
import type { Reply } from "../../../src/chat/index.js";
import { speak } from "../../../src/i18n/index.js";
import { PSEUDO, pseudoRow, pseudoTexts } from "../../pseudo.js";
import { World } from "../../world.js";
import { type Bench, openBench, personas } from "./bench.js";
import { faults, inspect, inspectAt, launch, type Watched, watch } from "./browser.js";

/** The screens in a language that is longer than English and read from right to left (tests/pseudo.ts). */

let browser: Browser;
let world: World;
let bench: Bench;
let w: Watched;
let silence: () => void;

/** The first two, as people of the world behind the screens. */
const NAMES = new Map([
  ["maria", "Maria"],
  ["omar", "Omar"],
]);
const readers = (): Persona[] =>
  personas.filter(({ account }) => NAMES.has(account.user)).map((one) => ({ ...one, lang: PSEUDO }));

beforeAll(async () => {
  browser = await launch();
  silence = speak("ar", pseudoRow, pseudoTexts());
});
afterAll(async () => {
  silence();
  await browser.close();
});
beforeEach(async () => {
  world = await World.create({
    people: { Maria: "police focal_point staff coordinator", Omar: "labour focal_point staff teams" },
    lang: { Maria: PSEUDO, Omar: PSEUDO },
  });
  bench = await openBench(
    async (inbound): Promise<Reply> => {
      const name = NAMES.get(inbound.actor.user);
      if (!name) throw new Error("nobody else has a screen");
      const { actor, conversation } = world.from(name);
      return world.runtime.receive({ ...inbound, actor, conversation });
    },
    { personas: async () => readers() },
  );
  w = await watch(browser, bench.url);
});
afterEach(async () => {
  await w.close();
  await bench.stop();
  await world.close();
  expect(w.complaints).toEqual([]);
});

/** A look at both screens: nothing is cut off, unreadable or without a name. */
async function look(name: string): Promise<void> {
  if (process.env.SCREENS) await w.page.screenshot({ path: `${process.env.SCREENS}/pseudo-${name}.png` });
  expect({ name, faults: await faults(w.page) }).toEqual({ name, faults: [] });
  expect(await inspect(w.page, "tooWide")).toEqual([]);
  expect(await inspect(w.page, "nameless")).toEqual([]);
}

it.each([1280, 400])("answers, lists, help and forms fit screens of %i pixels, from right to left", async (width) => {
  await w.page.setViewportSize({ width, height: 800 });
  for (const [n, before] of [
    [0, "/coord "],
    [1, ""],
  ] as const) {
    await w.say(n, `${before}task @labour Count the boats by Fri 17:00`);
    const asked = w
      .pane(n)
      .locator(".from-coord", { hasText: /ís áskéd óf/ })
      .last();
    await asked.waitFor();
    expect(await inspectAt(asked.locator(".rendered"), "direction")).toBe("rtl");
    for (const line of ["help", "tasks", "T-1", "meetings", "settings", "setup", "nonsense"]) {
      const count = await w.pane(n).locator(".from-coord").count();
      await w.say(n, `${before}${line}`);
      await w.pane(n).locator(".from-coord").nth(count).waitFor();
    }
    await look(`answers-${n}-${width}`);
    const answers = await w.pane(n).locator(".from-coord").count();
    await w.say(n, `${before}meet`);
    // Words typed in Teams open no dialog: a button does.
    if (n === 1) await w.pane(n).locator(".from-coord").nth(answers).getByRole("button").first().click();
    await w.page.getByRole("dialog").waitFor();
    await look(`form-${n}-${width}`);
    await w.page.keyboard.press("Escape");
  }
});
