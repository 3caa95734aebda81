import { type ExpressionBuilder, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { Person } from "../people/model.js";
import { tasksConcerning, tasksKnownTo, tasksSeenBy, type Viewer } from "../policy/index.js";
import type { Schema, TaskRow, TaskState } from "../store/schema.js";
import { saying } from "../store/search.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { MOST_WAITING } from "../turns/turn.js";
import type { Task } from "./model.js";
import { SUPPORTING, tasksOf } from "./store.js";

export const VIEWS = ["mine", "agency", "asked", "late", "done", "closed", "all"] as const;
export type View = (typeof VIEWS)[number];

export type Filter = { view: View; agencyId?: string; words?: string; page: number };
export const PAGE = 10;

export type Page = { tasks: Task[]; total: number };

/** What a person knows of, filtered: the same predicate gives the rows and the count. */
export async function listTasks(work: UnitOfWork, person: Person, viewer: Viewer, filter: Filter): Promise<Page> {
  // A title that one may not read must not be found by its words either.
  const known = filter.words ? tasksSeenBy(viewer) : tasksKnownTo(viewer);
  let query = work.tx
    .selectFrom("tasks")
    .where(known)
    .where(inView(work, person, filter.view));
  if (filter.agencyId) {
    const agencyId = filter.agencyId;
    query = query.where((eb) => eb.or([eb("lead_agency_id", "=", agencyId), eb("requester_agency_id", "=", agencyId)]));
  }
  if (filter.words)
    // Restricted titles are sealed and are found by reference alone.
    query = query.where("label", "in", ["CLEAR", "GREEN"]).where(saying("tasks", filter.words));
  // Some views are narrow by themselves, each by an index.
  const wide = filter.view === "all" || filter.view === "late" || filter.view === "closed";
  const concerning = wide ? tasksConcerning(viewer, STATES[filter.view]) : undefined;
  if (concerning) query = query.where("tasks.id", "in", concerning);
  const rows = await urgentFirst(query, work.now)
    .select([SUPPORTING, sql<number>`count(*) over ()`.as("total")])
    .limit(PAGE)
    .offset((filter.page - 1) * PAGE)
    .execute();
  const [first] = rows;
  // Behind the last page nothing says how many there are.
  const counted = first || filter.page === 1 ? undefined : await query.select(COUNT).executeTakeFirstOrThrow();
  return { tasks: await tasksOf(work, rows), total: Number(first?.total ?? counted?.total ?? 0) };
}

const COUNT = sql<number>`count(*)`.as("total");

type TaskQuery = SelectQueryBuilder<Schema, "tasks", object>;

/** Late work first, however the list was narrowed; then life and safety, then what is due first, then the oldest. */
export function urgentFirst(query: TaskQuery, now: Date): SelectQueryBuilder<Schema, "tasks", Selectable<TaskRow>> {
  return query
    .selectAll()
    .orderBy((eb) =>
      eb
        .case()
        .when(eb.and([eb("state", "in", UNFINISHED), eb("due_at", "<", now)]))
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy((eb) =>
      eb.case().when("priority", "=", "life-safety").then(0).when("priority", "=", "urgent").then(1).else(2).end(),
    )
    .orderBy("due_at", (o) => o.asc().nullsLast())
    .orderBy("number");
}

const UNFINISHED: TaskState[] = ["asked", "agreed"];
const OPEN: TaskState[] = [...UNFINISHED, "done"];
const OVER: TaskState[] = ["closed", "declined", "cancelled"];
const STATES: Record<View, TaskState[]> = {
  ...{ mine: UNFINISHED, agency: UNFINISHED, late: UNFINISHED, asked: OPEN, all: OPEN },
  ...{ done: ["done"], closed: OVER },
};

function inView(work: UnitOfWork, person: Person, view: View) {
  return (eb: ExpressionBuilder<Schema, "tasks">) => {
    const ours = eb("lead_agency_id", "=", person.agencyId);
    switch (view) {
      case "mine":
        return eb.and([eb("assignee_id", "=", person.id), eb("state", "in", UNFINISHED)]);
      case "agency":
        return eb.and([ours, eb("state", "in", UNFINISHED)]);
      case "asked":
        return eb.and([eb("requester_agency_id", "=", person.agencyId), eb("state", "in", OPEN)]);
      case "late":
        return eb.and([eb("state", "in", UNFINISHED), eb("due_at", "<", work.now)]);
      case "done":
        return eb.and([
          eb("state", "=", "done"),
          eb.or([eb("requester_id", "=", person.id), eb("requester_agency_id", "=", person.agencyId)]),
        ]);
      case "closed":
        return eb("state", "in", OVER);
      case "all":
        return eb("state", "in", OPEN);
    }
  };
}

/** What somebody asked of others, and that is not done yet. */
export async function waitedFor(work: UnitOfWork, person: Person, viewer: Viewer): Promise<Task[]> {
  const rows = await urgentFirst(
    work.tx
      .selectFrom("tasks")
      .where(tasksSeenBy(viewer))
      .where("requester_id", "=", person.id)
      .where("state", "in", UNFINISHED)
      .where((eb) => eb.or([eb("assignee_id", "is", null), eb("assignee_id", "!=", person.id)])),
    work.now,
  )
    .limit(MOST_WAITING)
    .execute();
  return tasksOf(work, rows);
}
