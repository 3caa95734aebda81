/** What the suites about meetings walk; the suites about tasks leave it to them. A new one without a row fails both. */
export const MEETING_NOTICES = ["meeting.card", "meeting.news", "meeting.pack", "meeting.result"];

export type MeetingAct = "see" | "run" | "answer" | "propose" | "read";

/** Commands about one meeting (`M`) or one decision (`D`): what follows the reference, and whose act it is. */
export const ABOUT_ONE: Record<string, { of: "M" | "D"; after: string; act: MeetingAct }> = {
  "meet-show": { of: "M", after: "", act: "see" },
  "meet-read": { of: "M", after: "", act: "read" },
  agenda: { of: "M", after: "", act: "read" },
  minutes: { of: "M", after: "", act: "read" },
  "minutes-file": { of: "M", after: "", act: "read" },
  invitation: { of: "M", after: "", act: "read" },
  attend: { of: "M", after: "yes", act: "answer" },
  deputise: { of: "M", after: "@Colin", act: "answer" },
  vote: { of: "M", after: "yes:1", act: "answer" },
  here: { of: "M", after: "", act: "answer" },
  "agenda-add": { of: "M", after: "Some words", act: "propose" },
  "agenda-drop": { of: "M", after: "1", act: "propose" },
  paper: { of: "M", after: "https://papers.example/x Some words", act: "propose" },
  correct: { of: "M", after: "Some words", act: "propose" },
  "agenda-move": { of: "M", after: "2 1", act: "run" },
  "agenda-admit": { of: "M", after: "00000000-0000-4000-8000-000000000000", act: "run" },
  "meet-close": { of: "M", after: "1", act: "run" },
  "meet-move": { of: "M", after: "next Thu 11:00", act: "run" },
  "meet-cancel": { of: "M", after: "because", act: "run" },
  "meet-edit": { of: "M", after: "Some words", act: "run" },
  "meet-invite": { of: "M", after: "@iom", act: "run" },
  start: { of: "M", after: "", act: "run" },
  attendance: { of: "M", after: "00000000-0000-4000-8000-000000000000", act: "run" },
  present: { of: "M", after: "@Colin", act: "run" },
  left: { of: "M", after: "@Colin", act: "run" },
  decide: { of: "M", after: "Some words", act: "run" },
  note: { of: "M", after: "Some words", act: "run" },
  "note-edit": { of: "M", after: "line:1 Some words", act: "run" },
  end: { of: "M", after: "", act: "run" },
  circulate: { of: "M", after: "", act: "run" },
  settle: { of: "M", after: "1 take", act: "run" },
  approve: { of: "M", after: "", act: "run" },
  decision: { of: "D", after: "", act: "read" },
  withdraw: { of: "D", after: "", act: "run" },
  action: { of: "D", after: "@border Some words", act: "read" },
};

/** Commands of meetings that name none. */
export const ABOUT_NONE = ["meet", "meet-poll", "meetings", "decisions", "presence", "meet-rules", "calendar"];
export const MEETING_COMMANDS = [...Object.keys(ABOUT_ONE), ...ABOUT_NONE];
