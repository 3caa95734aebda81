import { refuse } from "../lib/refusal.js";
import { agencyCalendar } from "../people/model.js";
import type { RequestDate, RequestDates, RequestFlag, RequestKind } from "../store/request-tables.js";
import { addWorkingDays, dayOf } from "../time/index.js";
import { localTimeOf, plusDays, resolve, splitDay } from "../time/local.js";
import { type Clock, clockRow } from "./clocks.js";
import { saidIn } from "./fields.js";
import type { CoopRequest } from "./model.js";

/**
 * Days that clocks run from or to, beside those of the states: an arrest, a surrender, a hearing. The side that is asked
 * says them, since it arrests, surrenders and hears; where it is not on Coord, the side that asks records them.
 */
export type DateRow = {
  kind: RequestKind;
  /** It lies ahead and can be moved; any other has happened. */
  fixed?: true;
  /** With the time of the day. */
  timed?: true;
  /** Something must be said with it: minutes, or why. */
  told?: true;
};

export const DATES: Readonly<Record<RequestDate, DateRow>> = {
  arrested: { kind: "extradition" },
  consented: { kind: "extradition" },
  surrender: { kind: "extradition", fixed: true },
  surrendered: { kind: "extradition" },
  released: { kind: "extradition" },
  hearing: { kind: "video_testimony", fixed: true, timed: true },
  summoned: { kind: "video_testimony" },
  tested: { kind: "video_testimony" },
  failed: { kind: "video_testimony", told: true },
  held: { kind: "video_testimony", told: true },
};

export const DATE_NAMES = Object.keys(DATES) as RequestDate[];
export const isDateName = (name: string): name is RequestDate => Object.hasOwn(DATES, name);

export const datesOf = (kind: RequestKind, fixed: boolean): RequestDate[] =>
  DATE_NAMES.filter((name) => DATES[name].kind === kind && (DATES[name].fixed === true) === fixed);

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

type Dated = Pick<CoopRequest, "kind" | "dates" | "content">;

/** A hearing is first when the request asks for it. */
export function dateOf({ kind, dates, content }: Dated, name: RequestDate): Date | undefined {
  const asked = kind === "video_testimony" && name === "hearing" ? saidIn(content, "hearing_at") : "";
  const said = dates[name] ?? asked;
  return said === "" ? undefined : new Date(said);
}

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
const awaitsHearing = ({ dates, state }: CoopRequest): boolean =>
  ["received", "agreed"].includes(state) && !dates.held && !dates.failed;

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
  ...(["hearing", "surrender"] as const).map(
    (from): DatedClock => ({
      ...{ clock: "request.came_of_it", from, tells: "both", daysBefore: [0] },
      runs: (one) => isOutstanding(one, from),
    }),
  ),
];

/** Clocks that only remind: their days stand on the card already. */
export const isAside = ({ clock }: Pick<DatedClock, "clock">): boolean =>
  clock === "video.hearing" || clock === "request.came_of_it";

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

export type RunningDate = DatedClock & { day: Date; end: Date };

/** Those that count now, the one that ends first before the others. */
export const runningDates = (one: CoopRequest): RunningDate[] =>
  DATED_CLOCKS.flatMap((dated): RunningDate[] => {
    const day = DATES[dated.from].kind === one.kind && dated.runs(one) ? dateOf(one, dated.from) : undefined;
    return day ? [{ ...dated, day, end: endOfDated(dated, day, one) }] : [];
  }).sort((a, b) => a.end.getTime() - b.end.getTime());

/** A day that was fixed and is over, of which nobody has said what came of it. */
export function unsettledDate(one: CoopRequest, now: Date): RequestDate | undefined {
  const over = (name: RequestDate): boolean => {
    const day = DATES[name].kind === one.kind ? dateOf(one, name) : undefined;
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
