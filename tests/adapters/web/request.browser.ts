import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { all, part, read, words } from "../../src/documents/office.js";
import { message, rehearsal, screenOf } from "./rehearsal.js";

/** The demo as anybody starts it, in a real browser: a request to another State from its approval to its receipt. */

const r = rehearsal();

const PERSONA = {
  petra: "slack:justice/petra",
  pavel: "slack:justice/pavel",
  leila: "teams:sudjustice/leila",
} as const;
type Name = keyof typeof PERSONA;

/** Somebody's screen; Petra and Pavel share the first. */
async function screen(name: Name): Promise<Locator> {
  return screenOf(r.w, name === "leila" ? 1 : 0, PERSONA[name]);
}

it("a request is approved by a second person, sent, and its receipt confirmed in the other State", async () => {
  const pavel = await screen("pavel");
  const card = message(pavel, "waits for approval");
  const ref = /R-\d+/.exec((await card.textContent()) ?? "")?.[0] ?? "";
  await card.getByRole("button", { name: "Approve" }).click();
  // Its card, whatever reminder came of it meanwhile.
  const approved = pavel.locator(".from-coord", { hasText: "approved, not sent" });
  await approved.filter({ hasText: ref }).first().waitFor();

  const petra = await screen("petra");
  const news = message(petra, new RegExp(`approved ${ref}`));
  await news.getByRole("button", { name: "Send" }).click();
  const sending = r.w.page.getByRole("dialog");
  await sending.getByRole("button", { name: "Send" }).click();
  await sending.waitFor({ state: "detached" });
  await message(petra, `${ref} is sent to Sudmark Ministry of Justice`).waitFor();

  // The words of it stand in no chat: in a dialog and in the file.
  await message(petra, `${ref} is sent to`).waitFor();
  await r.w.say(0, `/coord request file ${ref}`);
  const offered = message(petra, `${ref} as a Word file`);
  const href = await offered.getByRole("link").first().getAttribute("href");
  const file = new Uint8Array(await (await fetch(href ?? "", { method: "POST" })).arrayBuffer());
  const said = all(part(read(file), "word/document.xml"), "w:p")
    .map(words)
    .join("\n");
  expect(said).toContain("a) Autorité dont émane la demande");
  expect(said).toContain("Statements of the account, certified");
  expect(await petra.textContent()).not.toContain("Statements of the account");

  const leila = await screen("leila");
  const theirs = leila.locator(".from-coord", { hasText: `${ref} · Entraide judiciaire` }).first();
  await theirs.getByText("réception non confirmée").first().waitFor();
  await theirs.getByRole("button", { name: "Accuser réception" }).click();
  await theirs.getByText("reçue").first().waitFor();
  await message(petra, /confirmed receipt/).waitFor();
  expect(r.w.complaints).toEqual([]);
}, 150_000);
