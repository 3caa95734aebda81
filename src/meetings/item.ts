import { defineItem } from "../items/define.js";
import { feedEvents } from "./calendar.js";
import { DECISIONS, decisionItems } from "./decisions.js";
import { openInvitation, openMinutes } from "./files.js";
import { followNext } from "./follow.js";
import { meetingCard, meetingNotification, meetingPack, meetingParted, meetingResult } from "./notifications.js";
import { occurrenceReminders, pollReminders } from "./reminding.js";
import { MEETINGS } from "./store.js";
import { meetingsWaiting } from "./turn.js";
import { lineOf } from "./views.js";

export const meeting = defineItem({
  kind: MEETINGS,
  answers: "attend",
  byNumber: 2,
  notifications: [meetingCard, meetingNotification, meetingPack, meetingParted, meetingResult],
  catchUp: followNext,
  feed: feedEvents,
  opens: { minutes: openMinutes, calendar: openInvitation },
  reminders: [occurrenceReminders, pollReminders],
  async waiting(work, mine, reader) {
    const { waiting, ahead } = await meetingsWaiting(work, mine, reader);
    const lines = ahead.map((one) => lineOf(work, one.meeting, one.occurrence, reader));
    return [...waiting, ...lines.map((line) => ({ deed: "attend" as const, line, ahead: true as const }))];
  },
});

export const decision = defineItem({
  kind: DECISIONS,
  linked: { lines: (work, rows, reader) => decisionItems(work, rows, reader) },
});
