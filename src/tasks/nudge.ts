import { tz } from "@date-fns/tz";
import { startOfDay } from "date-fns";
import { recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { notifyNew } from "../delivery/outbox.js";
import { mayTask, tasksConcerning, tasksKnownTo } from "../policy/index.js";
import type { TaskState } from "../store/schema.js";
import { itemOf, type Task } from "./model.js";
import { taskNotification } from "./notifications.js";
import { receivers } from "./notify.js";
import { SUPPORTING, tasksOf } from "./store.js";

/**
 * Late tasks that this person may ask about: what they asked for, the focal point what the agency did; coordinators all
 * they know of.
 */
export async function lateTasks(c: Context): Promise<Task[]> {
  const { work, viewer } = c;
  const states: TaskState[] = ["asked", "agreed"];
  const concerning = tasksConcerning(viewer, states);
  const known = work.tx.selectFrom("tasks").where(tasksKnownTo(viewer));
  const rows = await (concerning ? known.where("tasks.id", "in", concerning) : known)
    .selectAll()
    .select(SUPPORTING)
    .where("state", "in", states)
    .where("due_at", "<", work.now)
    .orderBy("due_at")
    .limit(500)
    .execute();
  return (await tasksOf(work, rows)).filter((task) => mayTask(viewer, "nudge", task.subject) === undefined);
}

/** One polite message a person and task and day, however often the button is pressed. @returns how many go out */
export async function nudgeAll(c: Context, tasks: Task[]): Promise<number> {
  const { work, person } = c;
  const day = startOfDay(work.now, { in: tz(work.body.zone) })
    .toISOString()
    .slice(0, 10);
  const messages = await Promise.all(
    tasks.map(async (task) =>
      (await receivers(work, task))
        .filter((personId) => personId !== person.id)
        .map((personId) => ({
          notification: taskNotification,
          params: { task: task.id, kind: "nudge" as const, by: person.id },
          to: { personId },
          onBehalfOf: person.id,
          dedupe: `nudge ${task.id} ${personId} ${day}`,
        })),
    ),
  );
  const count = await notifyNew(work, messages.flat());
  for (const task of tasks) await recordAct(c, { action: "task.nudged", item: itemOf(task) });
  return count;
}
