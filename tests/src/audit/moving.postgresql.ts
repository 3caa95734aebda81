import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../../src/audit/verify.js";
import { accessTo } from "../../../src/cli/audit.js";
import { World } from "../../world.js";

/** Where several connections work at once, a transaction under way keeps what was written beside it from being sealed. */
describe("what was written before the clock is set forward", () => {
  let w: World;
  beforeAll(async () => {
    w = await World.create({ people: { Maria: "police staff", Eleni: "labour staff" } });
  });
  afterAll(() => w.close());

  it("is sealed under its own date, though another transaction was under way", async () => {
    let end = () => {};
    const ends = new Promise<void>((resolve) => {
      end = resolve;
    });
    const under = w.runtime.store.owner.transaction().execute(async (tx) => {
      await sql`select pg_current_xact_id()`.execute(tx);
      await ends;
    });
    await w.say("Maria", "task @labour Look at the harbour by Fri 17:00");
    setTimeout(300).then(end);
    await w.runtime.reconciler.moving();
    w.clock.moveTo(new Date(w.clock.now().getTime() + 86_400_000));
    await w.runtime.reconciler.moved();
    await under;
    expect(await verify(accessTo(w.runtime, { id: w.body }))).toMatchObject({ ok: true, waiting: 0 });
  });
});
