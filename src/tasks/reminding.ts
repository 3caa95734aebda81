import { absentDeputies, desk, focalPoints, onDuty } from "../people/store.js";
import type { Remindable, Step } from "../reminders/fire.js";
import { addStep } from "../reminders/store.js";
import type { Work } from "../work.js";
import { calendarsOf, closeBySilence } from "./acts.js";
import { nextTurn } from "./ladder.js";
import { isOpen, itemOf, type Task } from "./model.js";
import { taskById } from "./store.js";

/** What a task's reminder does at the moment it fires, from what is true then. */
export const taskReminders: Remindable = {
  kind: "task",
  async fire(work, step) {
    const task = await taskById(work, step.item.id);
    if (!task || !isOpen(task)) return { told: [], lifeSafety: false, outcome: "closed" };
    if (task.ladder !== step.ladder) return { told: [], lifeSafety: false, outcome: "moved" };
    if (step.to === "clock") {
      await closeBySilence(work, task);
      return { told: [], lifeSafety: false, outcome: "told" };
    }
    const again = nextTurn(task, step.step, calendarsOf(task, work.now).own, work.now);
    if (again) await addStep(work, itemOf(task), task.ladder, again);
    const told = await tellWhom(work, task, step);
    return { told, lifeSafety: task.priority === "life-safety", outcome: told.length ? "told" : "nobody" };
  },
};

async function tellWhom(work: Work, task: Task, step: Step): Promise<string[]> {
  const ids = (people: { id: string }[]) => people.map((person) => person.id);
  // RED stays with the persons named: nobody else hears even its reference (DESIGN 3).
  if (task.label === "RED" && step.to !== "own" && step.to !== "requester") return [];
  switch (step.to) {
    case "own":
      return task.assignee ? [task.assignee.id] : ids(await focalPoints(work.tx, task.lead.id));
    case "focal":
      return ids(await focalPoints(work.tx, task.lead.id));
    case "requester":
      return [task.requester.id];
    case "deputy": {
      const deputies = await absentDeputies(work.tx, task.lead.id, work.now);
      return deputies.length ? deputies : ids(await focalPoints(work.tx, task.lead.id));
    }
    case "duty": {
      const duty = await onDuty(work.tx, task.lead.id, work.now);
      return duty.length ? ids(duty) : ids([...(await focalPoints(work.tx, task.lead.id)), ...(await desk(work.tx))]);
    }
    case "desk":
      return ids(await desk(work.tx));
    case "clock":
      return [];
  }
}
