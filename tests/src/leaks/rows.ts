/** What the suites about meetings walk; the suites about tasks leave it to them. A new one without a row fails both. */
export const MEETING_NOTICES = ["meeting.card", "meeting.news", "meeting.pack", "meeting.result", "meeting.parted"];

export type MeetingAct = "see" | "run" | "answer" | "propose" | "read";

/**
 * Commands about one meeting (`M`) or one decision (`D`): what follows the reference, whose act it is, and what its form
 * holds where that is not what one types in one word.
 */
export const ABOUT_ONE: Record<
  string,
  { of: "M" | "D"; after: string; act: MeetingAct; form?: Record<string, string> }
> = {
  "meet-show": { of: "M", after: "", act: "see" },
  "meet-read": { of: "M", after: "", act: "read" },
  agenda: { of: "M", after: "", act: "read" },
  minutes: { of: "M", after: "", act: "read" },
  "minutes-file": { of: "M", after: "", act: "read" },
  invitation: { of: "M", after: "", act: "read" },
  attend: { of: "M", after: "yes", act: "answer" },
  deputise: { of: "M", after: "@Colin", act: "answer", form: { deputy: "@Colin" } },
  vote: { of: "M", after: "yes:1", act: "answer", form: { yes: "1" } },
  here: { of: "M", after: "", act: "answer" },
  "agenda-add": { of: "M", after: "Some words", act: "propose" },
  "agenda-drop": { of: "M", after: "1", act: "propose", form: { item: "1" } },
  paper: { of: "M", after: "https://papers.example/x Some words", act: "propose" },
  correct: { of: "M", after: "Some words", act: "propose" },
  "agenda-move": { of: "M", after: "2 1", act: "run", form: { from: "2", to: "1" } },
  "agenda-admit": {
    of: "M",
    after: "00000000-0000-4000-8000-000000000000",
    act: "run",
    form: { item: "00000000-0000-4000-8000-000000000000" },
  },
  "meet-close": { of: "M", after: "1", act: "run" },
  "meet-move": { of: "M", after: "next Thu 11:00", act: "run" },
  "meet-cancel": { of: "M", after: "because", act: "run" },
  undo: { of: "M", after: "", act: "run" },
  "meet-edit": { of: "M", after: "Some words", act: "run" },
  "meet-invite": { of: "M", after: "@iom", act: "run" },
  start: { of: "M", after: "", act: "run" },
  attendance: { of: "M", after: "00000000-0000-4000-8000-000000000000", act: "run" },
  present: { of: "M", after: "@Colin", act: "run", form: { who: "@Colin" } },
  left: { of: "M", after: "@Colin", act: "run", form: { who: "@Colin" } },
  decide: { of: "M", after: "Some words", act: "run" },
  note: { of: "M", after: "Some words", act: "run" },
  "note-edit": { of: "M", after: "line:1 Some words", act: "run" },
  end: { of: "M", after: "", act: "run" },
  circulate: { of: "M", after: "", act: "run" },
  settle: { of: "M", after: "1 take", act: "run", form: { number: "1", verdict: "take" } },
  approve: { of: "M", after: "", act: "run" },
  decision: { of: "D", after: "", act: "read" },
  withdraw: { of: "D", after: "", act: "run" },
  action: { of: "D", after: "@border Some words", act: "read", form: { to: "@border", title: "Some words" } },
};

/** Commands of meetings that name none. */
export const ABOUT_NONE = ["meet", "meet-poll", "meetings", "decisions", "presence", "meet-rules", "calendar"];
export const MEETING_COMMANDS = [...Object.keys(ABOUT_ONE), ...ABOUT_NONE];

/** What the suites about shares walk. */
export const SHARE_NOTICES = [
  "share.card",
  "share.news",
  "share.gone",
  "use.card",
  "use.news",
  "information.unattended",
];

/** Commands about one share (`I`) or one request for use (`U`): what follows the reference, and what its form asks. */
export const ABOUT_SHARE: Record<string, { of: "I" | "U"; after: string; form?: Record<string, string> }> = {
  "share-show": { of: "I", after: "" },
  open: { of: "I", after: "", form: { purpose: "investigation" } },
  "share-write": { of: "I", after: "", form: { title: "Other", content: "Other words" } },
  "share-file": { of: "I", after: "" },
  "share-send": { of: "I", after: "sure" },
  "share-discard": { of: "I", after: "" },
  "share-review": { of: "I", after: "" },
  "share-return": { of: "I", after: "", form: { reason: "because" } },
  "share-decline": { of: "I", after: "", form: { reason: "because" } },
  "share-add": { of: "I", after: "@iom", form: { with: "@iom" } },
  "share-log": { of: "I", after: "" },
  tighten: { of: "I", after: "", form: { codes: "H0" } },
  recall: { of: "I", after: "", form: { reason: "because" } },
  outcome: { of: "I", after: "arrest", form: { kind: "arrest" } },
  outcomes: { of: "I", after: "" },
  thank: { of: "I", after: "" },
  breach: { of: "I", after: "@labour", form: { by: "@labour", words: "because" } },
  reinstate: { of: "I", after: "@labour", form: { who: "@labour" } },
  use: { of: "I", after: "", form: { code: "H1", purpose: "because" } },
  "use-show": { of: "U", after: "" },
  "use-read": { of: "U", after: "" },
  "use-grant": { of: "U", after: "", form: { until: "tomorrow 12:00" } },
  "use-refuse": { of: "U", after: "", form: { reason: "because" } },
  "use-withdraw": { of: "U", after: "" },
};

/** Commands of sharing that name none. */
export const ABOUT_NO_SHARE = ["share", "shares", "ledger", "share-rule", "recall-red"];
export const SHARE_COMMANDS = [...Object.keys(ABOUT_SHARE), ...ABOUT_NO_SHARE];

/** Deconfliction is walked in tests/src/matches: no share, task or meeting is in reach of it. */
export const MATCH_NOTICES = ["match.hit", "match.asked"];
export const MATCH_COMMANDS = ["match-add", "match-list", "match-remove", "match-renew", "match-hits", "match-import"];

/** Summaries are made of counts: walked in reports.matrix.ts, with words of every label that must not be in them. */
export const REPORT_NOTICES = ["summary.card"];
export const REPORT_COMMANDS = [
  ...["report", "reports", "report-show", "report-notes", "report-publish", "report-file", "report-cancel"],
  "report-key",
];

/** Training is walked in tests/src/training: it is GREEN at most, and shows nothing of what its sessions' meetings say. */
export const TRAINING_NOTICES = ["training.card", "training.news"];
export const TRAINING_COMMANDS = [
  ...["training", "training-need", "training-offer", "training-show", "training-take", "training-withdraw"],
  ...["training-session", "training-enrol", "training-leave", "training-evaluate", "training-follow"],
  ...["library", "library-add", "library-remove"],
];

/** The plan is walked in tests/src/plan; what it is linked to, for each label, in tests/src/plan/leaks.matrix.ts. */
export const PLAN_NOTICES = ["plan.card", "plan.news", "plan.preview"];
export const PLAN_COMMANDS = [
  ...["plan", "plan-show", "plan-add", "plan-edit", "plan-indicator", "plan-drop", "plan-progress", "plan-obstacle"],
  ...[
    "plan-resolve",
    "plan-link",
    "plan-unlink",
    "plan-task",
    "plan-need",
    "plan-who",
    "plan-file",
    "plan-import",
    "plan-take",
  ],
];

/** The directory speaks of other States alone; it is walked in tests/src/authorities. */
export const DIRECTORY_NOTICES = ["directory.preview", "directory.checks", "sheets.checks"];
export const DIRECTORY_COMMANDS = [
  ...["find", "authority", "authority-urgent", "authority-verify", "authority-add", "authority-edit"],
  ...[
    "authority-close",
    "authority-rule",
    "authority-unrule",
    "competent",
    "authority-file",
    "authority-import",
    "authority-take",
  ],
  ...["sheet", "sheet-write", "sheet-edit", "sheet-verify", "sheet-remove"],
];

/** Requests are walked in tests/src/requests: what is asked of other States belongs to no task, meeting or share. */
export const REQUEST_NOTICES = ["request.card", "request.news", "request.silence", "request.halted"];
export const REQUEST_COMMANDS = [
  ...["request-advice", "request-new", "requests", "request", "request-read", "request-check"],
  ...[
    "request-fill",
    "request-edit",
    "request-hand",
    "request-ready",
    "request-back",
    "request-draft",
    "request-file",
    "request-template",
    "request-attach",
    "request-text",
    "request-detach",
    "request-use",
    "request-approve",
  ],
  ...["request-send", "request-sendnow", "request-paper", "request-received", "request-redirect", "request-ask"],
  ...["request-reply", "request-agree", "request-conditions", "request-accept", "request-decline", "request-consult"],
  ...["request-postpone", "request-resume", "request-refuse", "request-part", "request-answer", "request-missing"],
  ...["request-due", "request-progress", "request-secrecy", "request-measure", "request-report", "request-formalise"],
  ...["request-stop", "request-safety", "request-restart", "request-prolong", "request-copy", "request-officer"],
  "request-disclose",
  ...["request-date", "request-happened"],
  ...["request-close", "request-withdraw"],
];
