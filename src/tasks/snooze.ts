import { addMinutes } from "date-fns";
import { recordAct } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { addSteps } from "../escalation/store.js";
import { refuse } from "../lib/refusal.js";
import { workingMoment } from "../time/index.js";
import { calendarsOf } from "./acts.js";
import { nextTurn } from "./escalation.js";
import { itemOf, type Moment, type Task } from "./model.js";
import { toRequester } from "./notify.js";

/**
 * Quiet until a moment: the person's own steps before it are put aside and one comes then.
 * Past the deadline it is possible, but the requester hears of it (docs/reminders.md, Snoozing). Escalations go on:
 * they are not the person's own.
 */
export async function snooze(c: Context, task: Task, until: Moment): Promise<Date> {
  const { work, person } = c;
  const lifeSafety = task.priority === "life-safety";
  if (lifeSafety && until.at > addMinutes(work.now, 61)) refuse((t) => t.errors.snoozeLifeSafety);
  const pastDeadline = task.due !== undefined && until.at > task.due.at && task.due.at > work.now;
  const quiet = await work.tx
    .updateTable("reminder_steps")
    .set({ fired_at: work.now, outcome: "snoozed" })
    .where("item_kind", "=", "task")
    .where("item_id", "=", task.id)
    .where("audience", "=", "own")
    .where("fired_at", "is", null)
    .where("due_at", "<=", until.at)
    .returning("step")
    .execute();
  const calendars = calendarsOf(work.body, task, until.at);
  const at = workingMoment(until.at, {
    calendar: calendars.own,
    lifeSafety,
    deadline: task.due?.at,
    notBefore: work.now,
  });
  // What comes again and again is put off, not ended: its next turn after the pause is scheduled now.
  const turns = quiet.flatMap(({ step }) => nextTurn(work.body, task, step, () => calendars, until.at) ?? []);
  await addSteps(work, [
    {
      item: itemOf(task),
      scheduleVersion: task.scheduleVersion,
      step: { step: `snooze-${until.at.getTime()}`, to: "own", at },
    },
    ...turns.map((step) => ({ item: itemOf(task), scheduleVersion: task.scheduleVersion, step })),
  ]);
  await recordAct(c, {
    action: "task.snoozed",
    item: itemOf(task),
    detail: { until: at.toISOString(), pastDeadline },
  });
  if (pastDeadline) await toRequester(work, task, "snoozedPastDue", person);
  return at;
}
