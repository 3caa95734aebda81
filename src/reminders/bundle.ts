import type { Action } from "../chat/index.js";
import { defineNotice, type Reader } from "../delivery/notice.js";
import { mayTask, sightOfTask } from "../policy/index.js";
import { isOpen, type Task } from "../tasks/model.js";
import { taskById } from "../tasks/store.js";
import { lineOf, nextSteps } from "../tasks/views.js";
import type { Work } from "../work.js";
import { bundleSchema, cameLate } from "./fire.js";

/** All that fell due for one person at about the same time, in one message. What was settled meanwhile is left out. */
export const reminderBundle = defineNotice({
  id: "reminder",
  schema: bundleSchema,
  async render(work, { person, bundle }, reader) {
    const steps = await work.tx
      .selectFrom("reminder_tellings")
      .innerJoin("reminder_steps", "reminder_steps.id", "reminder_tellings.step_id")
      .select(["reminder_steps.item_id", "reminder_steps.step", "reminder_steps.due_at", "reminder_steps.fired_at"])
      .where("person_id", "=", person)
      .where("bundle", "=", bundle)
      .orderBy("reminder_steps.due_at")
      .execute();
    const { t, lang } = reader;
    const seen = new Map<string, Task>();
    let late = false;
    for (const step of steps) {
      const task = seen.get(step.item_id) ?? (await taskById(work, step.item_id));
      if (!task || !isOpen(task) || sightOfTask(reader.viewer, task.subject) === "none") continue;
      seen.set(step.item_id, task);
      late ||= cameLate({ dueAt: step.due_at, firedAt: step.fired_at ?? work.now });
    }
    const tasks = [...seen.values()];
    const [first] = tasks;
    if (!first) return undefined;
    const line = (task: Task) =>
      lineOf(work, task, reader, task.lead.id === reader.viewer.agencyId ? "lead" : "requester");
    const kinds = new Set(steps.map(({ step }) => step.replace(/-.*$/, "")));
    const heading = t.reminders.heading({ count: tasks.length, kind: kinds.size === 1 ? [...kinds][0] : undefined });
    return {
      text: heading,
      lang,
      blocks: [
        { type: "heading", text: heading },
        { type: "list", items: tasks.map(line) },
        {
          type: "actions",
          actions: [...(tasks.length === 1 ? await oneTask(work, first, reader) : []), gotIt(work, reader)],
        },
        ...(late ? [{ type: "context" as const, text: t.reminders.late }] : []),
      ],
    };
  },
});

/** The next step, and quiet until a later hour, on the reminder itself. */
async function oneTask(work: Work, task: Task, reader: Reader): Promise<Action[]> {
  const steps = await nextSteps(work, task, reader);
  const mine = mayTask(reader.viewer, "snooze", task.subject) === undefined;
  if (!mine || !reader.person) return steps;
  const { snooze, snoozeChoices: choices } = reader.t.reminders;
  const morning = reader.person.workFrom;
  return [
    ...steps,
    {
      type: "menu",
      id: "snooze",
      label: snooze,
      prefix: `${work.body.slug}/${task.ref} `,
      options: [
        { value: "in 1 hour", label: choices.hour },
        { value: `tomorrow ${morning}`, label: choices.tomorrow },
        { value: `next working day ${morning}`, label: choices.workingDay },
      ],
    },
  ];
}

const gotIt = (work: Work, reader: Reader): Action => ({
  type: "button",
  id: "gotit",
  label: reader.t.reminders.gotIt,
  value: `${work.body.slug}/`,
});
