/** English for activity summaries; the type that every other language must satisfy. */

type Defined = { name: string; definition: string };

export const reports = {
  title: (p: { period: string }) => `Activity summary ${p.period}`,
  asked: (p: { ref: string; period: string }) =>
    `${p.ref} is being made: the activity summary of ${p.period}. Its card in our chat always shows how it stands.`,
  state: {
    making: "Being made",
    ready: "Draft",
    publishing: "Being published",
    failed: "Could not be made",
    cancelled: "Cancelled",
    published: "Published",
  },
  steps: ["counting the period", "counting the period before", "putting the figures together", "drawing the charts"],
  progress: (p: { n: number; of: number; step: string }) => `Step ${p.n} of ${p.of}: ${p.step}`,
  failed: "The figures could not be counted. Ask for the summary again; the administrator finds the reason in the log.",
  cancelled: (p: { ref: string }) => `${p.ref} is cancelled; nothing of it is kept.`,
  publishing: (p: { ref: string }) =>
    `${p.ref} is being published. Then its figures and files can no longer change, and every member finds it with "reports"; its card says so.`,
  noted: (p: { ref: string }) => `Your notes are kept with ${p.ref}.`,
  news: (p: { title: string }) => `${p.title} is published.`,
  facts: {
    ref: "Number",
    period: "Period",
    before: "Compared with",
    state: "State",
    by: "Made by",
    made: "Made",
    published: "Published",
    record: "Made from",
    threshold: "Small numbers",
    label: "Label",
    hash: "SHA-256",
  },
  days: (p: { first: string; last: string }) => `${p.first} to ${p.last}`,
  notOver: (p: { when: string }) => `not over, counted up to ${p.when}`,
  record: (p: { event: number; seal?: number; hash?: string }) =>
    `the record up to event ${p.event}${p.hash ? `, in seal ${p.seal} (${p.hash})` : ""}`,
  withheldBelow: (p: { most: number }) =>
    `Numbers from 1 to ${p.most} are withheld, and others from which they would follow.`,
  whole: "Every number is told. This version is for the rapporteur and the secretariat; publish it to pass it on.",
  withheld: "withheld",
  document: {
    decimal: ".",
    group: ",",
    percent: "{n}%",
    points: "{n} pts",
    withheld: "withheld",
    none: "–",
    key: "Key figures",
    notes: "Notes of the rapporteur",
    recommendations: "Recommendations",
    definitions: "Definitions",
    figure: "Figure",
    now: "This period",
    before: "Period before",
    change: "Change",
    definition: "Definition",
    source: "Source",
    page: "Page {page} of {pages}",
    id: "Id",
    section: "Section",
    unit: "Unit",
    summary: "Summary",
    figures: "Figures",
    data: "Data",
  },
  cuts: { agency: "by agency", kind: "by kind" },
  pillar: "Pillar",
  pillars: "The plan, by pillar",
  indicators: "Indicators of the plan",
  indicator: {
    name: "Indicator",
    baseline: "Start",
    target: "Target",
    before: "Before",
    now: "Now",
    status: "How it stands",
    agency: "Answers",
    source: "Source",
    overdue: "answer overdue",
  },
  sections: {
    meetings: "Coordination meetings",
    tasks: "Tasks",
    information: "Information shared",
    matches: "Deconfliction",
    training: "Training and technical assistance",
    plan: "Action plan",
    agencies: "By agency",
  },
  units: { count: "number", percent: "%", days: "days" },
  buttons: {
    revoke: "End it",
    cancel: "Cancel",
    publish: "Publish",
    notes: "Notes",
    word: "Word",
    excel: "Excel",
    csv: "CSV",
    json: "JSON",
    open: "Open",
    again: "Make again",
  },
  publishConfirm: {
    title: "Publish this summary?",
    text: "Its figures and files can no longer change, and every member of the coordination body can read them.",
    yes: "Publish",
    no: "Not yet",
  },
  form: {
    notes: "Notes: what the figures do not say",
    recommendations: "Recommendations",
    hint: "They appear in the document, and are kept with it when it is published.",
  },
  list: {
    title: "Activity summaries",
    empty: "No activity summary is published yet.",
    line: (p: { state: string; when: string }) => `${p.state} · ${p.when}`,
  },
  file: (p: { ref: string; format: string; minutes: number }) =>
    `${p.ref} as ${p.format}. The address opens once, for you, within ${p.minutes} minutes:`,
  key: (p: { minutes: number }) =>
    `Your office reads the same figures as JSON with a key. The address gives it once, for you, within ${p.minutes} minutes; any key you had stops working then:`,
  keyRevoked: "Your key no longer works.",
  noKey: "You have no key. To get one, type: report key",
  keyFile: (p: { key: string; until: string; example: string; description: string }) =>
    `Key: ${p.key}\nValid until: ${p.until}\nRead only: figures and their definitions, no content.\n${p.example}\nDescription: ${p.description}`,
  download: "Open",
  charts: {
    sections: "What was done",
    byKind: "Information shared, by type",
    series: { now: "this period", before: "period before" },
  },
  keys: {
    quorum: { yes: "With a quorum", no: "Without a quorum", none: "No quorum asked for" },
    time: { in_time: "In time", late: "Late", open: "No date set" },
    practice: { yes: "Put into practice", partly: "Partly", no: "Not" },
    unsaid: "Not told",
  },
  tables: {
    "meetings.by_label": "Meetings held, by label",
    "meetings.by_quorum": "Meetings held, by quorum",
    "tasks.by_priority": "Tasks asked, by priority",
    "tasks.by_time": "Tasks done, by time",
    "information.by_kind": "Information shared, by type",
    "information.by_label": "Information shared, by label",
    "information.by_outcome": "Outcomes, by kind",
    "matches.by_kind": "Identifiers registered, by kind",
    "training.by_topic": "Training, by topic",
    "training.by_country": "Needs and offers, by country",
    "training.by_role": "Needs and offers, by the country’s role",
    "training.by_practice": "What was put into practice",
    "agencies.meetings": "Attendance, by agency",
    "agencies.tasks": "Tasks, by the agency asked",
    "agencies.information": "Information given and received, by agency",
    "agencies.training": "Training, by agency",
  },
  figures: {
    "meetings.held": {
      name: "Meetings held",
      definition: "Occurrences of coordination meetings that were ended in the period.",
    },
    "meetings.cancelled": {
      name: "Meetings cancelled",
      definition: "Meetings and single occurrences that were cancelled in the period.",
    },
    "meetings.attended": {
      name: "Seats taken",
      definition: "For each meeting held, the agencies asked to it of which somebody came; added up.",
    },
    "meetings.missed": {
      name: "Seats empty",
      definition: "For each meeting held, the agencies asked to it of which nobody came; added up.",
    },
    "meetings.attendance": {
      name: "Attendance",
      definition: "Seats taken, as a share of seats taken and empty.",
    },
    "meetings.quorate": {
      name: "Meetings with a quorum",
      definition: "Meetings with a quorum when they ended, as a share of those for which a quorum is asked for.",
    },
    "meetings.decided": { name: "Decisions", definition: "Decisions recorded in the period, withdrawn ones included." },
    "meetings.withdrawn": {
      name: "Decisions withdrawn",
      definition: "Decisions that were withdrawn in the period while their meeting ran.",
    },
    "meetings.minutes": { name: "Minutes approved", definition: "Minutes that were approved in the period." },
    "meetings.minutes_days": {
      name: "Days to approved minutes",
      definition: "Median time from the end of a meeting to its approved minutes.",
    },
    "tasks.asked": { name: "Tasks asked", definition: "Tasks that one agency asked of another in the period." },
    "tasks.agreed": {
      name: "Tasks agreed",
      definition: "Times that an agency agreed to a task or handed it to somebody for the first time.",
    },
    "tasks.agreed_days": {
      name: "Days to agreement",
      definition: "Median time from asking to agreement, of tasks agreed in the period.",
    },
    "tasks.declined": { name: "Tasks declined", definition: "Times that an agency declined a task in the period." },
    "tasks.cancelled": { name: "Tasks cancelled", definition: "Tasks taken back by who had asked." },
    "tasks.done": { name: "Tasks done", definition: "Times that a task was reported done in the period." },
    "tasks.done_days": {
      name: "Days to done",
      definition: "Median time from asking to done, of tasks reported done in the period.",
    },
    "tasks.in_time": {
      name: "Done in time",
      definition: "Reported done by their date, as a share of those reported done that had one.",
    },
    "tasks.reopened": { name: "Tasks reopened", definition: "Times that the requester said that it was not done yet." },
    "tasks.closed": {
      name: "Tasks closed",
      definition: "Tasks closed by the requester, or by themselves after five working days without an answer.",
    },
    "tasks.open": { name: "Tasks open", definition: "Tasks asked or agreed at the end of the period and not done." },
    "tasks.overdue": {
      name: "Tasks overdue",
      definition: "Of the tasks open at the end of the period, those past their date.",
    },
    "information.released": {
      name: "Information shared",
      definition: "Shares that a provider released in the period.",
    },
    "information.received": {
      name: "Information received",
      definition: "Shares received in the period, counted once for each recipient.",
    },
    "information.acknowledged": {
      name: "Acknowledged",
      definition: "Of those received in the period, those whose conditions the recipient accepted in it.",
    },
    "information.acknowledgement": {
      name: "Acknowledgement rate",
      definition: "Acknowledged, as a share of information received.",
    },
    "information.declined": { name: "Declined", definition: "Times that a recipient declined a share in the period." },
    "information.outcomes": {
      name: "Outcomes told",
      definition: "Interim and final outcomes that recipients told in the period.",
    },
    "information.final": {
      name: "Final outcomes",
      definition: "Of what was received in the period, that of which the recipient told the final outcome in it.",
    },
    "information.outcome_rate": {
      name: "Outcome rate",
      definition: "Final outcomes, as a share of information received.",
    },
    "information.final_days": {
      name: "Days to the outcome",
      definition: "Median time from receiving to the final outcome, of these.",
    },
    "information.tightened": {
      name: "Conditions tightened",
      definition: "Times that a provider tightened the conditions of a share.",
    },
    "information.recalled": { name: "Recalled", definition: "Shares that their provider recalled in the period." },
    "information.breached": {
      name: "Breaches",
      definition: "Breaches of conditions recorded in the period (para 16).",
    },
    "uses.asked": { name: "Use requests", definition: "Requests to use or pass on a share beyond its conditions." },
    "uses.granted": { name: "Use granted", definition: "Use requests that the provider granted in the period." },
    "uses.refused": { name: "Use refused", definition: "Use requests that the provider refused in the period." },
    "matches.registered": {
      name: "Identifiers registered",
      definition: "Identifiers that agencies registered for deconfliction in the period.",
    },
    "matches.hits": {
      name: "Hits",
      definition: "Times that the entries of two agencies met in the period, silent ones included.",
    },
    "training.needs": { name: "Needs told", definition: "Needs of training or assistance that agencies told." },
    "training.offers": { name: "Offers made", definition: "Offers of training or assistance that agencies made." },
    "training.matched": {
      name: "Matches taken up",
      definition: "Times that a need and an offer were brought together.",
    },
    "training.held": { name: "Joint sessions held", definition: "Training sessions that were ended in the period." },
    "training.people": {
      name: "People trained",
      definition: "People recorded as present at joint sessions, once for each session.",
    },
    "training.followed": {
      name: "Follow-ups answered",
      definition: "Answers of agencies to what they put into practice after a session.",
    },
    "plan.objectives": {
      name: "Objectives",
      definition: "Objectives of the plan at the end of the period, dropped ones left out.",
    },
    "plan.achieved": { name: "Objectives achieved", definition: "Of the objectives, those achieved." },
    "plan.reached": { name: "Targets reached", definition: "Indicators that met their target." },
    "plan.on_track": {
      name: "On track",
      definition: "Indicators as far on their way to the target as the time that has passed asks for.",
    },
    "plan.behind": { name: "Behind", definition: "Indicators further from their target than that." },
    "plan.no_answer": { name: "No figure", definition: "Indicators of which no agency told a figure yet." },
    "plan.overdue": { name: "Figures overdue", definition: "Indicators whose figure was due and is not told." },
  } satisfies Record<string, Defined>,
};

export const reportArgs = {
  period: "period",
  periodLabel: "Period",
  periodHint: "For example: 2026-Q3, last month, July, 1 Jan to 31 Mar",
  first: "First in the chat",
  format: "Format",
};

export const reportCommands = {
  report: "Make an activity summary of a period",
  reports: "Published activity summaries, and your drafts",
  "report-show": "Show an activity summary",
  "report-notes": "Keep notes and recommendations with a summary",
  "report-publish": "Publish a summary: it can no longer change",
  "report-file": "Get a summary as Word, Excel, CSV or JSON",
  "report-cancel": "Stop making a summary",
  "report-key": "A key with which your office reads the figures as JSON",
};

export const reportErrors = {
  period: (p: { said: string; reason: "unread" | "future" | "backward" | "too_long" }) => {
    const why = {
      unread: `"${p.said}" is not a period that Coord can read.`,
      future: `"${p.said}" has not begun yet.`,
      backward: `"${p.said}" ends before it begins.`,
      too_long: `"${p.said}" is longer than ten years.`,
    }[p.reason];
    return `${why} Type for example: report 2026-Q3, report last month, or report 1 Jan to 31 Mar`;
  },
  noSummary: (p: { ref: string }) => `There is no ${p.ref} that you can see. To see what there is, type: reports`,
  summaryState: (p: { ref: string; state: string }) =>
    `${p.ref} is in the state "${p.state}"; that cannot be done now. To see it, type: report show ${p.ref}`,
  periodNotOver: (p: { ref: string; last: string }) =>
    `${p.ref} tells of a period that lasts until ${p.last}. Publish it after that; until then, type: report show ${p.ref}`,
  alreadyPublished: (p: { period: string; ref: string }) =>
    `${p.period} is published already as ${p.ref}, and stays as it is. To see it, type: report show ${p.ref}`,
};
