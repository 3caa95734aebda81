import {
  type ExpressionBuilder,
  expressionBuilder,
  type RawBuilder,
  type Selectable,
  type SelectQueryBuilder,
  sql,
} from "kysely";
import type { Person } from "../people/model.js";
import { tasksConcerning, tasksKnownTo, tasksSeenBy, type Viewer, waysToTasks } from "../policy/index.js";
import { pageOfOrdered } from "../store/ordered.js";
import type { Priority, Schema, SupporterRow, TaskRow, TaskState } from "../store/schema.js";
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

/** What a person knows of, filtered: the same predicate gives the rows and the count, which ends at `MOST_COUNTED`. */
export async function listTasks(work: UnitOfWork, person: Person, viewer: Viewer, filter: Filter): Promise<Page> {
  if (filter.words) return searchTasks(work, person, viewer, { ...filter, words: filter.words });
  const { agencyId } = filter;
  const eb = expressionBuilder<Schema, "tasks">();
  const also = agencyId
    ? sql`(lead_agency_id = ${agencyId}::uuid or requester_agency_id = ${agencyId}::uuid)`
    : sql`true`;
  const { rows, total } = await pageOfOrdered<Selectable<TaskRow> & { supporting: Selectable<SupporterRow>[] }>(
    work.tx,
    {
      ...{ table: "tasks", beside: sql`${SUPPORTING}`, page: filter.page, size: PAGE, within: WITHIN },
      bands: bandsOf(filter.view, work.now),
      descending: filter.view === "closed",
      ways: waysTo(person, viewer, filter),
      where: sql`${tasksKnownTo(viewer)(eb)} and ${also}`,
    },
  );
  return { tasks: await tasksOf(work, rows), total };
}

const WITHIN = sql`tasks.state = band.state and tasks.priority = band.priority
  and tasks.listed_at >= band.since and tasks.listed_at <= band.until`;

const PRIORITIES: readonly (readonly [Priority, number])[] = [
  ...([
    ["life-safety", 0],
    ["urgent", 1],
    ["normal", 2],
    ["low", 2],
  ] as const),
];

/** Late work first; then life and safety, then what is urgent, then the rest; of what is over, what ended last. */
function bandsOf(view: View, now: Date): RawBuilder<unknown> {
  const over = view === "closed";
  const before = sql`${now}::timestamptz - interval '1 microsecond'`;
  const rows = STATES[view].flatMap((state) =>
    PRIORITIES.flatMap(([priority, urgency]) => {
      const late = sql`(${state}, ${priority}, ${urgency}::int, '-infinity'::timestamptz, ${before})`;
      const later = sql`(${state}, ${priority}, ${3 + urgency}::int, ${now}::timestamptz, 'infinity'::timestamptz)`;
      const all = sql`(${state}, ${priority}, ${over ? 0 : 3 + urgency}::int, '-infinity'::timestamptz, 'infinity'::timestamptz)`;
      if (!UNFINISHED.includes(state)) return [all];
      return view === "late" ? [late] : [late, later];
    }),
  );
  return sql`(values ${sql.join(rows)}) as band(state, priority, rank, since, until)`;
}

/** Of a narrow view the one way that it has; of the others each way to what concerns somebody. */
function waysTo(person: Person, viewer: Viewer, { view, agencyId }: Filter): RawBuilder<unknown>[] {
  const lead = (id: string) => sql`tasks.lead_agency_id = ${id}::uuid`;
  const asks = (id: string) => sql`tasks.requester_agency_id = ${id}::uuid`;
  switch (view) {
    case "mine":
      return [sql`tasks.assignee_id = ${person.id}::uuid`];
    case "agency":
      return [lead(person.agencyId)];
    case "asked":
      return [asks(person.agencyId)];
    case "done":
      return [asks(person.agencyId), sql`tasks.requester_id = ${person.id}::uuid`];
    default:
      // The coordinators know of all.
      return waysToTasks(viewer) ?? (agencyId ? [lead(agencyId), asks(agencyId)] : [sql`true`]);
  }
}

/** By words of the title: a title that one may not read must not be found by them either. */
async function searchTasks(
  work: UnitOfWork,
  person: Person,
  viewer: Viewer,
  filter: Filter & { words: string },
): Promise<Page> {
  const { agencyId, view } = filter;
  let query = work.tx
    .selectFrom("tasks")
    .where(tasksSeenBy(viewer))
    .where(inView(work, person, view))
    // Restricted titles are sealed and are found by reference alone.
    .where("label", "in", ["CLEAR", "GREEN"])
    .where(saying("tasks", filter.words));
  if (agencyId)
    query = query.where((eb) => eb.or([eb("lead_agency_id", "=", agencyId), eb("requester_agency_id", "=", agencyId)]));
  // Some views are narrow by themselves, each by an index.
  const wide = view === "all" || view === "late" || view === "closed";
  const concerning = wide ? tasksConcerning(viewer, STATES[view]) : undefined;
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
