import type { Reader } from "../delivery/notification.js";
import { sightOfTask, within } from "../policy/index.js";
import type { Task } from "./model.js";

/** `T-104 · Inspect 3 farms`, or the reference alone above the ceiling or in outline. */
export function titled(task: Task, reader: Reader): string {
  return showsTitle(task, reader) ? `${task.ref} · ${task.title}` : task.ref;
}

/** Titles are content: they show up to the ceiling, and to the coordinators only where they may know them. */
export const showsTitle = (task: Task, reader: Reader): boolean =>
  !reader.wordless &&
  ["full", "title"].includes(sightOfTask(reader.viewer, task.subject)) &&
  within(task.label, reader.ceiling);

/** Everything else that somebody wrote: to who sees the task in full, up to the ceiling. */
export const showsWords = (task: Task, reader: Reader): boolean =>
  !reader.wordless && sightOfTask(reader.viewer, task.subject) === "full" && within(task.label, reader.ceiling);
