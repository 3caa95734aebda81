import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { print, Stage, until } from "./stage.js";

describe("a line in front of one workspace", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.build();
  });
  afterEach(() => stage.close());

  it("does not hold up what is about life and safety", async () => {
    // Fifteen hundred people of one workspace at once: its limits take minutes for that.
    const firstDue = new Date(Date.now() + 6_000);
    await stage.seed({ people: 1_500, tenants: 1, steps: 1_500, firstDue, withinMs: 1 });
    const due = new Date(firstDue.getTime() + 12_000);
    const db = stage.store.owner;
    await sql`update tasks set priority = 'life-safety', due_at = ${due} where number = 7`.execute(db);
    await sql`update reminder_steps set due_at = ${due}, about = ${due}
      where item_id = (select id from tasks where number = 7)`.execute(db);
    await stage.worker();
    const seen = () => stage.slack.posts.find(({ refs }) => refs.includes("T-7"));
    await until("it is on the screen", () => seen() !== undefined, 120_000);
    const secondsAfterDue = ((seen()?.at ?? Number.NaN) - due.getTime()) / 1_000;
    const { waiting } = await stage.counts();
    print("life-safety with others in the line", { secondsAfterDue, stillInLine: waiting });
    // Due twelve seconds after all the others, and on the screen before the last third of them.
    expect(waiting).toBeGreaterThan(500);
  });
});
