import { defineItem } from "../items/define.js";
import { suggests } from "./args.js";
import { openAttached, takeAttached } from "./attachments.js";
import { requestFiles, requestUploads } from "./documents.js";
import { ATTACHMENT, TEXT_FILE } from "./model.js";
import { requestCard, requestHalted, requestNotification, requestSilence } from "./notifications.js";
import { requestReminders } from "./reminding.js";
import { REQUESTS } from "./store.js";
import { takeText } from "./text-file.js";
import { requestsWaiting } from "./turn.js";

export const request = defineItem({
  kind: REQUESTS,
  notifications: [requestCard, requestNotification, requestSilence, requestHalted],
  reminders: [requestReminders],
  waiting: requestsWaiting,
  suggests,
  opens: { ...requestFiles, [ATTACHMENT]: openAttached },
  takes: { ...requestUploads, [ATTACHMENT]: takeAttached, [TEXT_FILE]: takeText },
});
