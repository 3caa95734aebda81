import { sql } from "kysely";
import { tasksSeenBy, type Viewer } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Task } from "./model.js";
import { SUPPORTING, tasksOf } from "./store.js";

/** pg_trgm's measure of likeness, 0 to 1. Tried on pairs such as "Inspect 3 farms in Kilkis" and "Inspection of farms, Kilkis". */
export const LIKENESS = 0.4;

/** Open tasks of similar title that this person may see. Of others nothing is said, not even that there are none (para 29). */
export async function similarTasks(
  work: UnitOfWork,
  viewer: Viewer,
  task: Pick<Task, "id" | "title">,
): Promise<Task[]> {
  const rows = await work.tx
    .selectFrom("tasks")
    .selectAll()
    .select(SUPPORTING)
    .where(tasksSeenBy(viewer))
    .where("label", "in", ["CLEAR", "GREEN"])
    .where("state", "in", ["asked", "agreed"])
    .where("id", "!=", task.id)
    .where(sql<boolean>`id in (select near.id from open_tasks_like(${task.title}, ${LIKENESS}) near)`)
    .orderBy(sql`similarity(title, ${task.title})`, "desc")
    .limit(3)
    .execute();
  return tasksOf(work, rows);
}

export type HiddenLikeness = { taskId: string; otherId: string };

/**
 * Close open tasks of which one is new since a moment, with no agency in common, where both owners opted in.
 * Told a day later at most and in one batch, so that creating a task to see what happens tells nothing.
 */
export async function hiddenLikeness(work: UnitOfWork, since: Date): Promise<HiddenLikeness[]> {
  const { rows: willing } = await sql<{
    count: number;
  }>`select count(*)::int as count from agencies where hints`.execute(work.tx);
  if ((willing[0]?.count ?? 0) < 2) return [];
  const parties = (alias: string) =>
    sql`(array[${sql.ref(`${alias}.requester_agency_id`)}, ${sql.ref(`${alias}.lead_agency_id`)}]
      || array(select agency_id from task_supporters where task_id = ${sql.ref(`${alias}.id`)}))`;
  const { rows } = await sql<HiddenLikeness>`
    select a.id as "taskId", b.id as "otherId"
    from tasks a
    join lateral open_tasks_like(a.title, ${LIKENESS}::real) near on near.id <> a.id
    join tasks b on b.id = near.id
    join agencies ao on ao.id = a.requester_agency_id and ao.hints
    join agencies bo on bo.id = b.requester_agency_id and bo.hints
    where a.created_at >= ${since}
      and a.label in ('CLEAR', 'GREEN') and b.label in ('CLEAR', 'GREEN')
      and a.state in ('asked', 'agreed') and b.state in ('asked', 'agreed')
      and not ${parties("a")} && ${parties("b")}
    order by a.number
    limit 1000`.execute(work.tx);
  // Both owners hear, also where one of the two tasks is older.
  return rows.flatMap(({ taskId, otherId }) => [
    { taskId, otherId },
    { taskId: otherId, otherId: taskId },
  ]);
}
