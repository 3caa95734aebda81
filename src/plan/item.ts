import { defineItem } from "../items/define.js";
import { openPlan } from "./file.js";
import { takePlan } from "./import.js";
import { planCard, planNotification, planPreview } from "./notifications.js";
import { figureReminders } from "./reminding.js";
import { OBJECTIVES } from "./store.js";
import { figuresWaiting } from "./turn.js";

export const objective = defineItem({
  kind: OBJECTIVES,
  notifications: [planCard, planNotification, planPreview],
  opens: { plan: openPlan },
  takes: { plan_import: takePlan },
  reminders: [figureReminders],
  waiting: figuresWaiting,
});
