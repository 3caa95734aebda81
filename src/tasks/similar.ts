import { sql } from "kysely";
import { tasksSeenBy, type Viewer } from "../policy/index.js";
import type { Work } from "../work.js";
import type { Task } from "./model.js";
import { tasksOf } from "./store.js";

/** pg_trgm's measure of likeness, 0 to 1. Tried on pairs such as "Inspect 3 farms in Kilkis" and "Inspection of farms, Kilkis". */
export const LIKENESS = 0.4;

/** Open tasks of similar title that this person may see. Of others nothing is said, not even that there are none (para 29). */
export async function similarTasks(work: Work, viewer: Viewer, task: Pick<Task, "id" | "title">): Promise<Task[]> {
  const rows = await work.tx
    .selectFrom("tasks")
    .selectAll()
    .where(tasksSeenBy(viewer))
    .where("label", "in", ["CLEAR", "GREEN"])
    .where("state", "in", ["asked", "agreed"])
    .where("id", "!=", task.id)
    .where(sql<boolean>`title % ${task.title}`)
    .where(sql<boolean>`similarity(title, ${task.title}) >= ${LIKENESS}`)
    .orderBy(sql`similarity(title, ${task.title})`, "desc")
    .limit(3)
    .execute();
  return tasksOf(work, rows);
}

export type HiddenLikeness = { taskId: string; otherId: string };

/**
 * Pairs of close open tasks with no agency in common, new since a moment, where both owners opted in.
 * Told a day later at most and in one batch, so that creating a task to see what happens tells nothing.
 */
export async function hiddenLikeness(work: Work, since: Date): Promise<HiddenLikeness[]> {
  const rows = await sql<HiddenLikeness>`
    select a.id as "taskId", b.id as "otherId"
    from tasks a
    join tasks b on b.id <> a.id and b.title % a.title and similarity(a.title, b.title) >= ${LIKENESS}
    join agencies ao on ao.id = a.requester_agency_id and ao.hints
    join agencies bo on bo.id = b.requester_agency_id and bo.hints
    where (a.created_at >= ${since} or b.created_at >= ${since})
      and a.label in ('CLEAR', 'GREEN') and b.label in ('CLEAR', 'GREEN')
      and a.state in ('asked', 'agreed') and b.state in ('asked', 'agreed')
      and not array[a.requester_agency_id, a.lead_agency_id] && array[b.requester_agency_id, b.lead_agency_id]
    order by a.number`.execute(work.tx);
  return rows.rows;
}
