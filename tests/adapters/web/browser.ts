import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ARGS });

/** A page that remembers everything a careful reader of the console would mind. */
export type Watched = {
  page: Page;
  complaints: string[];
  /** The first and the second screen. */
  pane: (n: 0 | 1) => Locator;
  say: (n: 0 | 1, words: string) => Promise<void>;
  close(): Promise<void>;
};

export async function watch(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error.stack)));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) complaints.push(`asked another server: ${request.url()}`);
  });
  await context.addInitScript({ path: fileURLToPath(new URL("./inspect.js", import.meta.url)) });
  await page.goto(url);
  const pane = (n: 0 | 1) => page.locator(".pane").nth(n);
  // The name is there once the screen was read.
  await page.locator(".pane[aria-label]").nth(1).waitFor();
  return {
    page,
    complaints,
    pane,
    async say(n, words) {
      const box = pane(n).locator(".composer textarea");
      await box.fill(words);
      await box.press("Enter");
      await pane(n).locator(".words", { hasText: words }).last().waitFor();
    },
    close: () => context.close(),
  };
}

/** Asks `inspect.js` in the page. */
export const inspect = <T>(page: Page, what: string): Promise<T> => page.evaluate<T>(`inspect.${what}()`);

/** The same about one element. */
export const inspectAt = <T>(locator: Locator, what: string): Promise<T> =>
  locator.evaluate((element, name) => {
    const page = globalThis as unknown as { inspect: Record<string, (element: unknown) => T> };
    return page.inspect[name]?.(element) as T;
  }, what);

/** axe-core as it is in its package: what it finds wrong on the page as it stands, a line each. */
export async function faults(page: Page): Promise<string[]> {
  if (await page.evaluate("typeof globalThis.axe === 'undefined'"))
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate<Axe>("axe.run(document, { resultTypes: ['violations'] })");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary?.replace(/\s+/g, " ")}`),
  );
}

type Axe = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] };
