import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { rehearsal } from "./rehearsal.js";

/** The demo as anybody starts it, in a real browser: a summary from the line that asks for it to its charts on both platforms. */

const r = rehearsal({ viewport: { width: 1500, height: 1400 } });

async function screen(n: 0 | 1, persona: string): Promise<Locator> {
  const pane = r.w.pane(n);
  await pane.getByRole("combobox").first().selectOption(persona);
  return pane;
}

const drawn = (image: Locator): Promise<number> =>
  image.evaluate(async (element) => {
    const picture = element as unknown as { decode(): Promise<void>; naturalWidth: number };
    await picture.decode();
    return picture.naturalWidth;
  });

it("a summary is made, with charts that are really there, in Slack and in Teams", async () => {
  const nikos = await screen(0, "slack:secretariat/nikos");
  await r.w.say(0, "/coord report this month by agency");
  await nikos.locator(".from-coord", { hasText: /S-1 is being made/ }).waitFor();
  const card = nikos.locator(".from-coord", { hasText: "Activity summary" }).filter({ hasText: "Draft" }).first();
  await card.waitFor({ timeout: 60_000 });
  const charts = card.locator("img[src*='/charts/']");
  expect(await charts.count()).toBeGreaterThanOrEqual(2);
  for (const chart of await charts.all()) {
    expect(await drawn(chart)).toBeGreaterThan(600);
    expect((await chart.getAttribute("alt"))?.length).toBeGreaterThan(20);
  }
  await card.getByText("Tasks that one agency asked of another in the period.").waitFor();

  // The last month is over, so it can be published; who works in Teams reads it there.
  await r.w.say(0, "/coord report last month");
  const second = nikos.locator(".from-coord", { hasText: "S-2" }).filter({ hasText: "Draft" }).first();
  await second.waitFor({ timeout: 60_000 });
  await r.w.say(0, "/coord report publish S-2 sure");
  // In these letters: until its files are made the card and the answer say that it is being published.
  await nikos
    .locator(".from-coord", { hasText: "S-2" })
    .filter({ hasText: /Published/ })
    .first()
    .waitFor();
  const eleni = await screen(1, "teams:labour/eleni");
  await r.w.say(1, "report show S-2");
  const shown = eleni.locator(".from-coord", { hasText: /Published/ }).last();
  await shown.waitFor();
  for (const chart of await shown.locator("img[src*='/charts/']").all())
    expect(await drawn(chart)).toBeGreaterThan(600);
  if (process.env.SCREENSHOTS) await r.w.page.screenshot({ path: `${process.env.SCREENSHOTS}/report.png` });
  expect(r.w.complaints).toEqual([]);
}, 180_000);
