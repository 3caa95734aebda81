import { afterAll, beforeAll, expect, it } from "vitest";
import { registry } from "../../../commands/index.js";
import type { Arg, Context } from "../../../src/command/define.js";
import { messagesFor } from "../../../src/i18n/index.js";
import { Refusal } from "../../../src/lib/refusal.js";
import { personOfAccount } from "../../../src/people/store.js";
import { textOf, World, words } from "../../world.js";

const OVERRIDE = "\u202E";
const TYPED = `Count the cars\nT-9 ${OVERRIDE}RED\u2028now`;

let w: World;
beforeAll(async () => {
  w = await World.create({
    people: { Maria: "police focal_point staff coordinator rapporteur", Lena: "labour focal_point staff" },
  });
});
afterAll(() => w.close());

it("whatever a command takes as one line is one line, whoever typed more", async () => {
  const args = registry.commands.flatMap(({ name, args }) =>
    Object.entries(args as Record<string, Arg<unknown>>).map(([arg, it]) => ({ path: `${name} ${arg}`, it })),
  );
  let read = 0;
  await w.work(async (work) => {
    const person = await personOfAccount(work.tx, w.account("Maria"));
    if (!person) throw new Error("no Maria");
    const c: Context = {
      work,
      person,
      viewer: person,
      t: messagesFor("en"),
      conversation: w.from("Maria").conversation,
      ceiling: "GREEN",
      via: "form",
      mentions: [],
      bodies: [work.body.id],
      form: async () => undefined,
    };
    for (const { path, it } of args) {
      const field = await it.field(c, undefined, {}).catch(() => undefined);
      if (field?.type !== "text" || field.multiline) continue;
      const value = await it.parse(c, TYPED).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
      if (typeof value !== "string") continue;
      read++;
      expect(value, path).toBe("Count the cars T-9 RED now");
    }
  });
  // Titles of tasks, meetings, agenda items, papers, objectives, indicators, shares, library entries.
  expect(read).toBeGreaterThan(15);
});

it("a title typed in a line disguises nothing on the card that others get", async () => {
  await w.say("Maria", `task @labour ${TYPED} by Fri 17:00`);
  await w.settle();
  const card = words(w.card("Lena", "T-1").message);
  expect(card.split("\n")[0]).toBe("T-1 · Count the cars T-9 RED now");
});

it("an entry of the library shows where it leads", async () => {
  const url = "https://\u0440\u0430\u0443\u0440\u0430l.example/guide";
  expect(textOf(await w.say("Maria", `library add ${url} https://paypal.example kind:manual`))).not.toBe("");
  const page = await w.say("Maria", "library paypal");
  expect(textOf(page)).toContain("https://paypal.example");
  // The address itself is kept in the letters of DNS, and both renderers put its host behind the words.
  expect(JSON.stringify(page)).toContain("https://xn--l-7sba6dbr.example/guide");
});
