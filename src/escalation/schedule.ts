import { add, addMilliseconds, type Duration, milliseconds } from "date-fns";
import { dayOf, plusDays, type WorkCalendar, workingMoment } from "../time/index.js";
import { localTimeOf, resolve, splitDay } from "../time/local.js";

/** Who a step speaks to; the kind of item knows who that is at the moment of firing. `clock` acts without telling anybody. */
export type Audience = "own" | "focal" | "desk" | "deputy" | "duty" | "requester" | "officers" | "clock";

/** One step as a ladder defines it, relative to the moment it is about. */
export type StepRule = {
  step: string;
  after: Duration;
  to: Audience;
  /** Comes again after so long, until the item needs nobody any more. */
  every?: Duration;
};

/** One step as it will fire. */
export type ScheduledStep = { step: string; to: Audience; at: Date; nominal: Date; repeats?: true };

export type Laying = {
  about: Date;
  /** Where days are counted: a day before 15:00 is 15:00, also over a change of the clock. The calendar's where absent. */
  zone?: string;
  /** Whose working time counts. */
  calendar: WorkCalendar;
  now: Date;
  lifeSafety: boolean;
  /** No step moves past it because of a night. */
  deadline?: Date;
};

/**
 * The steps still to come, in working hours. Those already past are skipped, not sent in a burst (docs/reminders.md);
 * one that fell in a night and waits for the morning is still to come. A repeating one begins at its next turn.
 */
export function rungs(rules: readonly StepRule[], laying: Laying): ScheduledStep[] {
  const { now } = laying;
  return rules.flatMap((rule) => {
    const nominal = rule.every ? turnAfter(rule, rule.every, laying) : turnOf(rule, 0, laying);
    const at = workingMoment(nominal, { ...laying, notBefore: nominal > now ? now : undefined });
    const rung: ScheduledStep = { step: rule.step, to: rule.to, at, nominal, ...(rule.every ? { repeats: true } : {}) };
    return nominal > now || at > now ? [rung] : [];
  });
}

function turnAfter(rule: StepRule, every: Duration, laying: Laying): Date {
  const since = laying.now.getTime() - turnOf(rule, 0, laying).getTime();
  let n = Math.max(0, Math.floor(since / milliseconds(every)) - 1);
  while (turnOf(rule, n, laying) <= laying.now) n++;
  return turnOf(rule, n, laying);
}

/** Each turn is counted from the first, so that a clock that jumps over one moves no other. */
function turnOf({ after, every = {} }: StepRule, n: number, { about, zone, calendar }: Laying): Date {
  const sum = (unit: keyof Duration) => (after[unit] ?? 0) + n * (every[unit] ?? 0);
  const days = sum("weeks") * 7 + sum("days");
  const exact = { hours: sum("hours"), minutes: sum("minutes") };
  return add(days ? plusWallDays(about, days, zone ?? calendar.zone) : about, exact);
}

function plusWallDays(at: Date, days: number, zone: string): Date {
  const day = splitDay(plusDays(dayOf(at, zone), days));
  return addMilliseconds(resolve({ ...localTimeOf(at, zone), ...day }, zone).at, at.getMilliseconds());
}
