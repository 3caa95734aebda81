import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAgency, initBody, linkPerson } from "../../../src/cli/setup.js";
import type { Tx } from "../../../src/store/database.js";
import { World, ZONE } from "../../world.js";
import { instantOf } from "../meetings/rows.js";

/** Words are looked for by functions that the wall does not hold: they see one body all the same (0032_search.sql). */

const WORDS = "Count the herons of Kilkis";

let w: World;
let south: string;
beforeAll(async () => {
  w = await World.create({
    people: { Maria: "police focal_point staff coordinator", Eleni: "labour focal_point staff" },
    lang: { Eleni: "fr" },
  });
  await initBody(w.runtime, { name: "South", slug: "south", zone: ZONE, lang: "en" });
  await addAgency(w.runtime, "coast", { name: "Coast", zone: ZONE, body: "south" });
  await linkPerson(w.runtime, "coast", {
    name: "Sven",
    account: ["slack:slack-coast:USven"],
    role: ["focal_point", "coordinator"],
    zone: ZONE,
    body: "south",
  });
  w.enrolled("Sven", { platform: "slack", tenant: "slack-coast", user: "USven" });
  const { owner } = w.runtime.store;
  south = (await owner.selectFrom("bodies").select("id").where("slug", "=", "south").executeTakeFirstOrThrow()).id;
  for (const [name, agency] of [
    ["Maria", "labour"],
    ["Sven", "coast"],
  ] as const) {
    await w.ask(name, "meet-rules quorum:none");
    await w.ask(name, `task @${agency} ${WORDS} by Fri 17:00`);
    await w.ask(name, `task @${agency} ${WORDS} in secret by Fri 17:00 tlp:AMBER`);
    await w.ask(name, `meet ${WORDS} 2026-12-01 10:00 60m with @${agency}`);
  }
  w.clock.moveTo(instantOf("2026-12-01T10:00", ZONE));
  for (const name of ["Maria", "Sven"]) {
    await w.ask(name, "start M-1");
    await w.ask(name, `decide M-1 ${WORDS}`);
  }
});
afterAll(() => w.close());

const ASKED = {
  tasks: sql<{ id: string }>`select tasks_saying('%heron%') as id`,
  meetings: sql<{ id: string }>`select meetings_saying('%heron%') as id`,
  decisions: sql<{ id: string }>`select decisions_saying('%heron%') as id`,
  "tasks like one": sql<{ id: string }>`select id from open_tasks_like(${WORDS}, 0.4)`,
} satisfies Record<string, RawBuilder<{ id: string }>>;
const tableOf = (what: string) => (what === "tasks like one" ? "tasks" : what) as "tasks" | "meetings" | "decisions";

describe("below the wall", () => {
  it.each(Object.entries(ASKED))("%s of one body are found, and of no other", async (what, asked) => {
    const idsIn = async (tx: Tx) => (await asked.execute(tx)).rows.map(({ id }) => id);
    for (const body of [w.body, south]) {
      const found = await w.runtime.store.inBody(body, idsIn);
      const all = await w.runtime.store.owner
        .selectFrom(tableOf(what))
        .select(["id", "body_id", "label"])
        .where("id", "in", found)
        .execute();
      expect(all.map((row) => [row.body_id, row.label])).toEqual([[body, "GREEN"]]);
    }
    // Before a body is known, and for whoever is not Coord, there is nothing.
    expect(await w.runtime.store.outside(idsIn)).toEqual([]);
  });

  it("they are for Coord alone", async () => {
    const { rows } = await sql<{ name: string }>`
      select proname as name from pg_proc
      where proname in ('tasks_saying', 'meetings_saying', 'decisions_saying', 'open_tasks_like')
        and prosecdef and not exists (select from aclexplode(proacl) where grantee = 0)`.execute(w.runtime.store.owner);
    expect(rows).toHaveLength(4);
  });

  it.each(["heron", "herons of", "HERONS OF KILKIS", "herons  of\u00a0 kilkis", "he"])(
    "%s is found by whoever may see it, as it was",
    async (words) => {
      for (const name of ["Maria", "Sven"]) {
        expect(await w.ask(name, `tasks all ${words}`), name).toContain("(1)");
        expect(await w.ask(name, `meetings ${words}`), name).toContain("M-1");
        expect(await w.ask(name, `decisions ${words}`), name).toContain("(1)");
      }
    },
  );

  it("an open task of the same body alone is said to be like a new one", async () => {
    const said = await w.ask("Sven", `task @coast ${WORDS} again by Fri 17:00`);
    expect(said).toContain("close to this one");
    expect(said).toContain("T-1");
  });
});

describe("words that somebody types", () => {
  it.each([
    ["herons Kilkis", 1],
    ["kilkis HERONS count", 1],
    ["Count   the\u00a0herons", 1],
    ['"the herons of"', 1],
    ["“herons of Kilkis”", 1],
    ["« the herons » kilkis", 1],
    ["herons boats", 0],
    ["of", 1],
    ["he of co", 1],
    ["her%ns", 0],
    ["h_rons", 0],
    ["count the herons of kilkis count the herons of kilkis", 1],
    ["a b c d e f g h i j", 0],
    ['"', 0],
    ["'", 0],
    ["\\", 0],
    ["herons\\", 0],
  ])("are looked for in whatever order, and nothing else is: tasks %s", async (said, count) => {
    const answer = await w.ask("Maria", `tasks ${said}`);
    expect(answer).toMatch(new RegExp(`\\(${count}\\)`));
    const [heading = ""] = answer.split("\n");
    expect(heading.startsWith("All tasks you can see: “")).toBe(count > 0);
  });

  it("are said back, in the reader's language too", async () => {
    expect(await w.ask("Maria", "tasks herons")).toMatch(/^All tasks you can see: “herons” \(1\)/);
    expect(await w.ask("Maria", "meetings herons kilkis")).toMatch(/: “herons kilkis” \(\d\)/);
    expect(await w.ask("Maria", "decisions kilkis herons")).toMatch(/^Decisions: “kilkis herons” \(1\)/);
    expect(await w.ask("Eleni", "tasks herons")).toMatch(/«\u00a0herons\u00a0» \(1\)/);
    expect(await w.ask("Maria", "tasks")).toMatch(/^All tasks you can see \(\d\)/);
  });
});
