import { defineItem } from "../items/define.js";
import { planCard, planNotification, planPreview } from "./notifications.js";
import { figureReminders } from "./reminding.js";
import { OBJECTIVES } from "./store.js";
import { figuresWaiting } from "./turn.js";

export const objective = defineItem({
  kind: OBJECTIVES,
  notifications: [planCard, planNotification, planPreview],
  reminders: [figureReminders],
  waiting: figuresWaiting,
});
