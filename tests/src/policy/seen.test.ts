import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Person } from "../../../src/people/model.js";
import { findPersons } from "../../../src/people/store.js";
import { sightOfTask, tasksKnownTo, tasksSeenBy, type Viewer } from "../../../src/policy/index.js";
import { listTasks } from "../../../src/tasks/lists.js";
import { tasksOf } from "../../../src/tasks/store.js";
import { START, World } from "../../world.js";
import { LABELS, ROLES, STATES } from "./task-oracle.js";

/** The predicate that lists, counts and searches use, and the rule that a single look uses, are one rule said twice. */
let w: World;
let people: Person[];

beforeAll(async () => {
  w = await World.create({
    agencies: ["labour"],
    people: {
      Asker: "police staff",
      Colleague: "police staff",
      Asking: "police focal_point",
      Desk: "police coordinator",
      Figures: "police rapporteur",
      Doer: "labour staff",
      Other: "labour staff",
      Leading: "labour focal_point",
      Keys: "labour admin",
      Both: "labour admin staff",
      Helper: "iom staff",
      Helping: "iom focal_point",
      Watcher: "iom observer",
      Stranger: "border focal_point staff",
      Centre: "secretariat coordinator",
      Reporter: "secretariat rapporteur",
    },
  });
  people = await w.work((work) => findPersons(work.tx, {}));
  const id = (name: string) => people.find((person) => person.name === name)?.id ?? "";
  const agency = (name: string) => people.find((person) => person.agency.handle === name)?.agencyId ?? "";
  await w.work(async (work) => {
    let number = 0;
    for (const label of LABELS)
      for (const assignee of [null, "Doer", "Keys"])
        for (const supporter of ["none", "agency", "person"] as const)
          for (const source of [null, "meeting", "message"])
            for (const [requester, from, lead, entered] of [
              ["Asker", "police", "labour", false],
              ["Desk", "police", "labour", false],
              ["Centre", "secretariat", "labour", false],
              ["Leading", "labour", "labour", false],
              // By the secretariat's person for an agency that asks.
              ["Centre", "police", "labour", true],
            ] as const) {
              const task = randomUUID();
              number++;
              await work.tx
                .insertInto("tasks")
                .values({
                  id: task,
                  number,
                  title: `task ${number}`,
                  label,
                  state: STATES[number % STATES.length],
                  priority: "normal",
                  requester_id: id(requester),
                  requester_agency_id: agency(from),
                  entered_by: entered ? id(requester) : null,
                  lead_agency_id: agency(lead),
                  assignee_id: assignee && id(assignee),
                  source_kind: source,
                  source_id: source && "1",
                  created_at: START,
                })
                .execute();
              if (supporter !== "none")
                await work.tx
                  .insertInto("task_supporters")
                  .values({
                    task_id: task,
                    agency_id: agency("iom"),
                    person_id: supporter === "person" ? id("Helper") : null,
                  })
                  .execute();
            }
  });
});
afterAll(() => w.close());

it("agree on every task for everybody, and the counts too", async () => {
  await w.work(async (work) => {
    const rows = await work.tx.selectFrom("tasks").selectAll().orderBy("number").execute();
    const tasks = await tasksOf(work, rows);
    // Everybody as they are, in each single role and as a deputy; the secretariat for an agency; a channel.
    const viewers: { name: string; viewer: Person & Viewer }[] = people.flatMap((person) => [
      { name: person.name, viewer: person },
      ...ROLES.map((role) => ({ name: `${person.name} as ${role}`, viewer: { ...person, roles: [role] } })),
      ...people
        .filter((away) => away.agencyId === person.agencyId && away.id !== person.id)
        .map((away) => ({
          name: `${person.name} for ${away.name}`,
          viewer: { ...person, standsInFor: [{ id: away.id, roles: away.roles }] },
        })),
      {
        name: `for ${person.agency.handle}`,
        viewer: { ...person, id: "", roles: ["focal_point", "staff"], onBehalf: true },
      },
    ]);
    viewers.push(
      ...[...new Set(people.map((person) => person.agencyId))].map((agencyId) => ({
        name: "channel",
        viewer: { ...(people[0] as Person), id: randomUUID(), agencyId, roles: [] },
      })),
    );
    let cells = 0;
    const sizes = new Set<number>();
    for (const { name, viewer } of viewers) {
      const seen = await work.tx.selectFrom("tasks").select("number").where(tasksSeenBy(viewer)).execute();
      const bySql = new Set(seen.map((row) => row.number));
      const byRule = tasks.filter((task) => ["full", "title"].includes(sightOfTask(viewer, task.subject)));
      cells += tasks.length;
      sizes.add(byRule.length);
      expect(
        tasks.filter((task) => bySql.has(task.number)).map((task) => task.ref),
        name,
      ).toEqual(byRule.map((task) => task.ref));
      // A list counts outlines too; what is looked for by its words does not.
      const known = tasks.filter((task) => sightOfTask(viewer, task.subject) !== "none");
      const byOutline = await work.tx.selectFrom("tasks").select("number").where(tasksKnownTo(viewer)).execute();
      expect(
        byOutline.map((row) => row.number).sort((a, b) => a - b),
        name,
      ).toEqual(known.map((task) => task.number));
      const open = known.filter((task) => ["asked", "agreed", "done"].includes(task.state));
      expect((await listTasks(work, viewer, viewer, { view: "all", page: 1 })).total, name).toBe(open.length);
    }
    console.info(`sight: ${cells} pairs of ${tasks.length} tasks and ${viewers.length} viewers`);
    expect(sizes.size).toBeGreaterThan(8);
  });
});

it("holds the wall of the body under both", async () => {
  const other = await w.runtime.store.inBody(randomUUID(), (tx) => tx.selectFrom("tasks").select("id").execute());
  expect(other).toEqual([]);
});
