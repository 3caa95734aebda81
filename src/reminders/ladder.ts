import { add, type Duration } from "date-fns";
import { humaneMoment, type WorkCalendar } from "../time/index.js";

/** Who a step speaks to; the kind of item knows who that is at the moment of firing. `clock` acts without telling anybody. */
export type Audience = "own" | "focal" | "desk" | "deputy" | "duty" | "requester" | "clock";

/** One step as a ladder defines it, relative to the moment it is about. */
export type StepRule = {
  step: string;
  after: Duration;
  to: Audience;
  /** Comes again after so long, until the item needs nobody any more. */
  every?: Duration;
};

/** One step as it will fire. */
export type Rung = { step: string; to: Audience; at: Date; nominal: Date };

export type Laying = {
  about: Date;
  /** Whose working time counts. */
  calendar: WorkCalendar;
  now: Date;
  lifeSafety: boolean;
  /** No step moves past it because of a night. */
  deadline?: Date;
};

/**
 * The steps still to come, at humane moments. Those already past are skipped, not sent in a burst (DESIGN 5);
 * a repeating one begins at its next turn.
 */
export function rungs(rules: readonly StepRule[], laying: Laying): Rung[] {
  return rules.flatMap((rule) => {
    const nominal = firstAfter(add(laying.about, rule.after), rule.every, laying.now);
    if (!nominal) return [];
    const at = humaneMoment(nominal, {
      calendar: laying.calendar,
      deadline: laying.deadline,
      lifeSafety: laying.lifeSafety,
      notBefore: laying.now,
    });
    return [{ step: rule.step, to: rule.to, at, nominal }];
  });
}

function firstAfter(first: Date, every: Duration | undefined, now: Date): Date | undefined {
  if (first > now) return first;
  if (!every) return undefined;
  let next = first;
  while (next <= now) next = add(next, every);
  return next;
}
