import { add, addMilliseconds, type Duration, milliseconds } from "date-fns";
import { dayOf, plusDays, type WorkCalendar, workingMoment } from "../time/index.js";
import { localTimeOf, resolve, splitDay } from "../time/local.js";

/** Who a step speaks to; the kind of item knows who that is at the moment of firing. `clock` acts without telling anybody. */
export type Audience = "own" | "focal" | "desk" | "deputy" | "duty" | "requester" | "officers" | "clock";

/** One step as a policy defines it, relative to the moment it is about. */
export type StepRule = {
  step: string;
  after: Duration;
  to: Audience;
  /** Comes again after so long, until the item needs nobody any more. */
  every?: Duration;
};

/** One step as it will fire. */
export type ScheduledStep = { step: string; to: Audience; at: Date; nominal: Date; repeats?: true };

export type Scheduling = {
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
export function scheduledSteps(rules: readonly StepRule[], scheduling: Scheduling): ScheduledStep[] {
  const { now } = scheduling;
  return rules.flatMap((rule) => {
    const nominal = rule.every ? turnAfter(rule, rule.every, scheduling) : turnOf(rule, 0, scheduling);
    const at = workingMoment(nominal, { ...scheduling, notBefore: nominal > now ? now : undefined });
    const scheduled: ScheduledStep = {
      step: rule.step,
      to: rule.to,
      at,
      nominal,
      ...(rule.every ? { repeats: true } : {}),
    };
    return nominal > now || at > now ? [scheduled] : [];
  });
}

function turnAfter(rule: StepRule, every: Duration, scheduling: Scheduling): Date {
  const since = scheduling.now.getTime() - turnOf(rule, 0, scheduling).getTime();
  let n = Math.max(0, Math.floor(since / milliseconds(every)) - 1);
  while (turnOf(rule, n, scheduling) <= scheduling.now) n++;
  return turnOf(rule, n, scheduling);
}

/** Each turn is counted from the first, so that a clock that jumps over one moves no other. */
function turnOf({ after, every = {} }: StepRule, n: number, { about, zone, calendar }: Scheduling): Date {
  const sum = (unit: keyof Duration) => (after[unit] ?? 0) + n * (every[unit] ?? 0);
  const days = sum("weeks") * 7 + sum("days");
  const exact = { hours: sum("hours"), minutes: sum("minutes") };
  return add(days ? plusLocalDays(about, days, zone ?? calendar.zone) : about, exact);
}

function plusLocalDays(at: Date, days: number, zone: string): Date {
  const day = splitDay(plusDays(dayOf(at, zone), days));
  return addMilliseconds(resolve({ ...localTimeOf(at, zone), ...day }, zone).at, at.getMilliseconds());
}
