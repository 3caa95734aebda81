import { afterEach, expect, it } from "vitest";
import { DeliveryError } from "../../../src/chat/index.js";
import { World, words } from "../../world.js";

let w: World;
afterEach(() => w?.close());

/** A meeting to come, whose cards are there and true. */
async function called(): Promise<void> {
  w = await World.create({
    people: { Sofia: "secretariat coordinator focal_point", Maria: "police focal_point staff" },
  });
  await w.ask("Sofia", "meet Coordination Tue 1 Dec 10:00 60m with @police");
  await w.settle();
  await w.pass({ minutes: 1 }, 1);
}

it.each(["arrives", "fails"])(
  "a card that is changed to and fro while a drawing of it is on its way shows what is true in the end, where that one %s",
  async (end) => {
    await called();
    await w.ask("Maria", "attend M-1 yes");
    await w.settle();
    await w.pass({ minutes: 1 }, 1);
    expect(words(w.card("Sofia", "M-1").message)).toMatch(/Coming: .*Police/);
    let changedBack = false;
    w.underway = async (delivery) => {
      if (changedBack || delivery.kind !== "update" || delivery.ref.id !== w.card("Sofia", "M-1").ref.id) return;
      changedBack = true;
      expect(words(delivery.message)).toContain("Not coming: Police");
      await w.ask("Maria", "attend M-1 yes");
      await w.settle();
      if (end === "fails") throw DeliveryError.passing("busy");
    };
    await w.ask("Maria", "attend M-1 no");
    await w.settle();
    // The end of the one calls for the other: no time has to pass between them.
    if (end === "fails") await w.pass({ minutes: 1 }, 1);
    expect(changedBack).toBe(true);
    expect(words(w.card("Sofia", "M-1").message)).toMatch(/Coming: .*Police/);
    expect(words(w.card("Sofia", "M-1").message)).not.toContain("Not coming");
  },
);

it("a drawing that has its place in a platform's line keeps it, whatever changes meanwhile, and shows all of it", async () => {
  await called();
  const place = new Date(w.clock.now().getTime() + 20_000);
  await w.ask("Maria", "attend M-1 no");
  await w.runtime.store.owner
    .updateTable("outbox")
    .set({ slotted: true, due_at: place })
    .where("state", "=", "pending")
    .where("card_id", "is not", null)
    .execute();
  await w.ask("Maria", "attend M-1 yes");
  await w.settle();
  expect(words(w.card("Sofia", "M-1").message)).not.toContain("Coming: Police");
  const waiting = await w.runtime.store.owner
    .selectFrom("outbox")
    .select("due_at")
    .where("state", "=", "pending")
    .where("card_id", "is not", null)
    .execute();
  expect(waiting.length).toBeGreaterThan(0);
  for (const { due_at } of waiting) expect(due_at).toEqual(place);
  await w.pass({ minutes: 1 }, 1);
  expect(words(w.card("Sofia", "M-1").message)).toMatch(/Coming: .*Police/);
});

it("a press on a card that is kept true is answered by its next drawing, before all others", async () => {
  await called();
  const drawn: string[] = [];
  w.underway = async (delivery) => {
    if (delivery.kind === "update") drawn.push(delivery.ref.id);
  };
  const card = w.card("Maria", "M-1");
  expect(await w.press("Maria", card, "Yes")).toMatchObject({ live: true });
  await w.settle();
  expect(drawn).toEqual([card.ref.id, w.card("Sofia", "M-1").ref.id]);
  expect(words(w.card("Maria", "M-1").message)).toContain("Your answer: yes");
});

/** What is on its way when it changes: a card, and a message that speaks of the item in a line. */
it.each([
  ["a card", "T-1 · "],
  ["a notice", "asks for"],
])(
  "%s whose item changes while it is sent for the first time is drawn anew at once, and no other",
  async (_, begins) => {
    w = await World.create({
      people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" },
    });
    const ask = () => w.ask("Maria", "task @labour Count the lorries by Fri 17:00");
    if (begins === "asks for") {
      await ask();
      await w.settle();
      await w.ask("Eleni", "accept T-1");
      await w.settle();
    }
    const to = begins === "asks for" ? "Maria" : "Eleni";
    let changed = 0;
    w.underway = async (delivery) => {
      if (changed || delivery.kind !== "post" || !words(delivery.message).includes(begins)) return;
      changed++;
      await w.ask("Maria", begins === "asks for" ? "keep T-1" : "edit T-1 Count the vans");
    };
    if (begins === "asks for") await w.ask("Eleni", "date T-1 next Mon 12:00");
    else await ask();
    await w.settle();
    expect(changed).toBe(1);
    const sent = w.inbox(to).filter(({ message, updates }) => updates > 0 && words(message).includes("T-1"));
    expect(sent.length).toBeGreaterThan(0);
    const drawn = await w.runtime.store.owner
      .selectFrom("outbox")
      .select("id")
      .where("card_id", "is not", null)
      .execute();
    // Nobody looks a second time at what did not change.
    w.underway = undefined;
    await w.pass({ minutes: 1 }, 1);
    const after = await w.runtime.store.owner
      .selectFrom("outbox")
      .select("id")
      .where("card_id", "is not", null)
      .execute();
    expect(after.length).toBe(drawn.length);
  },
);
