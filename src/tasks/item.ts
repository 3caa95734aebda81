import { defineItem } from "../items/define.js";
import { likenessHint } from "./likeness.js";
import { waitedFor } from "./lists.js";
import { taskCard, taskComment, taskNotification, taskPosted } from "./notifications.js";
import { taskReminders } from "./reminding.js";
import { TASKS } from "./store.js";
import { tasksWaiting } from "./turn.js";
import { lineOf } from "./views.js";

export const task = defineItem({
  kind: TASKS,
  notifications: [taskCard, taskPosted, taskNotification, taskComment, likenessHint],
  reminders: [taskReminders],
  waiting: tasksWaiting,
  awaited: async (work, person, reader) =>
    (await waitedFor(work, person, reader.viewer)).map((one) => lineOf(work, one, reader, "requester")),
  linked: {
    lines: async (work, tasks, reader) =>
      tasks.map((one) => lineOf(work, one, reader, one.lead.id === reader.viewer.agencyId ? "lead" : "requester")),
  },
});
