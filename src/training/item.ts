import { defineItem } from "../items/define.js";
import { trainingCard, trainingNotification } from "./notifications.js";
import { trainingReminders } from "./reminding.js";
import { TRAININGS } from "./store.js";
import { trainingWaiting } from "./turn.js";
import { lineOf } from "./views.js";

export const training = defineItem({
  kind: TRAININGS,
  notifications: [trainingCard, trainingNotification],
  reminders: [trainingReminders],
  waiting: trainingWaiting,
  linked: { lines: (work, items, reader) => Promise.all(items.map((one) => lineOf(work, one, reader))) },
});
