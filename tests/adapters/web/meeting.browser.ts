import { addDays, format, nextMonday } from "date-fns";
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { message, rehearsal, screenOf } from "./rehearsal.js";

/** The demo as anybody starts it, in a real browser: a meeting from the line that calls it to its minutes. */

const r = rehearsal();

const SCREEN = { sofia: 0, maria: 1, eleni: 1 } as const;
const PERSONA = { sofia: "slack:secretariat/sofia", maria: "slack:police/maria", eleni: "teams:labour/eleni" } as const;
type Name = keyof typeof PERSONA;

/** Somebody's screen; two of them share the second. */
async function screen(name: Name): Promise<Locator> {
  return screenOf(r.w, SCREEN[name], PERSONA[name]);
}

async function clockTo(local: string): Promise<void> {
  await r.w.page.locator("#clock input").fill(local);
  await r.w.page.locator("#clock").getByRole("button", { name: "Go" }).click();
}

it("a meeting is called by a line, answered, prepared, held, and leaves its minutes", async () => {
  const session = (await (await fetch(`${r.coord.url}/workbench/session`)).json()) as { now: string };
  const monday = addDays(nextMonday(new Date(session.now)), 7);
  const day = (n: number) => format(addDays(monday, n), "yyyy-MM-dd");

  const sofia = await screen("sofia");
  await r.w.say(0, `/coord meet Winter crossings ${day(1)} 10:00 45m with @police, @labour`);
  await message(sofia, /M-3 is called for/).waitFor();
  const board = sofia.locator(".from-coord", { hasText: "M-3 · Winter crossings" }).first();
  await board.getByText(/^Coming:/).waitFor();

  const eleni = await screen("eleni");
  await message(eleni, "M-3 · Winter crossings").getByRole("button", { name: /^Yes/ }).click();
  await message(eleni, "Your answer: yes").waitFor();
  const maria = await screen("maria");
  await message(maria, "M-3 · Winter crossings").getByRole("button", { name: "Perhaps" }).click();
  await message(maria, "Your answer: perhaps").waitFor();
  await message(maria, "M-3 · Winter crossings").getByRole("button", { name: "Add item" }).click();
  const item = r.w.page.getByRole("dialog");
  await item.getByRole("textbox", { name: "Item" }).fill("Patrols in December");
  await item.getByRole("button", { name: "Send" }).click();
  await item.waitFor({ state: "detached" });

  await clockTo(`${day(0)}T10:05`);
  const pack = message(maria, "Pack for M-3 · Winter crossings");
  await pack.getByText("Patrols in December").waitFor();

  await clockTo(`${day(1)}T10:00`);
  await board.getByRole("button", { name: /^Start/ }).click();
  await board.getByText("no quorum").waitFor();
  await board.getByRole("button", { name: "Attendance" }).click();
  const list = r.w.page.getByRole("dialog");
  // Who said yes is ticked already.
  await list.getByRole("checkbox", { name: /Labour Inspectorate: Eleni Kastri/ }).waitFor();
  expect(await list.getByRole("checkbox", { name: /Labour Inspectorate: Eleni Kastri/ }).isChecked()).toBe(true);
  await list.getByRole("checkbox", { name: /National Police: Maria Levidi/ }).check();
  await list.getByRole("button", { name: "Send" }).click();
  await board.getByText("3 of 3 agencies present, 2 needed: quorum").first().waitFor();

  await board.getByRole("button", { name: "Decide" }).click();
  const decision = r.w.page.getByRole("dialog");
  await decision.getByRole("textbox", { name: "What is decided" }).fill("Patrols are shared until March");
  await decision.getByRole("button", { name: "Send" }).click();
  await board.getByText("Patrols are shared until March").waitFor();
  await board.getByRole("button", { name: /^End/ }).click();
  await r.w.page.getByRole("dialog").getByRole("button", { name: "End", exact: true }).click();

  await message(maria, "Result of M-3 · Winter crossings").getByText("Patrols are shared until March").waitFor();
  await message(maria, "Result of M-3 · Winter crossings").getByRole("button", { name: "Minutes" }).click();
  await message(maria, "Minutes of M-3 · Winter crossings").getByText("Patrols are shared until March").waitFor();
  expect(r.w.complaints).toEqual([]);
}, 150_000);
