import { defineItem } from "../items/define.js";
import { requestCard, requestNotification } from "./notifications.js";
import { requestReminders } from "./reminding.js";
import { REQUESTS } from "./store.js";
import { requestsWaiting } from "./turn.js";

export const request = defineItem({
  kind: REQUESTS,
  notifications: [requestCard, requestNotification],
  reminders: [requestReminders],
  waiting: requestsWaiting,
});
