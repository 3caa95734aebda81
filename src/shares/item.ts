import { defineItem } from "../items/define.js";
import { openAttachment, takeAttachment } from "./acts/attaching.js";
import { shareCard, shareGone, shareNotification, useCard, useNotification } from "./notifications.js";
import { outcomeReminders, shareEnds, useReminders } from "./reminding.js";
import { SHARES } from "./store.js";
import { sharesWaiting, usesWaiting } from "./turn.js";
import { unattended } from "./unattended.js";
import { USES } from "./use-requests.js";
import { lineOf } from "./views.js";

export const share = defineItem({
  kind: SHARES,
  notifications: [shareCard, shareNotification, shareGone, unattended],
  opens: { attachment: openAttachment },
  takes: { upload: takeAttachment },
  reminders: [shareEnds, outcomeReminders],
  waiting: sharesWaiting,
  linked: {
    as: "information",
    lines: async (work, shares, reader) => shares.map((one) => lineOf(work, one, reader)),
  },
});

export const use = defineItem({
  kind: USES,
  notifications: [useCard, useNotification],
  reminders: [useReminders],
  waiting: usesWaiting,
});
