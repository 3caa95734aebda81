import { readFile } from "node:fs/promises";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Coord, cleanUp, emptyFolder, must } from "../../blackbox/coord.js";
import { faults, launch, type Watched, watch } from "./browser.js";

/** A body of one's own on its first day, from the lines of README.md to the first meeting, as its people see it. */

let browser: Browser;
let coord: Coord;
let w: Watched;
let code: string;

const codeIn = (words: string): string => {
  const found = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(words)?.[0];
  if (!found) throw new Error(`no code in ${words}`);
  return found;
};

/** The lines of "Your coordination body" that begin with `npx coord`, cut as a shell cuts them. */
async function linesOfReadme(): Promise<string[][]> {
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  const block = /## Your coordination body\n\n```\n([^`]*)```/.exec(readme)?.[1] ?? "";
  const lines = block.split("\n").filter((line) => line.startsWith("npx coord "));
  expect(lines.length).toBeGreaterThan(3);
  return lines.map((line) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "").slice(2),
  );
}

beforeAll(async () => {
  const env = { COORD_DATA_DIR: await emptyFolder() };
  // README.md's own lines, as they stand there and in their order; `npm start` is the last of them.
  for (const line of await linesOfReadme()) {
    const said = await must(env, ...line);
    if (line.includes("coordinator")) code = codeIn(said);
  }
  coord = await Coord.start(env);
  browser = await launch();
  w = await watch(browser, coord.url);
}, 300_000);
afterAll(async () => {
  await w?.close();
  await browser?.close();
  await cleanUp();
});

let shots = 0;
/** A look at both screens, by axe and, where one is wanted, as a picture. */
async function look(name: string): Promise<void> {
  shots += 1;
  if (process.env.SCREENS) await w.page.screenshot({ path: `${process.env.SCREENS}/day-${shots}-${name}.png` });
  expect({ name, faults: await faults(w.page) }).toEqual({ name, faults: [] });
}

/** The newest message of Coord's on a screen that says so. */
const message = (n: 0 | 1, words: string | RegExp): Locator =>
  w.pane(n).locator(".from-coord", { hasText: words }).last();

const dialog = () => w.page.getByRole("dialog");

async function sent(): Promise<void> {
  await dialog().locator("button[type=submit], .style-positive").last().click();
  await dialog()
    .waitFor({ state: "detached", timeout: 10_000 })
    .catch(async () => {
      throw new Error(`the dialog stays: ${await dialog().textContent()}`);
    });
}

it("the first coordinator sets the body up by its list, and others join, work and meet", async () => {
  // Nobody is known yet: each screen has a newcomer, who is told what to type.
  await w.say(0, "/coord");
  await message(0, /not known here yet. If you were given a code, type: join ABCD-EFGH/).waitFor();
  await w.say(1, "hello");
  await message(1, /not known here yet. If you were given a code, type: join ABCD-EFGH/).waitFor();
  await look("newcomers");
  await w.say(0, `/coord join ${code}`);
  await message(0, "Welcome, Sofia Lindqvist. You are with Secretariat in Northern Coordination Body.").waitFor();
  await w.say(0, "/coord");
  await message(0, "Setting up Northern Coordination Body: 1 of 5 done").waitFor();
  await look("list");

  // An agency more, by the list's button; a task for it finds nobody, and says so.
  const list = () => message(0, /Setting up Northern Coordination Body: \d of 5 done/);
  await list().getByRole("button", { name: "Code for Labour Inspectorate" }).click();
  const labour = codeIn((await message(0, /Code for the first person of Labour/).textContent()) ?? "");
  await w.say(0, "/coord agency-add");
  await dialog().getByRole("textbox", { name: "Name", exact: true }).fill("Border Guard");
  await dialog().getByRole("textbox", { name: "Short name" }).fill("@border");
  await look("agency");
  await sent();
  const border = message(0, "Border Guard (@border) takes part now.");
  await border.getByRole("button", { name: "Code for Border Guard" }).waitFor();
  await w.say(0, "/coord task @border Send the rota of the crossing");
  await message(0, /Nobody of Border Guard is on Coord yet, so nobody there sees T-1/).waitFor();
  await look("nobody");

  // The first of the labour inspectorate comes in from Teams, and is its focal point.
  await w.say(1, `join ${labour}`);
  await message(1, /Welcome, Newcomer 1. You are with Labour Inspectorate/).waitFor();
  await w.say(0, "/coord task @labour Inspect 3 farms in Kilkis by Fri 17:00");
  await message(0, /T-2 is asked of Labour Inspectorate/).waitFor();
  const card = () => message(1, "T-2 · Inspect 3 farms in Kilkis");
  await card()
    .getByRole("button", { name: /^Give to/ })
    .click();
  await card().getByRole("button", { name: "Newcomer 1" }).click();
  await card().getByText("Agreed").first().waitFor();
  await card().getByRole("button", { name: /^Done/ }).first().click();
  await dialog().getByRole("textbox").first().fill("Three farms inspected");
  await look("done");
  await sent();
  await message(0, /Newcomer 1.*finished/)
    .getByRole("button", { name: /^Close/ })
    .click();
  await message(0, /T-2 is closed/).waitFor();
  await message(1, /State\s*Closed/).waitFor();

  // Channels, rules and the first meeting, each by its button.
  await w.say(0, "/coord setup");
  await list().getByRole("button", { name: "Ask the focal points" }).click();
  await message(0, /focal points? (is|are) asked/).waitFor();
  await message(1, /Notices of Northern Coordination Body to Labour Inspectorate come to you alone so far/).waitFor();
  await list().getByRole("button", { name: "See the rules" }).click();
  await look("rules");
  await sent();
  await w.say(0, "/coord setup");
  await list().getByRole("button", { name: "Call a meeting" }).click();
  await dialog().getByRole("textbox", { name: "What it is about" }).fill("First meeting");
  await dialog().getByRole("textbox", { name: "Or in words" }).fill("Thu 10:00");
  await dialog().getByRole("combobox", { name: "Who is invited" }).fill("all");
  await dialog().locator("[role=option]", { hasText: "all member agencies" }).click();
  await look("meeting");
  await sent();
  await message(1, "M-1 · First meeting").getByRole("button", { name: /^Yes/ }).first().click();
  await message(1, "Your answer: yes").waitFor();
  await message(0, "M-1 · First meeting").getByText("Coming").first().waitFor();
  await w.say(1, "settings lang:fr");
  await message(1, /français|Langue/).waitFor();
  await w.say(1, "aide");
  await message(1, "Ce que vous pouvez faire").waitFor();
  await look("end");
  expect(w.complaints).toEqual([]);
}, 300_000);
