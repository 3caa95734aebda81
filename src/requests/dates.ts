import { refuse } from "../lib/refusal.js";
import { agencyCalendar } from "../people/model.js";
import type { RequestDate, RequestDates, RequestFlag, RequestKind } from "../store/request-tables.js";
import { addWorkingDays, dayOf, isDay } from "../time/index.js";
import { localTimeOf, plusDays, resolve, splitDay } from "../time/local.js";
import { type Clock, clockRow } from "./clocks.js";
import { saidIn } from "./fields.js";
import { KINDS } from "./kinds.js";
import { type CoopRequest, UNDER_WAY } from "./model.js";

/**
 * Days that clocks run from or to, beside those of the states: an arrest, a surrender, a hearing. The side that is asked
 * says them, since it arrests, surrenders and hears; where it is not on Coord, the side that asks records them.
 */
export type DateRow = {
  kinds: readonly RequestKind[];
  /** It lies ahead and can be moved; any other has happened. */
  fixed?: true;
  /** It stands in the request, or the side that asks says it by an act of its own. */
  asking?: true;
  /** With the time of the day. */
  timed?: true;
  /** Something must be said with it: minutes, or why. */
  told?: true;
};

export const DATES: Readonly<Record<RequestDate, DateRow>> = {
  arrested: { kinds: ["extradition"] },
  consented: { kinds: ["extradition"] },
  surrender: { kinds: ["extradition"], fixed: true },
  surrendered: { kinds: ["extradition"] },
  released: { kinds: ["extradition"] },
  hearing: { kinds: ["video_testimony"], fixed: true, timed: true },
  summoned: { kinds: ["video_testimony"] },
  tested: { kinds: ["video_testimony", "border_channel"] },
  failed: { kinds: ["video_testimony"], told: true },
  held: { kinds: ["video_testimony"], told: true },
  signed: { kinds: ["joint_investigation"] },
  reviewed: { kinds: ["joint_investigation"] },
  ends: { kinds: ["joint_investigation", "border_channel", "stay"], fixed: true },
  assessed: { kinds: ["witness_protection"] },
  told: { kinds: ["stay"], asking: true },
  reflection: { kinds: ["stay"], fixed: true, asking: true },
  order: { kinds: ["special_technique"], fixed: true, timed: true, asking: true },
};

export const DATE_NAMES = Object.keys(DATES) as RequestDate[];
export const isDateName = (name: string): name is RequestDate => Object.hasOwn(DATES, name);

export const datesOf = (kind: RequestKind, fixed: boolean): RequestDate[] =>
  DATE_NAMES.filter((name) => isOf(name, kind) && !DATES[name].asking && (DATES[name].fixed === true) === fixed);

/** Whether requests of a kind have such a date. */
export const isOf = (name: RequestDate, kind: RequestKind): boolean => DATES[name].kinds.includes(kind);

/** What another day takes the place of: what was said of a hearing is not said of the next one. */
const UNDOES: Partial<Record<RequestDate, readonly RequestDate[]>> = {
  hearing: ["summoned", "tested", "failed", "held"],
  arrested: ["consented", "released"],
  surrender: ["surrendered", "released"],
};

export function withDate(dates: RequestDates, name: RequestDate, at: Date): RequestDates {
  const kept = Object.entries(dates).filter(([other]) => !UNDOES[name]?.includes(other as RequestDate));
  return { ...Object.fromEntries(kept), [name]: at.toISOString() };
}

type Dated = Pick<CoopRequest, "kind" | "dates" | "content" | "decidedAt">;

/** The field of a request that says a date first, until another is said: a hearing is first when it is asked for. */
const ASKED: Partial<Record<RequestDate, Partial<Record<RequestKind, string>>>> = {
  hearing: { video_testimony: "hearing_at" },
  ends: { joint_investigation: "period_until", border_channel: "channel_until" },
  told: { stay: "told_on" },
  reflection: { stay: "reflection_until" },
  order: { special_technique: "order_until" },
};

/** What is done again and again is first due so long after the decision: a test call, a look at the threat. */
const FROM_DECISION: Partial<Record<RequestDate, RequestKind>> = {
  ...{ tested: "border_channel", assessed: "witness_protection" },
};

export function dateOf({ kind, dates, content, decidedAt }: Dated, name: RequestDate): Date | undefined {
  const field = ASKED[name]?.[kind];
  const said = dates[name] ?? (field === undefined ? "" : saidIn(content, field));
  if (said === "") return FROM_DECISION[name] === kind ? decidedAt : undefined;
  return new Date(isDay(said) ? `${said}T12:00:00Z` : said);
}

/** Later than any day that is said. */
const WITHOUT_END = new Date("9999-12-31T00:00:00Z");

/** Until when goes on what its answer began: a team, a line, a permission. Absent: it began nothing that lasts. */
export const goesOnUntil = (one: Dated & Pick<CoopRequest, "state">): Date | undefined =>
  one.state === "answered" && KINDS[one.kind].lasts ? (dateOf(one, "ends") ?? WITHOUT_END) : undefined;

/** It goes on: nobody's turn it is until its last day. */
export const isLasting = ({ goesOnUntil: until }: Pick<CoopRequest, "goesOnUntil">, now: Date): boolean =>
  until !== undefined && until > now;

export type DatedClock = {
  clock: Clock;
  from: RequestDate;
  /** Whether it counts still. */
  runs: (one: CoopRequest) => boolean;
  /** Who is told before its end, and so many days before. */
  tells: "both" | "asked";
  daysBefore: readonly number[];
};

/** "Alarm to both sides 7, 3, 1 days before." */
const ALARM = [7, 3, 1] as const;

const awaitsPapers = ({ dates, flags, state }: CoopRequest): boolean =>
  flags.includes("owes_paper") && state !== "refused" && !dates.released;
const notTaken = ({ dates, flags, state }: CoopRequest): boolean =>
  !dates.surrendered && !dates.released && state !== "refused" && !flags.includes("postponed");
const undecided = ({ dates, state }: CoopRequest): boolean =>
  state === "received" && !dates.consented && !dates.released;
const lasting = ({ state }: CoopRequest): boolean => state === "answered";
const isTeam = ({ state, dates }: CoopRequest): boolean =>
  dates.signed !== undefined && (state === "agreed" || state === "answered");
const undecidedStay = ({ state }: CoopRequest): boolean => ["sent", "received"].includes(state);
const awaitsHearing = ({ dates, state }: CoopRequest): boolean =>
  ["received", "agreed"].includes(state) && !dates.held && !dates.failed;

/** The order counts as long as what rests on it is asked for or runs. */
const mayRun = ({ state, flags }: CoopRequest): boolean => UNDER_WAY.includes(state) && !flags.includes("stopped");

/** The clocks that run from or to such a day (ETS 24 art 16, 18; CETS 209 art 6). */
export const DATED_CLOCKS: readonly DatedClock[] = [
  { clock: "extradition.consent_notice", from: "arrested", runs: undecided, tells: "asked", daysBefore: [3, 1] },
  { clock: "extradition.arrest_soft", from: "arrested", runs: awaitsPapers, tells: "both", daysBefore: ALARM },
  { clock: "extradition.arrest_hard", from: "arrested", runs: awaitsPapers, tells: "both", daysBefore: ALARM },
  { clock: "extradition.pick_up", from: "surrender", runs: notTaken, tells: "both", daysBefore: ALARM },
  { clock: "extradition.pick_up_hard", from: "surrender", runs: notTaken, tells: "both", daysBefore: ALARM },
  {
    ...{ clock: "video.summons", from: "hearing", tells: "asked", daysBefore: [3, 0] },
    runs: (one) => awaitsHearing(one) && !one.dates.summoned,
  },
  {
    ...{ clock: "video.test", from: "hearing", tells: "both", daysBefore: [3, 0] },
    runs: (one) => awaitsHearing(one) && !one.dates.tested,
  },
  { clock: "video.hearing", from: "hearing", runs: awaitsHearing, tells: "both", daysBefore: [0] },
  // For a limited period, longer by mutual consent (EU MLA Convention 2000 art 13(1)).
  { clock: "jit.end", from: "ends", runs: isTeam, tells: "both", daysBefore: [0] },
  {
    clock: "jit.review",
    from: "signed",
    runs: (one) => isTeam(one) && !one.dates.reviewed,
    tells: "both",
    daysBefore: [7, 0],
  },
  { clock: "jit.review", from: "reviewed", runs: isTeam, tells: "both", daysBefore: [7, 0] },
  { clock: "sit.authorisation", from: "order", runs: mayRun, tells: "both", daysBefore: ALARM },
  {
    ...{ clock: "stay.reflection", from: "told", tells: "both", daysBefore: [3, 0] },
    runs: (one) => undecidedStay(one) && dateOf(one, "reflection") === undefined,
  },
  { clock: "stay.reflection_ends", from: "reflection", runs: undecidedStay, tells: "both", daysBefore: [3, 0] },
  { clock: "stay.review", from: "ends", runs: lasting, tells: "both", daysBefore: [0] },
  { clock: "witness.threat_review", from: "assessed", runs: lasting, tells: "both", daysBefore: [3, 0] },
  { clock: "border.test", from: "tested", runs: lasting, tells: "both", daysBefore: [0] },
  { clock: "border.review", from: "ends", runs: lasting, tells: "both", daysBefore: [0] },
  ...(["hearing", "surrender"] as const).map(
    (from): DatedClock => ({
      ...{ clock: "request.came_of_it", from, tells: "both", daysBefore: [0] },
      runs: (one) => isOutstanding(one, from),
    }),
  ),
];

/** Clocks that only remind: their days stand on the card already. */
export const isAside = ({ clock }: Pick<DatedClock, "clock">): boolean => ASIDE.includes(clock);

const ASIDE: readonly Clock[] = ["video.hearing", "request.came_of_it", "sit.authorisation", "stay.reflection_ends"];

/**
 * When a clock ends that runs from a day, or back from it: at the same time of the day there, also over a change of the
 * clock; working days are those of whoever is asked.
 */
export function endOfDated({ clock }: Pick<DatedClock, "clock">, from: Date, one: CoopRequest): Date {
  const { amount, before } = clockRow(clock);
  const calendar = agencyCalendar(one.to ?? one.from, from.getUTCFullYear());
  const { zone } = calendar;
  const day = plusDays(dayOf(from, zone), before === undefined ? amount : -amount);
  const then = resolve({ ...localTimeOf(from, zone), ...splitDay(day) }, zone).at;
  return (before === "working_days" && addWorkingDays(calendar, from, -amount)) || then;
}

/** Of the kinds that have such a date each has clocks of its own, but for those that ask what came of it. */
const counts = ({ clock, from }: DatedClock, { kind }: CoopRequest): boolean =>
  isOf(from, kind) && (OWN[clock.split(".")[0] ?? ""] ?? kind) === kind;

const OWN: Readonly<Record<string, RequestKind>> = {
  ...{ video: "video_testimony", jit: "joint_investigation", stay: "stay", border: "border_channel" },
};

export type RunningDate = DatedClock & { day: Date; end: Date };

/** Those that count now, the one that ends first before the others. */
export const runningDates = (one: CoopRequest): RunningDate[] => {
  const last = dateOf(one, "ends");
  return DATED_CLOCKS.flatMap((dated): RunningDate[] => {
    const day = counts(dated, one) && dated.runs(one) ? dateOf(one, dated.from) : undefined;
    const end = day && endOfDated(dated, day, one);
    // After the last day of what lasts nothing is tried or looked at any more.
    return day && end && (!last || end <= last) ? [{ ...dated, day, end }] : [];
  }).sort((a, b) => a.end.getTime() - b.end.getTime());
};

/** A day that was fixed and is over, of which nobody has said what came of it. */
export function unsettledDate(one: CoopRequest, now: Date): RequestDate | undefined {
  const over = (name: RequestDate): boolean => {
    const day = isOf(name, one.kind) ? dateOf(one, name) : undefined;
    return day !== undefined && day <= now;
  };
  return (["hearing", "surrender"] as const).find((name) => over(name) && isOutstanding(one, name));
}

/** Once it was agreed to: nobody has said yet whether it was held, or whether the person was taken over. */
function isOutstanding({ state, dates }: CoopRequest, name: "hearing" | "surrender"): boolean {
  if (state !== "agreed" && state !== "answered") return false;
  return name === "hearing" ? !dates.held && !dates.failed : !dates.surrendered && !dates.released;
}

/**
 * A simplified surrender needs no request with its papers: where the person consents, the decision settles what is owed
 * (CETS 209 art 2(1)).
 */
export function settledByConsent({ dates, flags }: Pick<CoopRequest, "dates" | "flags">): {
  clear: RequestFlag[];
  patch: { paper_due_at?: null };
} {
  const settled = dates.consented !== undefined && flags.includes("owes_paper");
  return settled ? { clear: ["owes_paper"], patch: { paper_due_at: null } } : { clear: [], patch: {} };
}

/** @throws Refusal that says which dates this kind of request has */
export function checkDateName(one: CoopRequest, name: RequestDate, fixed: boolean): void {
  const names = datesOf(one.kind, fixed);
  if (!names.includes(name))
    refuse((t) =>
      t.errors.requestDateName({
        ...{ ref: one.ref, kind: t.requests.kinds[one.kind], date: t.requests.dates[name] },
        names: names.map((other) => `${other} (${t.requests.dates[other]})`),
      }),
    );
}
