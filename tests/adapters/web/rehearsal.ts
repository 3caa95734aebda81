import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { Coord, cleanUp, emptyFolder } from "../../blackbox/coord.js";
import { launch, type Watched, watch } from "./browser.js";

/** The demo as anybody starts it, in a real browser, for the tests of one file. */
export function rehearsal(options: BrowserContextOptions = {}) {
  const started = {} as { browser?: Browser; coord: Coord; w: Watched };
  beforeAll(async () => {
    started.coord = await Coord.start({ COORD_DATA_DIR: await emptyFolder() });
    started.browser = await launch();
    // The address that the start prints: pictures come from there, and no other server's are loaded.
    started.w = await watch(started.browser, `http://localhost:${started.coord.port}`, options);
  }, 150_000);
  afterAll(async () => {
    await started.w?.close();
    await started.browser?.close();
    await cleanUp();
  });
  return started;
}

/** Makes one of the two screens somebody's, and waits until what stands there is refreshed for who looks now. */
export async function screenOf({ page, pane }: Watched, n: 0 | 1, persona: string): Promise<Locator> {
  const [, name = ""] = /\/(\w+)$/.exec(persona) ?? [];
  const own = pane(n);
  await own.getByRole("combobox").first().selectOption(persona);
  await page
    .locator(".pane")
    .nth(n)
    .and(page.getByLabel(new RegExp(`^${name}`, "i")))
    .waitFor();
  await own
    .locator(`.from-coord ${persona.startsWith("slack") ? ".bk" : ".ac-adaptiveCard"}`)
    .first()
    .waitFor();
  return own;
}

/** The newest message on a screen that says so. */
export const message = (pane: Locator, words: string | RegExp): Locator =>
  pane.locator(".from-coord", { hasText: words }).last();
