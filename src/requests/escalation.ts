import { addDays, addMinutes, max } from "date-fns";
import { readPolicy } from "../escalation/notation.js";
import { type ScheduledStep, type StepRule, scheduledSteps } from "../escalation/schedule.js";
import { scheduleSteps } from "../escalation/store.js";
import { type Agency, agencyCalendar, bodyCalendar } from "../people/model.js";
import type { RequestUrgency } from "../store/request-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { addWorkingDays, type WorkCalendar, workingMoment } from "../time/index.js";
import { dateOf, isLasting, type RunningDate, runningDates } from "./dates.js";
import { KINDS } from "./kinds.js";
import { type CoopRequest, isAtOnce, itemOf, UNDER_WAY } from "./model.js";

/** The steps about the end of the clock, in the notation in which people write policies (docs/reminders.md). */
const DEFAULTS: Record<RequestUrgency, string> = {
  "life-safety": "due, due focal, hourly late, 1h late desk",
  urgent: "2h before, due, daily late, 1d late focal, 3d late desk",
  normal: "7d before, 1d before, due, daily late, 3d late focal, 14d late desk",
};

/** Whoever is on duty there hears at once where life is at stake, at night too. */
const DUTY: readonly StepRule[] = [{ step: "due-duty", after: {}, to: "duty" }];

/** Of what is let run somebody looks at the safety of the people in time, or it stops. */
const REVIEW = "1h before";

const rulesOf = (one: CoopRequest): readonly StepRule[] =>
  one.clock === "sit.safety_review"
    ? readPolicy(REVIEW)
    : isAtOnce(one)
      ? [...readPolicy(DEFAULTS["life-safety"]), ...DUTY]
      : readPolicy(DEFAULTS[one.urgency]);

/** What waits for the side that asks is asked after, so many days later. */
const AFTER_DAYS = [1, 3, 7] as const;

/** Of silence that ends a request its side is told before. */
const SILENCE_REMINDER_DAYS = 5;

export async function scheduleRequest(work: UnitOfWork, one: CoopRequest): Promise<void> {
  await scheduleSteps(work, itemOf(one), one.scheduleVersion, one.dueAt, stepsOf(work, one));
}

export function stepsOf(work: UnitOfWork, one: CoopRequest): ScheduledStep[] {
  return [
    ...aboutDue(work, one),
    ...aboutAsking(work, one),
    ...aboutOwed(work, one, "paper", one.paperDueAt),
    ...aboutOwed(work, one, "report", one.reportDueAt),
    ...aboutSilence(work, one),
    ...aboutDates(work, one),
    ...aboutStopping(work, one),
  ];
}

/**
 * What a step about a dated clock is called, with the end that it is about, since another day begins anew:
 * `dated:video.test@2027-02-19T08:00:00.000Z`.
 */
export const datedStep = ({ clock, end }: Pick<RunningDate, "clock" | "end">): string =>
  `dated:${clock}@${end.toISOString()}`;

/** So many days before the end of each clock that runs from a day, or back from it; at once where that end is past. */
const aboutDates = (work: UnitOfWork, one: CoopRequest): ScheduledStep[] =>
  runningDates(one).flatMap(({ clock, day, end, daysBefore }): ScheduledStep[] => {
    const step = datedStep({ clock, end });
    if (end <= work.now) return day > work.now ? [{ step: `${step}/now`, to: "own", ...soon(work) }] : [];
    return scheduledSteps(
      daysBefore.map((days): StepRule => ({ step: `${step}/${days}`, after: { days: -days }, to: "own" })),
      // What ends ends, whatever the hour: nobody is told after it because of a night.
      { about: end, deadline: end, now: work.now, lifeSafety: isAtOnce(one), calendar: readersOf(work, one, "own") },
    );
  });

const calendarOf = (work: UnitOfWork, agency: Agency): WorkCalendar =>
  agencyCalendar(agency, work.now.getUTCFullYear());

/** The working time of whoever hears of it. */
const readersOf = (work: UnitOfWork, one: CoopRequest, to: StepRule["to"]): WorkCalendar =>
  to === "desk" ? bodyCalendar(work.body, work.now.getUTCFullYear()) : calendarOf(work, one.to ?? one.from);

function aboutDue(work: UnitOfWork, one: CoopRequest): ScheduledStep[] {
  const steps = one.flags.includes("postponed") && one.postponedUntil ? resuming(work, one, one.postponedUntil) : [];
  if (!one.dueAt) return steps;
  const about = { about: one.dueAt, deadline: one.dueAt, now: work.now, lifeSafety: isAtOnce(one) };
  return [
    ...steps,
    ...rulesOf(one).flatMap((rule) => scheduledSteps([rule], { ...about, calendar: readersOf(work, one, rule.to) })),
  ];
}

function resuming(work: UnitOfWork, one: CoopRequest, until: Date): ScheduledStep[] {
  const at = workingMoment(until, { calendar: readersOf(work, one, "own"), lifeSafety: false });
  return at > work.now ? [{ step: "resume", to: "own", at, nominal: until }] : [];
}

/** A question, conditions, an approval, or the conclusion waits for the side that asks. */
function aboutAsking(work: UnitOfWork, one: CoopRequest): ScheduledStep[] {
  const open = one.flags.includes("info_wanted") || one.flags.includes("conditions_offered");
  const ends = dateOf(one, "ends");
  if (isLasting(one, work.now) && !ends) return [];
  const since = isLasting(one, work.now) && ends ? ends : work.now;
  const waits = one.state === "ready" || (open && (one.state === "received" || one.state === "agreed"));
  if (!waits && one.state !== "answered" && one.state !== "refused") return [];
  const calendar = calendarOf(work, one.from);
  const urgent = isAtOnce(one) && waits ? [{ step: "asked-15m", to: "own" as const, ...soon(work) }] : [];
  return [
    ...urgent,
    ...AFTER_DAYS.map((days) => {
      const nominal = addDays(since, days);
      const at = workingMoment(nominal, { calendar, lifeSafety: isAtOnce(one) });
      return { step: `asked-${days}d`, to: days === 7 ? ("focal" as const) : ("own" as const), at, nominal };
    }),
  ];
}

const soon = ({ now }: UnitOfWork) => ({ at: addMinutes(now, 15), nominal: addMinutes(now, 15) });

/** What went first owes its paper, and a measure at sea its results: to who asked, an hour later to their focal points. */
function aboutOwed(
  work: UnitOfWork,
  one: CoopRequest,
  what: "paper" | "report",
  due: Date | undefined,
): ScheduledStep[] {
  if (!due) return [];
  const rules: StepRule[] = [
    { step: `${what}-before`, after: { hours: -4 }, to: "own" },
    { step: `${what}-due`, after: {}, to: "own" },
    { step: `${what}-late`, after: { hours: 1 }, to: "focal" },
  ];
  return scheduledSteps(rules, {
    ...{ about: due, now: work.now, lifeSafety: isAtOnce(one), deadline: due },
    calendar: calendarOf(work, one.from),
  });
}

function aboutSilence(work: UnitOfWork, one: CoopRequest): ScheduledStep[] {
  const { silenceDays } = KINDS[one.kind];
  const owes = one.flags.includes("owes_paper") || one.flags.includes("owes_report");
  if (one.state !== "answered" || !silenceDays || owes) return [];
  const calendar = calendarOf(work, one.from);
  const after = (days: number) => addWorkingDays(calendar, one.answeredAt ?? work.now, days);
  const [reminder, end] = [after(SILENCE_REMINDER_DAYS), after(silenceDays)];
  return [
    ...(reminder && reminder > work.now
      ? [{ step: "silence-reminder", to: "own" as const, at: reminder, nominal: reminder }]
      : []),
    ...(end && end > work.now ? [{ step: "silence", to: "clock" as const, at: end, nominal: end }] : []),
  ];
}

/** So many minutes after it was stopped both sides are asked what became of it: who works on it, then their focal points. */
const STOPPED: readonly StepRule[] = [
  { step: "stopped-15m", after: { minutes: 15 }, to: "own" },
  { step: "stopped-1h", after: { hours: 1 }, to: "focal" },
  { step: "stopped-1d", after: { days: 1 }, to: "focal" },
];

/** It is stopped at the end of its order, and of the time in which safety is looked at again; and what is stopped is not forgotten. */
function aboutStopping(work: UnitOfWork, one: CoopRequest): ScheduledStep[] {
  if (!KINDS[one.kind].stoppable) return [];
  const { now } = work;
  if (one.stopped && UNDER_WAY.includes(one.state))
    return scheduledSteps(STOPPED, {
      ...{ about: one.stopped.at, deadline: undefined, now, lifeSafety: true },
      calendar: calendarOf(work, one.from),
    });
  if (one.state !== "agreed") return [];
  const ends = [
    { step: "expiry:order", at: dateOf(one, "order") },
    { step: "expiry:review", at: one.dueAt },
  ];
  return ends.flatMap(({ step, at }) => (at ? [{ step, to: "clock" as const, at: max([at, now]), nominal: at }] : []));
}

/** The next turn of a step that comes again. */
export function nextTurn(work: UnitOfWork, one: CoopRequest, step: string, now: Date): ScheduledStep | undefined {
  const [, name, turn] = /^(.*?)(?:~(\d+))?$/.exec(step) ?? [];
  const rule = rulesOf(one).find((candidate) => candidate.step === name && candidate.every);
  if (!rule || !one.dueAt) return undefined;
  const [next] = scheduledSteps([rule], {
    ...{ about: one.dueAt, deadline: one.dueAt, now, lifeSafety: isAtOnce(one) },
    calendar: readersOf(work, one, rule.to),
  });
  return next && { ...next, step: `${rule.step}~${Number(turn ?? 1) + 1}` };
}
