import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../../src/people/model.js";
import { findPersons } from "../../../src/people/store.js";
import { sightOfRequest, sightOfTask } from "../../../src/policy/index.js";
import { listRequests, VIEWS as REQUEST_VIEWS, type View as RequestView } from "../../../src/requests/lists.js";
import type { CoopRequest } from "../../../src/requests/model.js";
import { requestsOf } from "../../../src/requests/store.js";
import { MOST_COUNTED } from "../../../src/store/ordered.js";
import { listTasks, VIEWS as TASK_VIEWS, type View as TaskView } from "../../../src/tasks/lists.js";
import type { Task } from "../../../src/tasks/model.js";
import { tasksOf } from "../../../src/tasks/store.js";
import { World } from "../../world.js";

/** Lists that are read in bands say what plain code says that reads, sorts and counts everything. */
const TASKS = 1_500;
const REQUESTS = 700;
const PEOPLE = {
  Maria: "police focal_point staff",
  Petros: "police staff",
  Eleni: "labour focal_point staff teams",
  Omar: "labour staff teams",
  Nadia: "iom staff",
  Sofia: "secretariat coordinator",
  Petra: "prosecution focal_point staff",
  Sami: "sudpolice focal_point staff teams",
};

let w: World;
let people: Person[];
let tasks: Task[];
let requests: CoopRequest[];
beforeAll(async () => {
  w = await World.create({ people: PEOPLE });
  const { owner } = w.runtime.store;
  await sql`select setseed(0.42)`.execute(owner);
  // Agencies and people by chance; a tenth without a date, many on the same one.
  await sql`with who as materialized (select array(select id from persons order by name) as ids,
        array(select agency_id from persons order by name) as agencies, (select count(*)::int from persons) as size),
      drawn as (select n, 1 + floor(random() * size)::int as asker, 1 + floor(random() * size)::int as lead,
        1 + floor(random() * size)::int as doer, random() as r, random() as d, random() as p, random() as l
        from who, generate_series(1, ${TASKS}::int) n)
    insert into tasks (id, body_id, number, title, requester_id, requester_agency_id, lead_agency_id, assignee_id, label,
      priority, state, created_at, due_at, due_zone, closed_at)
    select gen_random_uuid(), ${w.body}::uuid, n, 'task ' || n, ids[asker], agencies[asker], agencies[lead],
      case when l < 0.5 then ids[doer] end, (array['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'])[1 + floor(l * 5)::int],
      (array['life-safety', 'urgent', 'normal', 'low'])[1 + floor(p * 4)::int], state, ${w.clock.now()},
      case when d > 0.1 then ${w.clock.now()}::timestamptz + floor((d - 0.5) * 40) * interval '6 hours' end, 'Europe/Athens',
      case when state in ('closed', 'declined', 'cancelled')
        then ${w.clock.now()}::timestamptz - floor(p * 100) * interval '3 hours' end
    from who, drawn, lateral (select (array['asked', 'agreed', 'done', 'closed', 'declined', 'cancelled', 'asked', 'agreed',
      'asked', 'agreed'])[1 + floor(r * 10)::int] as state) s`.execute(owner);
  await sql`insert into task_supporters (task_id, body_id, agency_id, person_id)
    select t.id, t.body_id, a.id, null from tasks t, agencies a where t.number % 5 = 0 and a.handle in ('iom', 'labour')
      and a.id <> t.lead_agency_id`.execute(owner);
  await w.ask(
    "Sofia",
    "authority add XS Police functions:law_enforcement_cooperation countryname:Sudmark agency:@sudpolice",
  );
  const ref = /A-\d+/.exec(await w.ask("Sofia", "find sudmark"))?.[0] ?? "";
  expect(await w.ask("Maria", `request new police ${ref} Plates`)).toContain("is a draft");
  await sql`with who as materialized (select array(select id from persons order by name) as ids,
        array(select agency_id from persons order by name) as agencies, (select count(*)::int from persons) as size),
      drawn as (select n, 1 + floor(random() * size)::int as asker, 1 + floor(random() * size)::int as asked,
        random() as r, random() as d, random() as p, random() as l from who, generate_series(1, ${REQUESTS}::int) n)
    insert into requests (id, body_id, number, kind, state, flags, label, urgency, subject, content, from_agency_id, drafter_id,
      entered, to_agency_id, authority_id, created_at, sent_at, received_at, due_at, closed_at)
    select gen_random_uuid(), q.body_id, 100000 + n, q.kind, s.state,
      case when p < 0.2 then array['info_wanted'] when p < 0.3 then array['draft_shown'] else '{}' end,
      case when l < 0.3 then 'AMBER+STRICT' else 'AMBER' end, 'normal', q.subject, q.content, agencies[asker], ids[1 + n % size],
      p > 0.9, case when agencies[asked] <> agencies[asker] then agencies[asked] end, q.authority_id, ${w.clock.now()},
      case when s.state not in ('draft', 'ready', 'approved') then ${w.clock.now()}::timestamptz end,
      case when s.state not in ('draft', 'ready', 'approved', 'sent') then ${w.clock.now()}::timestamptz end,
      case when d > 0.3 then ${w.clock.now()}::timestamptz + floor((d - 0.6) * 40) * interval '6 hours' end,
      case when s.state in ('closed', 'withdrawn')
        then ${w.clock.now()}::timestamptz - floor(p * 100) * interval '3 hours' end
    from requests q, who, drawn, lateral (select (array['draft', 'ready', 'approved', 'sent', 'received', 'agreed', 'answered',
      'refused', 'closed', 'withdrawn', 'sent', 'received'])[1 + floor(r * 12)::int] as state) s`.execute(owner);
  people = await w.work((work) => findPersons(work.tx, {}));
  [tasks, requests] = await w.work(async (work) => [
    await tasksOf(work, await work.tx.selectFrom("tasks").selectAll().execute()),
    await requestsOf(work, await work.tx.selectFrom("requests").selectAll().execute()),
  ]);
});
afterAll(() => w.close());

const UNFINISHED = ["asked", "agreed"];
const inTaskView = (view: TaskView, one: Task, me: Person, late: boolean): boolean => {
  const unfinished = UNFINISHED.includes(one.state);
  switch (view) {
    case "mine":
      return unfinished && one.assignee?.id === me.id;
    case "agency":
      return unfinished && one.lead.id === me.agencyId;
    case "asked":
      return (unfinished || one.state === "done") && one.subject.requesterAgencyId === me.agencyId;
    case "late":
      return late;
    case "done":
      return one.state === "done" && (one.requester.id === me.id || one.subject.requesterAgencyId === me.agencyId);
    case "closed":
      return ["closed", "declined", "cancelled"].includes(one.state);
    case "all":
      return unfinished || one.state === "done";
  }
};

const byKeys =
  <T>(keys: (one: T) => readonly number[]) =>
  (a: T, b: T) => {
    const [left, right] = [keys(a), keys(b)];
    const at = left.findIndex((key, n) => key !== right[n]);
    return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  };

describe("tasks", () => {
  it.each(TASK_VIEWS)("%s", async (view) => {
    const now = w.clock.now();
    const isLate = (one: Task) => UNFINISHED.includes(one.state) && one.due !== undefined && one.due.at < now;
    const urgency = ({ priority }: Task) => ["life-safety", "urgent"].indexOf(priority) >>> 0;
    const keys = (one: Task) =>
      view === "closed"
        ? [-(one.closedAt?.getTime() ?? 0), -one.number]
        : [isLate(one) ? 0 : 1, Math.min(urgency(one), 2), one.due?.at.getTime() ?? Number.MAX_VALUE, one.number];
    const sizes = new Set<number>();
    const agencies = [undefined, ...new Set(tasks.map((one) => one.lead.id))].slice(0, 4);
    for (const me of people)
      for (const agencyId of agencies) {
        const known = tasks
          .filter((one) => sightOfTask(me, one.subject) !== "none" && inTaskView(view, one, me, isLate(one)))
          .filter((one) => !agencyId || [one.lead.id, one.subject.requesterAgencyId].includes(agencyId))
          .sort(byKeys(keys));
        sizes.add(known.length);
        for (const page of [1, 2, 7, 99]) {
          const read = await w.work((work) => listTasks(work, me, me, { view, agencyId, page }));
          expect(
            read.tasks.map((one) => one.ref),
            `${me.name} ${page}`,
          ).toEqual(known.slice((page - 1) * 10, page * 10).map((one) => one.ref));
          expect(read.total).toBe(Math.min(known.length, MOST_COUNTED + 1));
        }
      }
    expect(sizes.size).toBeGreaterThan(3);
  });

  it("says of more than are counted that they are more", async () => {
    expect(await w.ask("Sofia", "tasks")).toMatch(/\(more than 500\)[\s\S]*1–10 of more than 500\./);
    expect(await w.ask("Sofia", "tasks page:30")).toMatch(/291–300 of more than 500\./);
    expect(await w.ask("Petros", "tasks")).toMatch(/\(\d+\)/);
  });
});

const OPEN = ["draft", "ready", "approved", "sent", "received", "agreed", "answered", "refused"];
const UNDER_WAY = ["sent", "received", "agreed"];
const inRequestView = (view: RequestView, one: CoopRequest, me: Person): boolean => {
  const [asks, asked] = [one.from.id === me.agencyId, one.to?.id === me.agencyId];
  const waits = ["received", "agreed"].includes(one.state) && one.flags.includes("info_wanted");
  const under = UNDER_WAY.includes(one.state);
  switch (view) {
    case "turn":
      if (asked && under && !waits) return true;
      return asks && ((OPEN.includes(one.state) && !under) || waits || (under && !one.to));
    case "asked":
      return asks && OPEN.includes(one.state);
    case "received":
      return asked && OPEN.includes(one.state);
    case "late":
      return under && one.dueAt !== undefined && one.dueAt < w.clock.now();
    case "closed":
      return !OPEN.includes(one.state);
    case "all":
      return OPEN.includes(one.state);
  }
};

describe("requests", () => {
  it.each(REQUEST_VIEWS)("%s", async (view) => {
    const keys = (one: CoopRequest) =>
      view === "closed"
        ? [-(one.closedAt?.getTime() ?? 0), -one.number]
        : [one.dueAt?.getTime() ?? Number.MAX_VALUE, one.number];
    const sizes = new Set<number>();
    for (const me of people) {
      const known = requests
        .filter((one) => sightOfRequest(me, one.subject) !== "none" && inRequestView(view, one, me))
        .sort(byKeys(keys));
      sizes.add(known.length);
      for (const page of [1, 2, 5, 99]) {
        const read = await w.work((work) => listRequests(work, me, { view, page }));
        expect(
          read.requests.map((one) => one.ref),
          `${me.name} ${page}`,
        ).toEqual(known.slice((page - 1) * 10, page * 10).map((one) => one.ref));
        expect(read.total).toBe(Math.min(known.length, MOST_COUNTED + 1));
      }
    }
    expect(sizes.size).toBeGreaterThan(3);
  });
});
