import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Tx } from "../../../src/store/database.js";
import { later } from "../../../src/store/later.js";
import { PreparingClient } from "../../../src/store/prepared.js";
import { World } from "../../world.js";

/** Which statements of a transaction are sent before the one before them is answered. */
let w: World;
beforeAll(async () => {
  w = await World.create({ people: { Maria: "police focal_point staff" } });
});
afterAll(() => w?.close());

const inBody = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => w.runtime.store.inBody(w.body, act);
const change = (tx: Tx) => later(tx, tx.insertInto("item_changes").values({ item_id: randomUUID(), changed: "3" }));

/** First words, `+` where one is sent and `-` where it is answered. */
async function heard(act: () => Promise<unknown>): Promise<string[]> {
  const log: string[] = [];
  const query = PreparingClient.prototype.query as (this: unknown, ...given: unknown[]) => Promise<unknown>;
  const spy = vi.spyOn(PreparingClient.prototype, "query").mockImplementation(function (
    this: unknown,
    ...given: unknown[]
  ) {
    const word = /[a-z]+/i.exec(String(given[0]))?.[0] ?? "";
    log.push(`+${word}`);
    const answered = query.apply(this, given);
    const note = () => void log.push(`-${word}`);
    answered.then(note, note);
    return answered as never;
  });
  try {
    await act();
  } finally {
    spy.mockRestore();
  }
  return log;
}

describe("rounds of a transaction", () => {
  it("begin goes with what enters the body, and what was kept with the commit", async () => {
    const log = await heard(() =>
      inBody(async (tx) => {
        await tx.selectFrom("bodies").select("id").execute();
        await change(tx);
      }),
    );
    expect(log).toEqual([
      ...["+begin", "+select", "-begin", "-select"],
      ...["+select", "-select"],
      ...["+insert", "+commit", "-insert", "-commit"],
    ]);
  });

  it("what was kept goes with the statement that follows", async () => {
    const log = await heard(() =>
      inBody(async (tx) => {
        await change(tx);
        await tx.selectFrom("bodies").select("id").execute();
      }),
    );
    expect(log.slice(4)).toEqual(["+insert", "+select", "-insert", "-select", "+commit", "-commit"]);
  });

  it("keeps nothing, and says so, where a statement in the middle has failed", async () => {
    const item = randomUUID();
    const failed = inBody(async (tx) => {
      await later(tx, tx.insertInto("item_changes").values({ item_id: item, changed: "3" }));
      await sql`select 1 / 0`.execute(tx);
    });
    await expect(failed).rejects.toThrow("division by zero");
    const kept = await inBody((tx) =>
      tx.selectFrom("item_changes").select("item_id").where("item_id", "=", item).execute(),
    );
    expect(kept).toEqual([]);
  });

  it("says that a connection has ended, and the next transaction has another", async () => {
    const ended = inBody(async (tx) => {
      await change(tx);
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
    });
    await expect(ended).rejects.toThrow();
    for (let n = 0; n < 10; n++)
      expect(
        await inBody((tx) => tx.selectFrom("bodies").select("id").where("id", "=", w.body).execute()),
      ).toHaveLength(1);
  });
});
