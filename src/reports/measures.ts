import type { ActionName } from "../audit/record.js";
/**
 * What the activity summary counts (docs/reports.md). Every figure is a count of events of the record, so that it can
 * be counted again by anybody who holds the record, and so that the same period gives the same figures for ever: an
 * event is never changed. Nothing here names an item: only actions, agencies, kinds, labels and lengths of time.
 */

/** By what a count is broken down, and where an event says it: a key of its detail, or its code. */
export type Cut =
  | "agency"
  | "kind"
  | "label"
  | "priority"
  | "time"
  | "quorum"
  | "topic"
  | "country"
  | "role"
  | "practice"
  | "ground";
type Source = "code" | (string & {});

export type Measure = {
  actions: readonly ActionName[];
  /** Only events whose detail says so. */
  where?: { key: string; is: string };
  cuts?: Partial<Record<Cut, Source>>;
  /** Only what also began in the period (`since`): a part of those that did, for a rate. */
  cohort?: true;
  /** Adds up this number of the detail instead of counting events. */
  sum?: string;
  /** The median of `seconds` is asked for too. */
  median?: true;
};

const TRAINING_CUTS = { agency: "agency", topic: "topic", country: "country", role: "role" } as const;

export const MEASURES = {
  "meetings.held": { actions: ["meeting.ended"], cuts: { label: "label", quorum: "quorum" } },
  "meetings.cancelled": { actions: ["meeting.cancelled", "meeting.cancelled_one"] },
  "meetings.attended": { actions: ["meeting.attended"], cuts: { agency: "agency" } },
  "meetings.missed": { actions: ["meeting.missed"], cuts: { agency: "agency" } },
  "meetings.decided": { actions: ["meeting.decided"], cuts: { label: "label" } },
  "meetings.withdrawn": { actions: ["meeting.decision_withdrawn"] },
  "meetings.minutes": { actions: ["minutes.approved"], median: true },

  "tasks.asked": { actions: ["task.asked"], cuts: { agency: "lead", priority: "priority", label: "label" } },
  "tasks.agreed": { actions: ["task.agreed"], cuts: { agency: "lead" }, median: true },
  "tasks.declined": { actions: ["task.declined"], cuts: { agency: "lead" } },
  "tasks.cancelled": { actions: ["task.cancelled"] },
  "tasks.done": { actions: ["task.done"], cuts: { agency: "lead", time: "time" }, median: true },
  "tasks.reopened": { actions: ["task.reopened"] },
  "tasks.closed": { actions: ["task.closed"] },

  "information.released": {
    actions: ["share.released"],
    cuts: { agency: "provider", kind: "kind", label: "label" },
  },
  "information.received": { actions: ["share.received"], cuts: { agency: "agency" } },
  "information.acknowledged": { actions: ["share.acknowledged"], cohort: true, cuts: { agency: "agency" } },
  "information.declined": { actions: ["share.declined"] },
  "information.outcomes": { actions: ["share.outcome_told"], cuts: { agency: "agency", kind: "code" } },
  "information.final": {
    actions: ["share.outcome_told"],
    where: { key: "closes", is: "true" },
    cohort: true,
    cuts: { agency: "agency" },
    median: true,
  },
  "information.tightened": { actions: ["share.tightened"] },
  "information.recalled": { actions: ["share.recalled"] },
  "information.breached": { actions: ["share.breached"] },
  "uses.asked": { actions: ["use.asked"] },
  "uses.granted": { actions: ["use.granted"] },
  "uses.refused": { actions: ["use.refused"] },
  // Drafts are nobody's but their agency's: a request counts once it is sent, and is decided the first time only.
  "requests.sent": {
    actions: ["request.send", "request.send_first"],
    cuts: { agency: "asks", kind: "kind", country: "country" },
  },
  "requests.first": { actions: ["request.send_first"] },
  "requests.acknowledged": { actions: ["request.acknowledge"], cuts: { agency: "asked" }, median: true },
  "requests.decided": {
    actions: ["request.agree", "request.accept_conditions", "request.refuse", "request.answer"],
    where: { key: "from", is: "received" },
    cuts: { agency: "asked" },
    median: true,
  },
  "requests.answered": {
    actions: ["request.answer", "request.agree", "request.accept_conditions"],
    where: { key: "to", is: "answered" },
    cuts: { agency: "asked", kind: "kind", country: "country" },
    median: true,
  },
  "requests.part": { actions: ["request.answer_part"] },
  "requests.refused": { actions: ["request.refuse"], cuts: { agency: "asked", ground: "code" } },
  "requests.postponed": { actions: ["request.postpone"] },
  "requests.withdrawn": { actions: ["request.withdraw"], where: { key: "sent", is: "true" } },
  "requests.closed": { actions: ["request.close"] },
  "requests.formalised": { actions: ["request.formalise"] },

  "matches.registered": { actions: ["match.registered"], cuts: { agency: "agency", kind: "kind" } },
  "matches.hits": { actions: ["match.hit"] },

  "training.needs": { actions: ["training.need"], cuts: TRAINING_CUTS },
  "training.offers": { actions: ["training.offer"], cuts: TRAINING_CUTS },
  "training.matched": { actions: ["training.matched"] },
  "training.held": { actions: ["training.held"], cuts: { topic: "topic" } },
  "training.people": { actions: ["training.attended"], cuts: { agency: "agency", topic: "topic" }, sum: "people" },
  "training.followed": { actions: ["training.followed"], cuts: { practice: "code" } },
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof MEASURES;
export const MEASURE_IDS = Object.keys(MEASURES) as MeasureId[];
export const measure = (id: MeasureId): Measure => MEASURES[id];

/** What stood at the end of the period, by the last event of each task before it. */
export const STOCKS = ["tasks.open", "tasks.overdue"] as const;
export type StockId = (typeof STOCKS)[number];

/**
 * What a reader may infer from: the stock at the end of a period is the one at its start, with these added and taken
 * away. Suppressed figures must not follow from it (suppress.ts).
 */
export const BALANCE = {
  stock: "tasks.open",
  plus: ["tasks.asked", "tasks.reopened"],
  minus: ["tasks.declined", "tasks.cancelled", "tasks.done"],
} as const satisfies { stock: StockId; plus: readonly MeasureId[]; minus: readonly MeasureId[] };

/** One count, or one line of its breakdown. */
export type Counted = { measure: MeasureId; cut?: Cut; key?: string };

export const SECTIONS = ["meetings", "tasks", "information", "requests", "matches", "training", "plan"] as const;
export type Section = (typeof SECTIONS)[number];

export type Figure = { section: Section } & (
  | { of: "count"; measure: MeasureId }
  | { of: "stock"; stock: StockId }
  /** Per cent: `part` of `part` and `rest` together. */
  | { of: "rate"; part: Counted; rest: readonly Counted[] }
  /** Per cent: `part` of `whole`, which holds it. */
  | { of: "share"; part: Counted; whole: Counted }
  /** Days. */
  | { of: "median"; measure: MeasureId }
  /** Of the plan as it stood at the end of the period. Every member knows it, so nothing of it is suppressed. */
  | { of: "plan"; plan: PlanCount }
);

export const PLAN_COUNTS = ["objectives", "achieved", "reached", "on_track", "behind", "no_answer", "overdue"] as const;
export type PlanCount = (typeof PLAN_COUNTS)[number];

const count = (section: Section, id: MeasureId): Figure => ({ section, of: "count", measure: id });

/** Whatever a rate is worked out from is printed too, as a figure or a line of a table, and may be suppressed there. */
export const FIGURES = {
  "meetings.held": count("meetings", "meetings.held"),
  "meetings.cancelled": count("meetings", "meetings.cancelled"),
  "meetings.attended": count("meetings", "meetings.attended"),
  "meetings.missed": count("meetings", "meetings.missed"),
  "meetings.attendance": {
    section: "meetings",
    of: "rate",
    part: { measure: "meetings.attended" },
    rest: [{ measure: "meetings.missed" }],
  },
  "meetings.quorate": {
    section: "meetings",
    of: "rate",
    part: { measure: "meetings.held", cut: "quorum", key: "yes" },
    rest: [{ measure: "meetings.held", cut: "quorum", key: "no" }],
  },
  "meetings.decided": count("meetings", "meetings.decided"),
  "meetings.withdrawn": count("meetings", "meetings.withdrawn"),
  "meetings.minutes": count("meetings", "meetings.minutes"),
  "meetings.minutes_days": { section: "meetings", of: "median", measure: "meetings.minutes" },

  "tasks.asked": count("tasks", "tasks.asked"),
  "tasks.agreed": count("tasks", "tasks.agreed"),
  "tasks.agreed_days": { section: "tasks", of: "median", measure: "tasks.agreed" },
  "tasks.declined": count("tasks", "tasks.declined"),
  "tasks.cancelled": count("tasks", "tasks.cancelled"),
  "tasks.done": count("tasks", "tasks.done"),
  "tasks.done_days": { section: "tasks", of: "median", measure: "tasks.done" },
  "tasks.in_time": {
    section: "tasks",
    of: "rate",
    part: { measure: "tasks.done", cut: "time", key: "in_time" },
    rest: [{ measure: "tasks.done", cut: "time", key: "late" }],
  },
  "tasks.reopened": count("tasks", "tasks.reopened"),
  "tasks.closed": count("tasks", "tasks.closed"),
  "tasks.open": { section: "tasks", of: "stock", stock: "tasks.open" },
  "tasks.overdue": { section: "tasks", of: "stock", stock: "tasks.overdue" },

  "information.released": count("information", "information.released"),
  "information.received": count("information", "information.received"),
  "information.acknowledged": count("information", "information.acknowledged"),
  "information.acknowledgement": {
    section: "information",
    of: "share",
    part: { measure: "information.acknowledged" },
    whole: { measure: "information.received" },
  },
  "information.declined": count("information", "information.declined"),
  "information.outcomes": count("information", "information.outcomes"),
  "information.final": count("information", "information.final"),
  "information.outcome_rate": {
    section: "information",
    of: "share",
    part: { measure: "information.final" },
    whole: { measure: "information.received" },
  },
  "information.final_days": { section: "information", of: "median", measure: "information.final" },
  "information.tightened": count("information", "information.tightened"),
  "information.recalled": count("information", "information.recalled"),
  "information.breached": count("information", "information.breached"),
  "uses.asked": count("information", "uses.asked"),
  "uses.granted": count("information", "uses.granted"),
  "uses.refused": count("information", "uses.refused"),
  "requests.sent": count("requests", "requests.sent"),
  "requests.first": count("requests", "requests.first"),
  "requests.acknowledged": count("requests", "requests.acknowledged"),
  "requests.acknowledged_days": { section: "requests", of: "median", measure: "requests.acknowledged" },
  "requests.decided": count("requests", "requests.decided"),
  "requests.decided_days": { section: "requests", of: "median", measure: "requests.decided" },
  "requests.answered": count("requests", "requests.answered"),
  "requests.answered_days": { section: "requests", of: "median", measure: "requests.answered" },
  "requests.part": count("requests", "requests.part"),
  "requests.refused": count("requests", "requests.refused"),
  "requests.postponed": count("requests", "requests.postponed"),
  "requests.withdrawn": count("requests", "requests.withdrawn"),
  "requests.closed": count("requests", "requests.closed"),
  "requests.formalised": count("requests", "requests.formalised"),
  "matches.registered": count("matches", "matches.registered"),
  "matches.hits": count("matches", "matches.hits"),
  "training.needs": count("training", "training.needs"),
  "training.offers": count("training", "training.offers"),
  "training.matched": count("training", "training.matched"),
  "training.held": count("training", "training.held"),
  "training.people": count("training", "training.people"),
  "training.followed": count("training", "training.followed"),
  "plan.objectives": { section: "plan", of: "plan", plan: "objectives" },
  "plan.achieved": { section: "plan", of: "plan", plan: "achieved" },
  "plan.reached": { section: "plan", of: "plan", plan: "reached" },
  "plan.on_track": { section: "plan", of: "plan", plan: "on_track" },
  "plan.behind": { section: "plan", of: "plan", plan: "behind" },
  "plan.no_answer": { section: "plan", of: "plan", plan: "no_answer" },
  "plan.overdue": { section: "plan", of: "plan", plan: "overdue" },
} as const satisfies Record<string, Figure>;

export type FigureId = keyof typeof FIGURES;
export const FIGURE_IDS = Object.keys(FIGURES) as FigureId[];
export const figure = (id: FigureId): Figure => FIGURES[id];

/** A breakdown: of one count this period and the one before, or of several side by side in this period. */
export type Table = { section: Section | "agencies"; cut: Cut; columns: readonly MeasureId[]; compared: boolean };

export const TABLES = {
  "meetings.by_label": { section: "meetings", cut: "label", columns: ["meetings.held"], compared: true },
  "meetings.by_quorum": { section: "meetings", cut: "quorum", columns: ["meetings.held"], compared: true },
  "tasks.by_priority": { section: "tasks", cut: "priority", columns: ["tasks.asked"], compared: true },
  "tasks.by_time": { section: "tasks", cut: "time", columns: ["tasks.done"], compared: true },
  "information.by_kind": { section: "information", cut: "kind", columns: ["information.released"], compared: true },
  "information.by_label": { section: "information", cut: "label", columns: ["information.released"], compared: true },
  "information.by_outcome": { section: "information", cut: "kind", columns: ["information.outcomes"], compared: true },
  "requests.by_kind": {
    section: "requests",
    cut: "kind",
    columns: ["requests.sent", "requests.answered"],
    compared: false,
  },
  "requests.by_country": {
    section: "requests",
    cut: "country",
    columns: ["requests.sent", "requests.answered"],
    compared: false,
  },
  "requests.by_ground": { section: "requests", cut: "ground", columns: ["requests.refused"], compared: true },
  "matches.by_kind": { section: "matches", cut: "kind", columns: ["matches.registered"], compared: true },
  "training.by_topic": {
    section: "training",
    cut: "topic",
    columns: ["training.needs", "training.offers", "training.held", "training.people"],
    compared: false,
  },
  "training.by_country": {
    section: "training",
    cut: "country",
    columns: ["training.needs", "training.offers"],
    compared: false,
  },
  "training.by_role": {
    section: "training",
    cut: "role",
    columns: ["training.needs", "training.offers"],
    compared: false,
  },
  "training.by_practice": { section: "training", cut: "practice", columns: ["training.followed"], compared: true },
  "agencies.meetings": {
    section: "agencies",
    cut: "agency",
    columns: ["meetings.attended", "meetings.missed"],
    compared: false,
  },
  "agencies.tasks": {
    section: "agencies",
    cut: "agency",
    columns: ["tasks.asked", "tasks.agreed", "tasks.declined", "tasks.done"],
    compared: false,
  },
  /** What each gave, what it was given, and what it told came of it (the reciprocity of para 17). */
  "agencies.information": {
    section: "agencies",
    cut: "agency",
    columns: ["information.released", "information.received", "information.outcomes", "information.final"],
    compared: false,
  },
  /** What each asked of other States' authorities, and what it did with what was asked of it. */
  "agencies.requests": {
    section: "agencies",
    cut: "agency",
    columns: [
      ...(["requests.sent", "requests.acknowledged", "requests.decided", "requests.answered"] as const),
      "requests.refused",
    ],
    compared: false,
  },
  "agencies.training": {
    section: "agencies",
    cut: "agency",
    columns: ["training.needs", "training.offers", "training.people"],
    compared: false,
  },
} as const satisfies Record<string, Table>;

export type TableId = keyof typeof TABLES;
export const TABLE_IDS = Object.keys(TABLES) as TableId[];
export const table = (id: TableId): Table => TABLES[id];
