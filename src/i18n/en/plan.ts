/** English for the action plan; the type that every other language must satisfy. */

export const plan = {
  pillars: {
    prosecution: "Prosecution and investigation",
    protection: "Protection and assistance",
    prevention: "Prevention",
    cooperation: "Cooperation and coordination",
  },
  states: {
    planned: "Planned",
    under_way: "Under way",
    achieved: "Achieved",
    stalled: "Stalled",
    dropped: "Dropped",
  },
  frequencies: {
    monthly: "Every month",
    quarterly: "Every three months",
    half_yearly: "Every six months",
    yearly: "Every year",
    once: "Once",
  },
  ways: { on_track: "on track", behind: "behind", reached: "reached", no_answer: "no figure yet" },
  overdue: "figure overdue",
  rule: "Reached: the target is met. Behind: the share of the way from the baseline to the target is more than 10 points below the share of the time from start to due, at the end of the period that the figure is for. Else on track.",
  countOf: (p: { label: string; n: number }) => `${p.label}: ${p.n}`,
  title: (p: { count: number }) => `Action plan (${p.count})`,
  titleOf: (p: { pillar: string; count: number }) => `Action plan: ${p.pillar} (${p.count})`,
  empty: "The plan has no objectives yet.",
  by: (p: { day: string }) => `by ${p.day}`,
  span: (p: { from: string; until: string }) => `${p.from} to ${p.until}`,
  facts: {
    state: "State",
    pillar: "Pillar",
    lead: "Lead agency",
    supporting: "Supporting agencies",
    time: "Time",
    requirement: "Treaty requirement",
    measure: "Measure",
    label: "Label",
  },
  legalReview: "Legal review",
  come: (p: { value: string; day: string; from: string; to: string }) =>
    `${p.value} (${p.day}), from ${p.from} to ${p.to}`,
  notCome: (p: { from: string; to: string }) => `from ${p.from} to ${p.to}`,
  next: (p: { day: string }) => `next figure ${p.day}`,
  source: (p: { source: string }) => `source: ${p.source}`,
  figure: (p: { value: string; day: string }) => `${p.value}, period to ${p.day}`,
  told: "Figures told last",
  noEvidence: "no evidence given",
  obstacles: (p: { count: number }) => `In the way (${p.count})`,
  linked: (p: { count: number }) => `What feeds it, as far as you may know of it (${p.count})`,
  summary: (p: { what: string; state: string; lead: string; due: string }) =>
    `${p.what}: ${p.state}, ${p.lead}, by ${p.due}`,
  whoTitle: "Who does what",
  does: {
    leads: (p: { refs: string }) => `leads ${p.refs}`,
    supports: (p: { refs: string }) => `supports ${p.refs}`,
    answers: (p: { refs: string }) => `answers for ${p.refs}`,
  },
  buttons: {
    show: "Show",
    plan: "Action plan",
    report: "Give the figure",
    obstacle: "Obstacle",
    resolve: "Out of the way",
    task: "Ask a task",
    need: "Training need",
    edit: "Change",
    indicator: "Add indicator",
    add: "New objective",
    who: "Who does what",
    file: "Word file",
    take: "Take it into the plan",
  },
  added: (p: { ref: string }) => `${p.ref} is in the plan. What is measured: plan indicator ${p.ref}`,
  changed: (p: { ref: string }) => `${p.ref} is changed.`,
  measured: (p: { ref: string; agency: string; day: string }) =>
    `${p.ref} is measured; ${p.agency} gives the first figure ${p.day}.`,
  measuredNow: (p: { ref: string }) => `${p.ref} is changed.`,
  droppedIndicator: (p: { ref: string }) => `${p.ref} is no longer measured; what was told of it stays on record.`,
  reported: (p: { ref: string; value: string; day: string; way: string }) =>
    `${p.ref}: ${p.value}, period to ${p.day}. It is ${p.way}.`,
  needed: (p: { ref: string; objective: string }) =>
    `${p.ref} is entered and feeds ${p.objective}. What fits it shows on its card, in our chat.`,
  raised: (p: { ref: string }) => `The obstacle is on ${p.ref}; the secretariat hears of it.`,
  resolved: (p: { ref: string; n: number }) => `Obstacle ${p.n} of ${p.ref} is out of the way.`,
  linkedTo: (p: { ref: string; to: string }) =>
    `${p.to} feeds ${p.ref}. Whoever looks at ${p.ref} sees of it what they may see anywhere.`,
  unlinked: (p: { ref: string; to: string }) => `${p.to} no longer feeds ${p.ref}.`,
  remind: (p: { agency: string; when: string; late: boolean }) =>
    p.late ? `${p.agency}: the figure was due ${p.when}` : `${p.agency}: the figure is due ${p.when}`,
  news: {
    asked: (p: { ref: string; what: string; when: string }) =>
      `Your agency answers for ${p.ref} of ${p.what}: the figure is due ${p.when}.`,
    obstacle: (p: { what: string; agency: string }) => `${p.agency} sees an obstacle to ${p.what}.`,
    resolved: (p: { what: string; agency: string }) => `An obstacle to ${p.what} is out of the way (${p.agency}).`,
    imported: "The action plan has new objectives that concern your agency. Type plan to see them.",
  },
  intro: (p: { name: string; measure: string; source: string; period?: string }) =>
    `${p.name}: ${p.measure}. Source: ${p.source}.${p.period ? ` Where you name no other, the figure is for the period to ${p.period}.` : ""}`,
  import: (p: { minutes: number }) =>
    `Choose a CSV file. A row with a title begins an objective (title, pillar, lead, due, and where you want requirement, measure, legal_review, supporting, start, status, label); indicator, unit, baseline, target, frequency, source, answers and next_due add what is measured, in that row and in rows without a title below. The page takes one file, for ${p.minutes} minutes, from you alone:`,
  preview: (p: { objectives: number; indicators: number }) =>
    `The file is in order. Objectives: ${p.objectives}, indicators: ${p.indicators}. Nothing is in the plan yet.`,
  imported: (p: { count: number }) => `New in the plan: ${p.count} ${p.count === 1 ? "objective" : "objectives"}.`,
  word: (p: { minutes: number }) => `The action plan as a Word file, for you alone, for ${p.minutes} minutes:`,
  fault: (p: { line: number; code: string; column?: string }) =>
    `Line ${p.line}${p.column ? ` (${p.column})` : ""}: ${faultOf(p.code)}.`,
  chart: { title: "Indicators by pillar", absent: "no indicator" },
  document: {
    title: "Action plan",
    status: (p: { when: string }) => `As it stands ${p.when}`,
    madeAt: (p: { when: string }) => `Made ${p.when}`,
    footer: (p: { body: string }) => `${p.body} · Action plan`,
    words: {
      indicator: "Indicator",
      figure: "Figure",
      way: "Standing",
      answers: "Answered by",
      obstacles: "In the way",
      who: "Who does what",
      agency: "Agency",
      leads: "Leads",
      supports: "Supports",
      answersFor: "Answers for",
      figures: "In figures",
      page: "Page {page} of {pages}",
    },
  },
};

function faultOf(code: string): string {
  const known: Record<string, string> = {
    too_large: "the file is too large",
    unreadable: "that cannot be read as CSV",
    no_rows: "there are no rows",
    too_many_rows: "there are more than 1000 rows",
    column_missing: "the column is missing",
    column_unknown: "the column with this number has a heading that is not known",
    column_twice: "the column is there twice",
    cells: "there are more cells than columns",
    missing: "something is missing",
    too_long: "that is too long",
    pillar_unknown: "the pillar is prosecution, protection, prevention or cooperation",
    status_unknown: "the status is planned, under_way, achieved, stalled or dropped",
    label_unknown: "the label is CLEAR or GREEN, since the whole body knows the plan",
    frequency_unknown: "the frequency is monthly, quarterly, half_yearly, yearly or once",
    agency_unknown: "no agency here has that short name; type who to see them",
    observer: "an observer neither leads nor answers",
    not_a_day: "a day is written 2026-12-31",
    order: "it is due before it starts",
    not_a_number: "that is not a number; write 1200 or 12.5",
    same_target: "the target is the baseline, so there is no way to go",
    yes_or_no: "that is yes or no",
    differs: "that is not what the first row of the objective says",
    no_objective: "there is no objective above it",
    no_indicator: "the indicator has no name",
    too_many_indicators: "an objective has 10 indicators at most",
    twice: "the same objective stands above",
    exists: "an objective of that title is in the plan already",
  };
  return known[code] ?? "that cannot be used";
}

export const planArgs = {
  pillar: "Pillar",
  planTitle: "Objective",
  requirement: "What the treaty asks for",
  requirementHint: "For example: Protocol, article 16: protection and assistance",
  measure: "What is to be done",
  legalReview: "The measure is a legal review",
  leadAgency: "Lead agency",
  planStart: "Starts on",
  planDue: "Due on",
  planDayShown: "day",
  planStatus: "State",
  planLabel: "Label (TLP)",
  planLabelHint: "Everybody in the body knows the plan: CLEAR or GREEN, nothing stricter",
  indicatorName: "What is measured",
  unit: "Unit",
  unitHint: "For example: places, cases, %",
  baseline: "Where it starts",
  target: "Where it should get to",
  frequency: "How often",
  figureSource: "Source of the figures",
  answers: "Agency that answers",
  firstDue: "First figure due on",
  figureValue: "Figure",
  figureValueHint: "For example: 34 or 12.5",
  period: "The period ends on",
  planEvidence: "Evidence",
  planEvidenceHint: "An address that begins with https://, or a reference such as T-104, D-7 or I-31",
  figureWords: "In words",
  obstacleWords: "What is in the way",
  obstacleNumber: "Number of the obstacle",
  linkTo: "What feeds it",
  linkToHint: "A reference: T-104, D-7 or I-31",
};

export const planErrors = {
  noObjective: (p: { ref: string }) => `There is no ${p.ref} for you here. Type plan to see the action plan.`,
  noIndicator: (p: { ref: string }) => `Nothing is measured as ${p.ref}. Type plan to see what is.`,
  noIndicators: (p: { ref: string }) =>
    `Nothing is measured of ${p.ref} yet. The secretariat adds it: plan indicator ${p.ref}`,
  whichIndicator: (p: { ref: string; example: string }) =>
    `${p.ref} has several indicators: say which, for example: plan progress ${p.example} 34`,
  planFull: (p: { ref: string; max: number }) =>
    `${p.ref} has ${p.max} indicators, and more would not be read. Take one away first: plan drop ${p.ref}/1`,
  planOrder: "It would be due before it starts. For example: start:2026-01-01 by 2026-12-31",
  planDay: (p: { said: string }) => `“${p.said}” is not a day. For example: 2026-12-31, or 31 December`,
  planRestricted:
    "Everybody in the body knows the plan, so an objective is CLEAR or GREEN. Leave out what is stricter, and link it: plan link O-5 T-104",
  decimal: (p: { said: string }) =>
    `“${p.said}” is not a number, or could be read in two ways. Write 1200, 12.5 or 0.125`,
  evidence: (p: { said: string }) =>
    `“${p.said}” is not evidence that can be followed. Give an address that begins with https://, or a reference such as T-104`,
  sameTarget: (p: { said: string }) =>
    `The target ${p.said} is where it starts, so there is no way to go. For example: from:10 to:50`,
  observerLeads: (p: { agency: string }) =>
    `${p.agency} takes part as an observer and does not lead. It can support: with:"@iom"`,
  observerAnswers: (p: { agency: string }) =>
    `${p.agency} takes part as an observer and is not asked for figures. Name another agency: answers:@labour`,
  notAnswering: (p: { ref: string; agency: string }) => `The figure of ${p.ref} is given by ${p.agency}.`,
  notLeading: (p: { ref: string; agencies: string[] }) =>
    `Obstacles to ${p.ref} are raised by those who lead or support it: ${p.agencies.join(", ")}.`,
  notTending: (p: { ref: string; agencies: string[] }) =>
    `That is for the secretariat and for those who lead or support ${p.ref}: ${p.agencies.join(", ")}.`,
  notNeeding: (p: { ref: string; agencies: string[] }) =>
    `A need for ${p.ref} is entered by the secretariat and by those who lead, support or measure it: ${p.agencies.join(", ")}. Any other: training need`,
  periodAhead: (p: { said: string; latest: string }) =>
    `The period to ${p.said} is not asked for yet. The latest is the one to ${p.latest}, for example: for:${p.latest}`,
  noObstacle: (p: { ref: string; n: number }) =>
    `${p.ref} has no open obstacle ${p.n}. Type ${p.ref} to see what is in the way.`,
  notLinkable: (p: { said: string }) =>
    `“${p.said}” cannot feed an objective. A task, a decision, training or information can, for example: plan link O-5 T-104`,
  noLink: (p: { ref: string; to: string }) => `${p.to} does not feed ${p.ref}. Type ${p.ref} to see what does.`,
  importGone: "That file is no longer there to be taken in. Send it again: plan import",
};

export const planCommands = {
  plan: "The action plan on a page",
  "plan-add": "Add an objective to the action plan",
  "plan-show": "Show an objective with its figures and what feeds it",
  "plan-edit": "Change an objective, or say how it stands",
  "plan-indicator": "Say what is measured of an objective, or change it",
  "plan-drop": "Stop measuring an indicator",
  "plan-progress": "Give the figure of an indicator",
  "plan-obstacle": "Say what is in the way of an objective",
  "plan-resolve": "Say that an obstacle is out of the way",
  "plan-link": "Link an objective to what feeds it: a task, a decision, information",
  "plan-unlink": "Take such a link away",
  "plan-task": "Ask for a task that serves an objective",
  "plan-need": "Enter a training need where an indicator is missed",
  "plan-who": "Who does what, pillar by pillar",
  "plan-import": "Import a plan from a CSV file",
  "plan-take": "Take an imported file into the plan",
  "plan-file": "The action plan as a Word file",
};
