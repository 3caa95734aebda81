import { defineItem } from "../items/define.js";
import { likenessHint, notifyLikeness } from "./likeness.js";
import { listTasks, waitedFor } from "./lists.js";
import { commentInThread, taskFromMessage } from "./messages.js";
import { taskCard, taskComment, taskNotification, taskPosted } from "./notifications.js";
import { taskReminders } from "./reminding.js";
import { TASKS } from "./store.js";
import { tasksWaiting } from "./turn.js";
import { lineOf } from "./views.js";

export const task = defineItem({
  kind: TASKS,
  byNumber: 1,
  notifications: [taskCard, taskPosted, taskNotification, taskComment, likenessHint],
  reminders: [taskReminders],
  lookOut: notifyLikeness,
  waiting: tasksWaiting,
  awaited: async (work, person, reader) =>
    (await waitedFor(work, person, reader.viewer)).map((one) => lineOf(work, one, reader, "requester")),
  talk: {
    begins: "task",
    ofMessage: taskFromMessage,
    inThread: commentInThread,
    own: async (c) => (await listTasks(c.work, c.person, c.viewer, { view: "mine", page: 1 })).tasks,
    later: "snooze",
  },
  linked: {
    lines: async (work, tasks, reader) =>
      tasks.map((one) => lineOf(work, one, reader, one.lead.id === reader.viewer.agencyId ? "lead" : "requester")),
  },
});
