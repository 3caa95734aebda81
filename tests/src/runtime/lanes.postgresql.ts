import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "../../../src/store/database.js";
import { textOf, World } from "../../world.js";

/** Whoever writes is answered while much goes out, and is told so where others are in the way: never left waiting. */
const FULL = /^Many are writing at this moment: nothing was kept/;
let w: World;
beforeAll(async () => {
  w = await World.create({
    people: { Maria: "police focal_point staff", Eleni: "labour focal_point staff" },
    lang: { Eleni: "fr" },
  });
  await w.ask("Maria", "task @labour Inspect 3 farms in Kilkis by Fri 17:00");
  await w.settle();
});
afterAll(() => w?.close());

/** Transactions of one lane that stay open until they are let go. */
async function holding(count: number, begin: (opened: () => void, until: Promise<void>) => Promise<unknown>) {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const running: Promise<unknown>[] = [];
  for (let n = 0; n < count; n++)
    await new Promise<void>((opened) => {
      running.push(begin(opened, until));
    });
  return async () => {
    letGo();
    await Promise.all(running);
  };
}

/** So many connections of a lane are busy. */
const busy = (lane: Store, count: number) =>
  holding(count, (opened, until) =>
    lane.outside(async (tx) => {
      await sql`select 1`.execute(tx);
      opened();
      await until;
    }),
  );

it("answers while everything that goes out has its connections", async () => {
  const { behind } = w.runtime.store;
  expect(behind).not.toBe(w.runtime.store);
  const done = await busy(behind, 6);
  expect(await w.ask("Maria", "tasks")).toContain("T-1");
  await done();
});

it("says that it is full where no connection comes free, and keeps nothing", async () => {
  const { store } = w.runtime;
  const done = await busy(store, 8);
  const key = "the very same delivery";
  const command = { ...w.from("Maria", { key }), type: "command" as const, mentions: [] };
  const said = textOf(await w.runtime.receive({ ...command, text: "task @labour Count the boats by Fri 17:00" }));
  expect(said).toMatch(FULL);
  await done();
  expect(textOf(await w.runtime.receive({ ...command, text: "task @labour Count the boats by Fri 17:00" }))).toMatch(
    /^T-\d+ is asked of Labour/,
  );
});

it("says so, in the reader's language, where a row stays locked", async () => {
  const { store } = w.runtime;
  const done = await holding(1, (opened, until) =>
    store.inBody(w.body, async (tx) => {
      await tx.selectFrom("tasks").select("id").where("number", "=", 1).forUpdate().execute();
      opened();
      await until;
    }),
  );
  expect(await w.ask("Eleni", "accept T-1")).toMatch(/rien n’a été gardé/);
  // What does not touch it is answered meanwhile.
  expect(await w.ask("Maria", "task @labour Look at the harbour by Fri 17:00")).toMatch(/is asked of Labour/);
  await done();
  expect(await w.ask("Eleni", "accept T-1")).toMatch(/T-1/);
});

it("throws for what only a platform tells, so that it comes again", async () => {
  const { store } = w.runtime;
  const done = await busy(store, 8);
  await expect(w.runtime.receive({ ...w.from("Maria"), type: "left", who: "bot" })).rejects.toThrow(/timeout/);
  await done();
});
