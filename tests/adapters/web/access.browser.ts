import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Coord, cleanUp, emptyFolder } from "../../blackbox/coord.js";
import { faults, inspect, launch, type Watched, watch } from "./browser.js";

/** Every view of the demo for people who see little, or use no mouse: by axe-core, and by the keyboard. */

let browser: Browser;
let coord: Coord;

beforeAll(async () => {
  coord = await Coord.start({ COORD_DATA_DIR: await emptyFolder() });
  browser = await launch();
}, 150_000);
afterAll(async () => {
  await browser?.close();
  await cleanUp();
});

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

/** As somebody of each platform, on either screen. */
const PEOPLE = ["slack:police/maria", "teams:labour/eleni"] as const;

async function answered(w: Watched, n: 0 | 1, words: string, seen: string | RegExp): Promise<Locator> {
  await w.say(n, words);
  const answer = w.pane(n).locator(".from-coord", { hasText: seen }).last();
  await answer.waitFor();
  return answer;
}

describe.each([
  ["light", "wide", WIDE],
  ["dark", "wide", WIDE],
  ["light", "narrow", NARROW],
  ["dark", "narrow", NARROW],
] as const)("in the %s scheme on a %s screen", (colorScheme, size, viewport) => {
  it("axe finds nothing, and nothing is wider than the screen", async () => {
    const w = await watch(browser, coord.url, { colorScheme, viewport });
    const found: Record<string, unknown> = {};
    const view = async (name: string) => {
      const wrong = [
        ...(await faults(w.page)),
        ...(await inspect<string[]>(w.page, "lowContrast")).map((words) => `contrast: ${words}`),
        ...(await inspect<string[]>(w.page, "skippedLevels")).map((words) => `level: ${words}`),
        ...(await inspect<string[]>(w.page, "tooWide")).map((words) => `wide: ${words}`),
      ];
      if (wrong.length > 0) found[name] = wrong;
      if (process.env.SCREENS)
        await w.page.screenshot({ path: `${process.env.SCREENS}/${colorScheme}-${size}-${name}.png`, fullPage: true });
    };
    try {
      for (const n of [0, 1] as const) {
        await w.pane(n).getByRole("combobox").first().selectOption(PEOPLE[n]);
        await w
          .pane(n)
          .and(w.page.getByLabel(n ? /^Eleni/ : /^Maria/))
          .waitFor();
      }
      await view("first");
      for (const n of [0, 1] as const) {
        await answered(w, n, "/coord", /./);
        await answered(w, n, "/coord help", /./);
        await answered(w, n, "/coord list all", /./);
        await answered(w, n, "/coord T-1", /T-1/);
        await answered(w, n, "/coord plan", /./);
        await answered(w, n, "/coord mete", /./);
      }
      await view("chat");
      for (const n of [0, 1] as const) {
        await w.pane(n).getByRole("button", { name: "Message actions" }).last().click();
        await view(`menu-${n}`);
        await w.page.keyboard.press("Escape");
        await w.pane(n).getByRole("tab").nth(1).click();
        await w.say(n, "Two white vans without plates.");
      }
      await view("channels");
      await w.pane(0).getByRole("tab", { name: "Home" }).click();
      await w.pane(0).locator(".home .bk").waitFor();
      await view("home");
      await w.pane(0).getByRole("tab").first().click();
      await w.pane(1).getByRole("tab").first().click();
      for (const [line, opened] of [
        ["/coord task", "task"],
        ["/coord share", "share"],
        ["/coord meet", "meet"],
      ] as const)
        for (const n of [0, 1] as const) {
          const answers = w.pane(n).locator(".from-coord");
          const before = await answers.count();
          await w.say(n, line);
          const dialog = w.page.getByRole("dialog");
          // Slack opens it at once, Teams by a button of the answer.
          await dialog.or(answers.nth(before)).first().waitFor();
          if ((await dialog.count()) === 0) await answers.nth(before).getByRole("button").first().click();
          await dialog.waitFor();
          await view(`${opened}-${n}`);
          const send = dialog.locator("button[type=submit], .style-positive").first();
          if (await send.count()) {
            await send.click();
            await dialog.locator("[aria-invalid=true], .ac-input-validation-failed").first().waitFor();
            await view(`${opened}-${n}-missing`);
          }
          await w.page.keyboard.press("Escape");
          if (await dialog.count()) await w.page.keyboard.press("Escape");
          await dialog.waitFor({ state: "detached" });
        }
      expect(found).toEqual({});
      expect(w.complaints).toEqual([]);
    } finally {
      await w.close();
    }
  }, 240_000);
});
