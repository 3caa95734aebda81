import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { doctor } from "../../../src/cli/doctor.js";
import type { CliParts } from "../../../src/cli/parts.js";
import { scheduleDigests } from "../../../src/digests/schedule.js";
import { issueCode } from "../../../src/people/enrol.js";
import { loadAgency } from "../../../src/people/store.js";
import { textOf, World, words } from "../../world.js";
import { ended } from "../audit/owner.js";

let w: World;
beforeEach(async () => {
  w = await World.create({
    people: { Pia: "police focal_point staff", Omar: "labour focal_point staff", Sofia: "desk coordinator staff" },
  });
});
afterEach(() => w.close());

const owner = () => w.runtime.store.owner;
const examined = async () =>
  (await doctor({ runtime: w.runtime, config: {}, checks: [], applied: [] } as unknown as CliParts)).text;

describe("a time zone that is none", () => {
  it("told by a platform is not kept: the newcomer has the agency's", async () => {
    const { code } = await w.work(async (work) =>
      issueCode(work, {
        agency: await loadAgency(
          work.tx,
          (await work.tx.selectFrom("agencies").select("id").where("handle", "=", "desk").executeTakeFirstOrThrow()).id,
        ),
        role: "staff",
        confirmed: true,
      }),
    );
    await owner().deleteFrom("roles").where("role", "=", "focal_point").execute();
    const account = { platform: "teams" as const, tenant: "t", user: "newcomer" };
    const actor = { ...account, displayName: "New", zone: "Mars/Base", locale: "zz\u0000" };
    const from = { ...w.from("Pia"), actor, type: "command" as const, mentions: [] };
    expect(textOf(await w.runtime.receive({ ...from, text: `join ${code}` }))).toContain("New");
    const row = await owner()
      .selectFrom("persons")
      .select(["zone", "lang"])
      .where("name", "=", "New")
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ zone: "Europe/Athens", lang: "en" });
    expect(textOf(await w.runtime.receive({ ...from, key: "again", text: "inbox" }))).toContain("New");
  });

  it("in the row of one person stops nobody: inbox, cards, digests and tidying go on, and doctor says so", async () => {
    await w.ask("Pia", "task @Omar Count the boats by next Fri 17:00");
    await owner()
      .updateTable("persons")
      .set({ zone: "Mars/Base", lang: "!!", work_from: "99:99" })
      .where("name", "=", "Omar")
      .execute();
    expect(await w.ask("Omar", "inbox")).toContain("Count the boats");
    expect(await w.ask("Omar", "date T-1 tomorrow 12:00")).toContain("T-1");
    await owner().deleteFrom("reminder_steps").where("item_kind", "=", "digest").execute();
    await w.pass({ days: 1 });
    for (const name of ["Omar", "Pia"] as const)
      expect(
        w.inbox(name).some(({ message }) => words(message).includes("Count the boats")),
        name,
      ).toBe(true);
    const steps = await owner()
      .selectFrom("reminder_steps")
      .select("id")
      .where("item_kind", "=", "digest")
      .where("fired_at", "is", null)
      .execute();
    expect(steps).toHaveLength(3);
    const { id } = await owner()
      .selectFrom("persons")
      .select("id")
      .where("name", "=", "Omar")
      .executeTakeFirstOrThrow();
    expect(await examined()).toMatch(new RegExp(`FIX +zones +no such time zone: person ${id}`));
  });

  it("of an agency gives way to the body's, and a country, days and hours that are none to the usual ones", async () => {
    await owner()
      .updateTable("agencies")
      .set({
        zone: "Mars/Base",
        country: "XX",
        work_days: [9],
        work_from: "late",
        langs: ["!!"],
        holidays_added: ["never"],
      })
      .where("handle", "=", "labour")
      .execute();
    expect(await w.ask("Pia", "task @labour Count the farms by next Fri 17:00")).toContain("T-1");
    expect(await w.ask("Omar", "inbox")).toContain("Count the farms");
    await w.pass({ days: 1 });
    expect(await examined()).toContain("@labour");
  });

  it("of a task is read as the body's", async () => {
    await w.ask("Pia", "task @labour Count the farms by next Fri 17:00");
    await owner().updateTable("tasks").set({ due_zone: "Mars/Base" }).execute();
    expect(await w.ask("Omar", "T-1")).toContain("Count the farms");
    expect(await w.ask("Omar", "inbox")).toContain("Count the farms");
  });
});

describe("one that cannot be dealt with", () => {
  it("a task that does not open is left out of the others' lists, told by doctor, and comes back", async () => {
    await w.ask("Pia", "task @Omar First tlp:AMBER");
    await w.ask("Pia", "task @Omar Second tlp:AMBER");
    const [kept] = await owner().selectFrom("tasks").select(["id", "title"]).where("number", "=", 1).execute();
    if (!kept) throw new Error("no task");
    await owner().updateTable("tasks").set({ title: "\u0002v1.broken" }).where("id", "=", kept.id).execute();
    expect(await w.ask("Omar", "inbox")).toContain("T-2");
    expect(await examined()).toMatch(/FIX +held back +north: 1 task since/);
    expect(await examined()).not.toContain("broken");
    await owner().updateTable("tasks").set({ title: kept.title }).where("id", "=", kept.id).execute();
    await w.runtime.reconciler.tick(true);
    for (let n = 0; n < 20; n++) await w.runtime.reconciler.tick();
    expect(await examined()).toMatch(/ok +held back +nothing/);
  });

  it("a body's weekly digest that cannot be laid keeps nobody from their own", async () => {
    await owner().deleteFrom("reminder_steps").execute();
    await owner()
      .updateTable("bodies")
      .set({ rules: JSON.stringify({ digest: { day: 1, at: 9 } }) })
      .execute();
    await w.runtime.reconciler.tick(true);
    const laid = await owner().selectFrom("reminder_steps").select("item_kind").execute();
    expect(laid.map((row) => row.item_kind)).toEqual(["digest", "digest", "digest"]);
    expect(await examined()).toMatch(/FIX +held back +north: 1 digest/);
  });

  it("one person's digest that cannot be laid is held back alone", async () => {
    await owner().deleteFrom("reminder_steps").execute();
    const { id } = await owner()
      .selectFrom("persons")
      .select("id")
      .where("name", "=", "Omar")
      .executeTakeFirstOrThrow();
    await sql
      .raw(
        `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = 'P0001'; end $$;
         create trigger refuse before insert on reminder_steps for each row when (new.item_id = '${id}') execute function refuse()`,
      )
      .execute(owner());
    await w.runtime.reconciler.tick(true);
    const laid = await owner()
      .selectFrom("reminder_steps")
      .select("item_id")
      .where("item_kind", "=", "digest")
      .execute();
    expect(laid.map(({ item_id }) => item_id)).not.toContain(id);
    expect(laid).toHaveLength(2);
    expect(await examined()).toMatch(/FIX +held back +north: 1 digest since .*\(error P0001\)/);
    await sql.raw("drop trigger refuse on reminder_steps").execute(owner());
    await w.work((work) => scheduleDigests(work));
    expect(await examined()).toMatch(/ok +held back +nothing/);
  });

  it("a likeness that cannot be told keeps no other from being told, and is let go once it can", async () => {
    await owner().updateTable("agencies").set({ hints: true }).execute();
    // Two pairs of which neither agency sees the other's: two who ask within their own agencies.
    for (const [who, whom] of [
      ["Pia", "@police"],
      ["Omar", "@labour"],
    ] as const)
      for (const title of ["Inspect the farms of Kilkis", "Count the boats of Chios"])
        await w.ask(who, `task ${whom} ${title}`);
    const [first] = await owner().selectFrom("tasks").select(["id", "number"]).orderBy("number").execute();
    if (!first) throw new Error("no task");
    await sql
      .raw(
        `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = 'P0001'; end $$;
         create trigger refuse before insert on outbox for each row
           when (new.notice = 'task.likeness' and new.params ->> 'task' = '${first.id}') execute function refuse()`,
      )
      .execute(owner());
    await w.runtime.reconciler.tick(true);
    const told = async () =>
      (await owner().selectFrom("outbox").select("params").where("notice", "=", "task.likeness").execute()).map(
        ({ params }) => params.task,
      );
    expect(await told()).toHaveLength(3);
    expect(await told()).not.toContain(first.id);
    expect(await examined()).toMatch(/FIX +held back +north: 1 likeness since .*\(error P0001\)/);
    await sql.raw("drop trigger refuse on outbox").execute(owner());
    for (let n = 0; n < 20; n++) await w.runtime.reconciler.tick();
    expect(await told()).toHaveLength(4);
    expect(await examined()).toMatch(/ok +held back +nothing/);
  });

  it("a seal that fails stills neither digests nor tidying of the same body", async () => {
    await owner().deleteFrom("reminder_steps").execute();
    // A time that no event has: hashing it fails.
    await sql`update events set at = 'infinity' where id = (select max(id) from events)`.execute(owner());
    const logged = vi.spyOn(w.runtime.log, "error");
    await ended(w.runtime.store);
    await w.runtime.reconciler.tick(true);
    expect(logged.mock.calls.map(([event, , detail]) => [event, detail?.part])).toContainEqual([
      "reconciler.part",
      "seal",
    ]);
    expect(
      await owner().selectFrom("reminder_steps").select("id").where("item_kind", "=", "digest").execute(),
    ).toHaveLength(3);
    expect(await examined()).toMatch(/FIX +held back +north: 1 seal since .*(?:Type|Range)Error/);
    await sql`update events set at = ${w.clock.now()} where at = 'infinity'`.execute(owner());
    await w.runtime.reconciler.tick();
    expect(await examined()).toMatch(/ok +held back +nothing/);
  });
});
