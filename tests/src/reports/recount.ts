import type { FigureId, MeasureId, TableId } from "../../../src/reports/measures.js";
import type { Numbers } from "./readers.js";

/**
 * The activity summary counted a second time, from the definitions, by going through every event of the record: nothing
 * of src/reports is asked. A period is its days: an event is in it whose day, on the wall of the body, is.
 */

export type Raw = {
  id: number;
  body_id: string | null;
  at: Date;
  action: string;
  item_kind: string | null;
  item_id: string | null;
  code: string | null;
  detail: Record<string, string | number | boolean | null>;
};

/** How the plan stood is no count of what happened. */
export type Happened = Exclude<FigureId, `plan.${string}`>;

export type Days = { first: string; last: string };

type Seen = Raw & { day: string };

export class Recount {
  readonly #events: Seen[];
  readonly #dayOf: (at: Date) => string;

  constructor(events: readonly Raw[], body: string, zone: string) {
    const wall = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    this.#dayOf = (at) => wall.format(at);
    this.#events = events
      .filter((one) => one.body_id === body)
      .map((one) => ({ ...one, day: this.#dayOf(one.at) }))
      .sort((a, b) => a.id - b.id);
  }

  /** @param now what happens later has not happened yet */
  of(period: Days, before: Days, now: Date): Numbers {
    const [one, other] = [this.#span(period, now), this.#span(before, now)];
    const figures = Object.fromEntries(
      Object.entries(one.figures).map(([id, now]) => [id, { now, before: other.figures[id as Happened] }]),
    );
    const tables = Object.fromEntries(
      (Object.keys(COLUMNS) as TableId[]).map((id) => {
        const columns = one.tables[id].flatMap((column, n) =>
          COMPARED.has(id) ? [column, other.tables[id][n] ?? new Map<string, number>()] : [column],
        );
        const keys = new Set(columns.flatMap((column) => [...column.keys()]));
        return [id, Object.fromEntries([...keys].map((key) => [key, columns.map((column) => column.get(key) ?? 0)]))];
      }),
    );
    return { figures, tables };
  }

  get size(): number {
    return this.#events.length;
  }

  /** The last event of the record that may count. */
  lastOf({ last }: Days): number {
    let id = 0;
    for (const one of this.#events) if (one.day <= last) id = Math.max(id, one.id);
    return id;
  }

  #span({ first, last }: Days, now: Date) {
    const inIt = this.#events.filter((one) => one.day >= first && one.day <= last && one.at < now);
    const did = (...actions: string[]) => inIt.filter(({ action }) => actions.includes(action));
    const sinceIn = (one: Seen) =>
      typeof one.detail.since === "string" && this.#dayOf(new Date(one.detail.since)) >= first;

    const ended = did("meeting.ended");
    const came = did("meeting.attended");
    const missed = did("meeting.missed");
    const approved = did("minutes.approved");
    const asked = did("task.asked");
    const agreed = did("task.agreed");
    const declined = did("task.declined");
    const done = did("task.done");
    const released = did("share.released");
    const received = did("share.received");
    const acknowledged = did("share.acknowledged").filter(sinceIn);
    const told = did("share.outcome_told");
    // The outcome that ends it, once for each that received: what is told after that is one more outcome.
    const final = told.filter((one) => one.detail.closes === true && sinceIn(one));
    const registered = did("match.registered");
    const needs = did("training.need");
    const offers = did("training.offer");
    const held = did("training.held");
    // One for each agency of which somebody was there.
    const trained = did("training.attended");
    const followed = did("training.followed");
    const sent = did("request.send", "request.send_first");
    const receipts = did("request.acknowledge");
    const ends = did("request.agree", "request.accept_conditions", "request.refuse", "request.answer");
    // The first word on it: what was refused after it had been agreed was decided before.
    const decided = ends.filter(({ detail }) => detail.from === "received");
    const answers = ends.filter(({ action, detail }) => action !== "request.refuse" && detail.to === "answered");
    const refused = did("request.refuse");
    const open = this.#openAt(last, now);

    const figures: Record<Happened, number | null> = {
      "meetings.held": ended.length,
      "meetings.cancelled": did("meeting.cancelled", "meeting.cancelled_one").length,
      "meetings.attended": came.length,
      "meetings.missed": missed.length,
      "meetings.attendance": perCent(came.length, came.length + missed.length),
      "meetings.quorate": perCent(
        ended.filter(({ detail }) => detail.quorum === "yes").length,
        ended.filter(({ detail }) => detail.quorum !== "none").length,
      ),
      "meetings.decided": did("meeting.decided").length,
      "meetings.withdrawn": did("meeting.decision_withdrawn").length,
      "meetings.minutes": approved.length,
      "meetings.minutes_days": medianDays(approved),
      "tasks.asked": asked.length,
      "tasks.agreed": agreed.length,
      "tasks.agreed_days": medianDays(agreed),
      "tasks.declined": declined.length,
      "tasks.cancelled": did("task.cancelled").length,
      "tasks.done": done.length,
      "tasks.done_days": medianDays(done),
      "tasks.in_time": perCent(
        done.filter(({ detail }) => detail.time === "in_time").length,
        done.filter(({ detail }) => detail.time !== "open").length,
      ),
      "tasks.reopened": did("task.reopened").length,
      "tasks.closed": did("task.closed").length,
      "tasks.open": open.length,
      "tasks.overdue": open.filter(({ due }) => due !== undefined && this.#dayOf(due) <= last && due < now).length,
      "information.released": released.length,
      "information.received": received.length,
      "information.acknowledged": acknowledged.length,
      "information.acknowledgement": perCent(acknowledged.length, received.length),
      "information.declined": did("share.declined").length,
      "information.outcomes": told.length,
      "information.final": final.length,
      "information.outcome_rate": perCent(final.length, received.length),
      "information.final_days": medianDays(final),
      "information.tightened": did("share.tightened").length,
      "information.recalled": did("share.recalled").length,
      "information.breached": did("share.breached").length,
      "uses.asked": did("use.asked").length,
      "uses.granted": did("use.granted").length,
      "uses.refused": did("use.refused").length,
      "requests.sent": sent.length,
      "requests.first": did("request.send_first").length,
      "requests.acknowledged": receipts.length,
      "requests.acknowledged_days": medianDays(receipts),
      "requests.decided": decided.length,
      "requests.decided_days": medianDays(decided),
      "requests.answered": answers.length,
      "requests.answered_days": medianDays(answers),
      "requests.part": did("request.answer_part").length,
      "requests.refused": refused.length,
      "requests.postponed": did("request.postpone").length,
      "requests.withdrawn": did("request.withdraw").filter(({ detail }) => detail.sent === true).length,
      "requests.closed": did("request.close").length,
      "requests.formalised": did("request.formalise").length,
      "matches.registered": registered.length,
      "matches.hits": did("match.hit").length,
      "training.needs": needs.length,
      "training.offers": offers.length,
      "training.matched": did("training.matched").length,
      "training.held": held.length,
      "training.people": trained.reduce((sum, one) => sum + people(one), 0),
      "training.followed": followed.length,
    };

    const tables: Record<TableId, Map<string, number>[]> = {
      "meetings.by_label": [tally(ended, "label")],
      "meetings.by_quorum": [tally(ended, "quorum")],
      "tasks.by_priority": [tally(asked, "priority")],
      "tasks.by_time": [tally(done, "time")],
      "information.by_kind": [tally(released, "kind")],
      "information.by_label": [tally(released, "label")],
      "information.by_outcome": [tallyBy(told, ({ code }) => code)],
      "requests.by_kind": [sent, answers].map((events) => tally(events, "kind")),
      "requests.by_country": [sent, answers].map((events) => tally(events, "country")),
      "requests.by_ground": [tallyBy(refused, ({ code }) => code)],
      "agencies.requests": [
        tally(sent, "asks"),
        ...[receipts, decided, answers, refused].map((events) => tally(events, "asked")),
      ],
      "matches.by_kind": [tally(registered, "kind")],
      // Who came or did not.
      "agencies.meetings": [tally(came, "agency"), tally(missed, "agency")],
      // By whom it is asked of.
      "agencies.tasks": [asked, agreed, declined, done].map((events) => tally(events, "lead")),
      // By who gave, then by who was given.
      "agencies.information": [
        tally(released, "provider"),
        ...[received, told, final].map((events) => tally(events, "agency")),
      ],
      "training.by_topic": [
        ...[needs, offers, held].map((events) => tally(events, "topic")),
        tally(trained, "topic", people),
      ],
      "training.by_country": [needs, offers].map((events) => tally(events, "country")),
      "training.by_role": [needs, offers].map((events) => tally(events, "role")),
      "training.by_practice": [tallyBy(followed, ({ code }) => code)],
      // By whose need or offer it is, then by who came.
      "agencies.training": [
        ...[needs, offers].map((events) => tally(events, "agency")),
        tally(trained, "agency", people),
      ],
    };
    return { figures, tables };
  }

  /** Tasks that are asked or agreed by the last that was heard of each. */
  #openAt(last: string, now: Date): { due?: Date }[] {
    const tasks = new Map<string, { state: string; due?: Date }>();
    for (const { day, at, action, item_kind, item_id, detail } of this.#events) {
      if (item_kind !== "task" || item_id === null || day > last || at >= now) continue;
      const to = action === "task.asked" ? "asked" : detail.to;
      if (typeof to !== "string") continue;
      tasks.set(item_id, { state: to, ...(detail.due ? { due: new Date(String(detail.due)) } : {}) });
    }
    return [...tasks.values()].filter(({ state }) => state === "asked" || state === "agreed");
  }
}

export const COLUMNS: Record<TableId, MeasureId[]> = {
  "meetings.by_label": ["meetings.held"],
  "meetings.by_quorum": ["meetings.held"],
  "tasks.by_priority": ["tasks.asked"],
  "tasks.by_time": ["tasks.done"],
  "information.by_kind": ["information.released"],
  "information.by_label": ["information.released"],
  "information.by_outcome": ["information.outcomes"],
  "matches.by_kind": ["matches.registered"],
  "requests.by_kind": ["requests.sent", "requests.answered"],
  "requests.by_country": ["requests.sent", "requests.answered"],
  "requests.by_ground": ["requests.refused"],
  "agencies.requests": [
    ...(["requests.sent", "requests.acknowledged", "requests.decided", "requests.answered"] as const),
    "requests.refused",
  ],
  "agencies.meetings": ["meetings.attended", "meetings.missed"],
  "agencies.tasks": ["tasks.asked", "tasks.agreed", "tasks.declined", "tasks.done"],
  "agencies.information": ["information.released", "information.received", "information.outcomes", "information.final"],
  "training.by_topic": ["training.needs", "training.offers", "training.held", "training.people"],
  "training.by_country": ["training.needs", "training.offers"],
  "training.by_role": ["training.needs", "training.offers"],
  "training.by_practice": ["training.followed"],
  "agencies.training": ["training.needs", "training.offers", "training.people"],
};

/** Those that show the period before too. */
const COMPARED: ReadonlySet<TableId> = new Set<TableId>([
  ...(["meetings.by_label", "meetings.by_quorum", "tasks.by_priority", "tasks.by_time"] as const),
  ...(["information.by_kind", "information.by_label", "information.by_outcome", "matches.by_kind"] as const),
  "training.by_practice",
  "requests.by_ground",
]);

/** How many of an agency were there. */
const people = ({ detail }: Seen): number => Number(detail.people);

type Amount = (one: Seen) => number;
const each: Amount = () => 1;

const tally = (events: readonly Seen[], key: string, amount = each) =>
  tallyBy(events, ({ detail }) => detail[key], amount);

/** Where nobody told it, the line is "not told": `unsaid`. */
function tallyBy(
  events: readonly Seen[],
  by: (one: Seen) => string | number | boolean | null | undefined,
  amount = each,
) {
  const found = new Map<string, number>();
  for (const one of events) {
    const key = String(by(one) ?? "unsaid");
    found.set(key, (found.get(key) ?? 0) + amount(one));
  }
  return found;
}

/** One decimal, a half upwards, by division with a remainder. */
function tenths(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return ((dividend - rest) / divisor + (rest * 2 >= divisor ? 1 : 0)) / 10;
}

const perCent = (part: number, whole: number): number | null => (whole === 0 ? null : tenths(part * 1_000, whole));

/** Of an even number the lower of the two in the middle. */
function medianDays(events: readonly Seen[]): number | null {
  const seconds = events.map(({ detail }) => Number(detail.seconds)).sort((a, b) => a - b);
  const middle = seconds[Math.ceil(seconds.length / 2) - 1];
  // A tenth of a day.
  return middle === undefined ? null : tenths(middle, 8_640);
}
