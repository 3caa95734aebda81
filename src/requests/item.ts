import { defineItem } from "../items/define.js";
import { suggests } from "./args.js";
import { requestFiles, requestUploads } from "./documents.js";
import { requestCard, requestNotification, requestSilence } from "./notifications.js";
import { requestReminders } from "./reminding.js";
import { REQUESTS } from "./store.js";
import { requestsWaiting } from "./turn.js";

export const request = defineItem({
  kind: REQUESTS,
  notifications: [requestCard, requestNotification, requestSilence],
  reminders: [requestReminders],
  waiting: requestsWaiting,
  suggests,
  opens: requestFiles,
  takes: requestUploads,
});
