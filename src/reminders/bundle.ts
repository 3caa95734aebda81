import type { Action } from "../chat/index.js";
import { defineNotice, type Reader } from "../delivery/notice.js";
import { mayTask, sightOfTask } from "../policy/index.js";
import { attempt } from "../store/database.js";
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
      .select(["item_id", "step", "audience", "about", "due_at", "fired_at"])
      .where("person_id", "=", person)
      .where("bundle", "=", bundle)
      .orderBy("reminder_steps.due_at")
      .execute();
    const { t, lang } = reader;
    const { tasks: read, failure } = await readable(work, [...new Set(steps.map((step) => step.item_id))]);
    const said = steps.filter((step) => {
      const task = read.get(step.item_id);
      return task && holds(step, task, reader);
    });
    const tasks = [...new Set(said.map((step) => read.get(step.item_id)))].filter((task) => task !== undefined);
    const [first] = tasks;
    if (!first) {
      if (failure) throw failure.error;
      return undefined;
    }
    const late = said.some((step) => cameLate({ dueAt: step.due_at, firedAt: step.fired_at ?? work.now }));
    const line = (task: Task) =>
      lineOf(work, task, reader, task.lead.id === reader.viewer.agencyId ? "lead" : "requester");
    const kinds = new Set(said.map(({ step }) => kindOf(step)));
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

/** One that cannot be read holds up no other; with nothing else to say, the failure is the message's. */
async function readable(work: Work, ids: readonly string[]) {
  const tasks = new Map<string, Task>();
  let failure: { error: unknown } | undefined;
  for (const id of ids)
    try {
      const task = await attempt(work.tx, () => taskById(work, id));
      if (task) tasks.set(id, task);
    } catch (error) {
      failure = { error };
    }
  return { tasks, failure };
}

const kindOf = (step: string): string => step.replace(/-.*$/, "");

/** Between firing and sending a platform may have been away for hours: what is no longer so is not said. */
function holds(step: { step: string; audience: string; about: Date | null }, task: Task, reader: Reader): boolean {
  if (!isOpen(task) || sightOfTask(reader.viewer, task.subject) === "none") return false;
  const kind = kindOf(step.step);
  if ((kind === "silence") !== (task.state === "done")) return false;
  if (kind === "unanswered" && task.state !== "asked") return false;
  if (kind === "decide" && !task.proposal) return false;
  const moved = step.about !== null && step.about.getTime() !== task.due?.at.getTime();
  if (moved && ["before", "due", "late"].includes(kind)) return false;
  return step.audience !== "own" || mayTask(reader.viewer, "snooze", task.subject) === undefined;
}

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
