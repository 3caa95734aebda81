import fc from "fast-check";
import {
  type Counted,
  type Cut,
  FIGURE_IDS,
  type Figure,
  figure,
  MEASURE_IDS,
  type MeasureId,
  measure,
  type StockId,
  TABLE_IDS,
  table,
} from "../../../src/reports/measures.js";
import type { Cell, Report } from "../../../src/reports/model.js";
import { type Period, periodBefore, range, readPeriod } from "../../../src/reports/period.js";

/**
 * What happened, day by day, in a body that is made up, and the report of any period counted from it in the plainest
 * way: one fact after the other. Whatever is counted belongs together as it does in the record: a task is asked before
 * it is done, what was acknowledged was received.
 */

/** Days since 1 January 2024. */
type At = number;
export type Fact = { measure: MeasureId; at: At; cuts: Partial<Record<Cut, string>>; since?: At; seconds?: number };
type Stood = { stock: StockId; from: At; until: At };
export type History = { facts: Fact[]; stood: Stood[] };

export const DAYS = 731;
const MIDNIGHT = 86_400_000;
export const dayAt = (at: At): string => new Date(Date.UTC(2024, 0, 1) + at * MIDNIGHT).toISOString().slice(0, 10);
export const atOf = (day: string): At => Math.round((Date.parse(day) - Date.UTC(2024, 0, 1)) / MIDNIGHT);

export const periodOf = (said: string): Period => {
  const read = readPeriod(said, dayAt(DAYS), "en");
  if (!read.ok) throw new Error(`${said}: ${read.reason}`);
  return read.period;
};

/** What a body did that met, asked and shared this much; `agencies` are numbered. */
export type Doings = {
  meetings: { at: At; label: string; quorum: boolean; there: boolean[]; decided: number; minutes: boolean }[];
  tasks: { at: At; lead: string; priority: string; label: string; steps: { after: number; act: TaskAct }[] }[];
  shares: { at: At; by: string; kind: string; label: string; to: Given[] }[];
  requests: { at: At; asks: string; asked: string; kind: string; country: string; first: boolean; steps: Step[] }[];
  others: { at: At; measure: MeasureId; agency: string; kind: string }[];
};
type TaskAct = "agreed" | "declined" | "cancelled" | "done" | "late" | "reopened" | "closed";
type Step = { after: number; act: "part" | "postponed" | "refused" | "answered" };
type Given = { to: string; acknowledged?: number; outcomes: { after: number; kind: string; final: boolean }[] };

const OTHERS = MEASURE_IDS.filter(
  (id) =>
    id.startsWith("uses.") || id.startsWith("matches.") || /cancelled|withdrawn|tightened|recalled|breached/.test(id),
).filter((id) => id !== "tasks.cancelled");

/** @param o `most`: doings of each sort; few of them make small cells, and many make large ones with small among them */
export function doings(o: { agencies: number; most: number; first?: At; last?: At }): fc.Arbitrary<Doings> {
  const at = fc.integer({ min: o.first ?? 366, max: o.last ?? DAYS - 1 });
  // The low numbers come oftener, so that some agencies do much and others nearly nothing.
  const agency = fc
    .tuple(fc.integer({ min: 0, max: o.agencies - 1 }), fc.integer({ min: 0, max: o.agencies - 1 }))
    .map(([a, b]) => `a${String(Math.min(a, b)).padStart(2, "0")}`);
  const label = fc.constantFrom("GREEN", "GREEN", "GREEN", "AMBER", "RED");
  const after = fc.integer({ min: 0, max: 40 });
  const many = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: Math.floor(o.most / 2), maxLength: o.most });
  const kind = fc.constantFrom("a", "a", "a", "b", "b", "c", "d");
  return fc.record({
    meetings: many(
      fc.record({
        at,
        label,
        quorum: fc.boolean(),
        there: fc.array(fc.boolean(), { minLength: o.agencies, maxLength: o.agencies }),
        decided: fc.integer({ min: 0, max: 3 }),
        minutes: fc.boolean(),
      }),
    ),
    tasks: many(
      fc.record({
        at,
        lead: agency,
        priority: fc.constantFrom("normal", "normal", "normal", "urgent", "low", "life-safety"),
        label,
        steps: fc.array(
          fc.record({
            after,
            act: fc.constantFrom<TaskAct>(
              "agreed",
              "agreed",
              "done",
              "done",
              "late",
              "declined",
              "cancelled",
              "reopened",
              "closed",
            ),
          }),
          { maxLength: 5 },
        ),
      }),
    ),
    shares: many(
      fc.record({
        at,
        by: agency,
        kind,
        label,
        to: fc.array(
          fc.record(
            {
              to: agency,
              acknowledged: after,
              outcomes: fc.array(fc.record({ after, kind, final: fc.boolean() }), { maxLength: 2 }),
            },
            { requiredKeys: ["to", "outcomes"] },
          ),
          { maxLength: 3 },
        ),
      }),
    ),
    requests: many(
      fc.record({
        ...{ at, asks: agency, asked: agency, kind, country: kind, first: fc.boolean() },
        steps: fc.array(
          fc.record({
            after,
            act: fc.constantFrom<Step["act"]>("part", "postponed", "refused", "answered", "answered"),
          }),
          { maxLength: 4 },
        ),
      }),
    ),
    others: many(fc.record({ at, measure: fc.constantFrom(...OTHERS), agency, kind })),
  });
}

export function historyOf({ meetings, tasks, shares, requests, others }: Doings): History {
  const facts: Fact[] = [];
  const stood: Stood[] = [];
  const put = (measure: MeasureId, at: At, cuts: Fact["cuts"] = {}, more: Partial<Fact> = {}) =>
    facts.push({ measure, at, cuts, ...more });
  for (const { at, label, quorum, there, decided, minutes } of meetings) {
    put("meetings.held", at, { label, quorum: quorum ? "yes" : "no" });
    there.forEach((one, n) => {
      put(one ? "meetings.attended" : "meetings.missed", at, { agency: `a${String(n).padStart(2, "0")}` });
    });
    for (let n = 0; n < decided; n++) put("meetings.decided", at, { label });
    if (minutes) put("meetings.minutes", at + 7, {}, { seconds: 7 * 86_400 });
  }
  for (const { at, lead, priority, label, steps } of tasks) {
    put("tasks.asked", at, { agency: lead, priority, label });
    let open: At | undefined = at;
    let agreed = false;
    let now = at;
    const close = () => {
      if (open === undefined) return;
      stood.push({ stock: "tasks.open", from: open, until: now });
      if (now > at + 30) stood.push({ stock: "tasks.overdue", from: Math.max(open, at + 30), until: now });
      open = undefined;
    };
    for (const { after, act } of steps) {
      now += after;
      const seconds = after * 86_400;
      if (act === "agreed" && open !== undefined && !agreed) {
        agreed = true;
        put("tasks.agreed", now, { agency: lead }, { seconds });
      } else if ((act === "done" || act === "late") && open !== undefined) {
        put("tasks.done", now, { agency: lead, time: act === "done" ? "in_time" : "late" }, { seconds });
        close();
      } else if ((act === "declined" || act === "cancelled") && open !== undefined) {
        put(`tasks.${act}`, now, act === "declined" ? { agency: lead } : {});
        close();
        break;
      } else if (act === "reopened" && open === undefined) {
        put("tasks.reopened", now);
        open = now;
      } else if (act === "closed" && open === undefined) {
        put("tasks.closed", now);
        break;
      }
    }
    now = 10_000;
    close();
  }
  for (const { at, by, kind, label, to } of shares) {
    put("information.released", at, { agency: by, kind, label });
    for (const { to: agency, acknowledged, outcomes } of to) {
      put("information.received", at, { agency });
      if (acknowledged === undefined) put("information.declined", at + 1);
      else put("information.acknowledged", at + acknowledged, { agency }, { since: at });
      for (const one of outcomes) {
        put("information.outcomes", at + one.after, { agency, kind: one.kind });
        // The final outcome is the last.
        if (one.final) {
          put("information.final", at + one.after, { agency }, { since: at, seconds: one.after * 86_400 });
          break;
        }
      }
    }
  }
  for (const { at, asks, asked: agency, kind, country, first, steps } of requests) {
    put("requests.sent", at, { agency: asks, kind, country });
    if (first) put("requests.first", at);
    let now = at;
    const lasted = () => ({ seconds: (now - at) * 86_400 });
    steps.forEach(({ after, act }, n) => {
      now += after;
      // Received before anything else is said of it; decided with the first word that is a yes or a no.
      if (n === 0) {
        put("requests.acknowledged", now, { agency }, lasted());
        return;
      }
      if (act === "part" || act === "postponed") put(`requests.${act}`, now);
      if (act === "refused") put("requests.refused", now, { agency, ground: kind });
      if (act === "answered") put("requests.answered", now, { agency, kind, country }, lasted());
      if (n === 1) put("requests.decided", now, { agency }, lasted());
    });
  }
  for (const { at, measure, agency, kind } of others) put(measure, at, { agency, kind });
  return { facts, stood };
}

type Tallies = {
  of: (what: Counted) => number;
  stock: (id: StockId) => number;
  median: (id: MeasureId) => number | null;
};

function tally({ facts, stood }: History, { first, last }: Period, made: At): Tallies {
  const [from, until] = [atOf(first), Math.min(atOf(last) + 1, made)];
  const counts = new Map<string, number>();
  const seconds = new Map<MeasureId, number[]>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const fact of facts) {
    if (fact.at < from || fact.at >= until) continue;
    if (measure(fact.measure).cohort && (fact.since ?? 0) < from) continue;
    add(fact.measure);
    for (const [cut, key] of Object.entries(fact.cuts)) add(`${fact.measure}|${cut}|${key}`);
    if (fact.seconds !== undefined) seconds.set(fact.measure, [...(seconds.get(fact.measure) ?? []), fact.seconds]);
  }
  return {
    of: (one) => counts.get(one.cut ? `${one.measure}|${one.cut}|${one.key}` : one.measure) ?? 0,
    stock: (id) => stood.filter((one) => one.stock === id && one.from < until && one.until >= until).length,
    median: (id) => {
      const all = (seconds.get(id) ?? []).sort((a, b) => a - b);
      return all.length === 0 ? null : tenths(all[Math.ceil(all.length / 2) - 1] ?? 0, 86_400);
    },
  };
}

const tenths = (part: number, whole: number): number => Math.floor((part * 20 + whole) / (whole * 2)) / 10;
const perCent = (part: number, whole: number): number | null => (whole === 0 ? null : tenths(part * 100, whole));

/** @param made the midnight at which it is counted; of a period that is not over, what there was until then */
export function reportOf(history: History, period: Period, made: At = DAYS): Report {
  const keys = new Map<string, Set<string>>();
  for (const { measure, cuts } of history.facts)
    for (const [cut, key] of Object.entries(cuts))
      keys.set(`${measure}|${cut}`, (keys.get(`${measure}|${cut}`) ?? new Set()).add(key));
  const now = tally(history, period, made);
  const before = tally(history, periodBefore(period), made);
  const report = reportFrom(period, now, before, (measure, cut) => [...(keys.get(`${measure}|${cut}`) ?? [])]);
  return { ...report, over: made > atOf(period.last), madeAt: `${dayAt(made)}T00:00:00.000Z` };
}

/** A report from whatever tells its counts; `keys` are the lines that a breakdown could have. */
function reportFrom(
  period: Period,
  now: Tallies,
  before: Tallies,
  keys: (measure: MeasureId, cut: Cut) => string[],
): Report {
  const tell = (of: Figure, from: Tallies): Cell => {
    switch (of.of) {
      case "count":
        return from.of(of);
      case "stock":
        return from.stock(of.stock);
      case "rate":
        return perCent(from.of(of.part), from.of(of.part) + of.rest.reduce((sum, one) => sum + from.of(one), 0));
      case "share":
        return perCent(from.of(of.part), from.of(of.whole));
      case "median":
        return from.median(of.measure);
      // Every member knows it: nothing of it is suppressed, and no activity is in it.
      case "plan":
        return 0;
    }
  };
  return {
    version: 1,
    period,
    before: periodBefore(period),
    zone: "UTC",
    over: true,
    madeAt: "2026-01-02T08:00:00.000Z",
    record: { event: 1 },
    figures: FIGURE_IDS.map((id) => ({
      id,
      section: figure(id).section,
      now: tell(figure(id), now),
      before: tell(figure(id), before),
    })),
    tables: TABLE_IDS.map((id) => {
      const { cut, columns, compared } = table(id);
      const periods = compared ? [now, before] : [now];
      const lines = [...new Set(columns.flatMap((one) => keys(one, cut)))].sort().map((key) => ({
        key,
        cells: columns.flatMap((measure) => periods.map((from) => from.of({ measure, cut, key }))),
      }));
      return { id, columns: [...columns], compared, lines: lines.filter(({ cells }) => cells.some((n) => n > 0)) };
    }),
    plan: { pillars: [], indicators: [] },
    agencies: {},
  };
}

export const MONTHS = Array.from({ length: 12 }, (_, n) => periodOf(`2025-${String(n + 1).padStart(2, "0")}`));
export const QUARTERS = [1, 2, 3, 4].map((n) => periodOf(`2025-Q${n}`));
export const YEAR = periodOf("2025");

/** Any days of 2025. */
export const oddRange = fc
  .tuple(fc.integer({ min: 366, max: DAYS - 1 }), fc.integer({ min: 0, max: 200 }))
  .map(([first, days]) => range(dayAt(first), dayAt(Math.min(first + days, DAYS - 1))));
/** As somebody types them: from the first of a month to the last of another. */
export const someMonths = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 6 }))
  .map(([month, n]) =>
    range(`2025-${String(month).padStart(2, "0")}-01`, MONTHS[Math.min(month + n - 2, 11)]?.last ?? "2025-12-31"),
  );
