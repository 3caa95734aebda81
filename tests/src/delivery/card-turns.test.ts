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

/** What is on its way when it changes: a card, and a notice that speaks of the item in a line. */
it("a card whose item changes while it is sent for the first time is drawn anew at once, and no other", async () => {
  await between("Eleni", "T-1 · ", () => w.ask("Maria", "edit T-1 Count the vans"), asked);
  expect(words(w.card("Eleni", "T-1").message)).toContain("Count the vans");
  await nobodyLooksAgain();
});

it("a notice whose question is answered while it is sent loses its buttons at once", async () => {
  await between(
    "Maria",
    "asks for",
    () => w.ask("Maria", "keep T-1"),
    async () => {
      await asked();
      await w.settle();
      await w.ask("Eleni", "accept T-1");
      await w.settle();
      await w.ask("Eleni", "date T-1 next Mon 12:00");
    },
  );
  const notice = w.inbox("Maria").find(({ message }) => words(message).includes("asks for"));
  expect(notice?.updates).toBe(1);
  expect(words(notice?.message as never)).not.toContain("Agree");
  await nobodyLooksAgain();
});

const asked = () => w.ask("Maria", "task @labour Count the lorries by Fri 17:00");

/** @param change done once, while the message that holds `words` is on its way */
async function between(to: string, holds: string, change: () => Promise<string>, act: () => Promise<unknown>) {
  w = await World.create({ people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" } });
  let said: string | undefined;
  w.underway = async (delivery) => {
    if (said !== undefined || delivery.kind !== "post" || !words(delivery.message).includes(holds)) return;
    said = "";
    said = await change();
  };
  await act();
  await w.settle();
  expect(said, `nothing was sent to ${to}`).toMatch(/T-1/);
  expect(said).not.toMatch(/not a command|no T-1/);
}

/** What did not change is not drawn a second time. */
async function nobodyLooksAgain(): Promise<void> {
  const redraws = () =>
    w.runtime.store.owner.selectFrom("outbox").select("id").where("card_id", "is not", null).execute();
  const before = await redraws();
  w.underway = undefined;
  await w.pass({ minutes: 1 }, 1);
  expect(await redraws()).toHaveLength(before.length);
}
