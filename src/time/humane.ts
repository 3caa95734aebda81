import { isWorking, nextWorking, previousWorking, type WorkCalendar } from "./calendar.js";

export type HumaneOptions = {
  /** The reader's working time. */
  calendar: WorkCalendar;
  deadline?: Date;
  lifeSafety: boolean;
  /** Now: a reminder is not moved to where nobody can send it any more. */
  notBefore?: Date;
};

/**
 * When a step of a reminder ladder is sent. The rules, first that fits:
 *
 * 1. `life-safety`: at its own instant, whatever the hour.
 * 2. In working time: at its own instant.
 * 3. After the deadline (a day late, three days late), or with no deadline: at the next working moment.
 * 4. At or before the deadline, and work resumes by then: at the next working moment.
 * 5. Else at the last working moment before the step, if that is not before `notBefore`: earlier, since later is late.
 * 6. Else at its own instant, which is by the deadline: a night makes no reminder late.
 *
 * A calendar without a working moment within a year moves nothing.
 */
export function humaneMoment(step: Date, { calendar, deadline, lifeSafety, notBefore }: HumaneOptions): Date {
  if (lifeSafety || isWorking(calendar, step)) return step;
  const next = nextWorking(calendar, step);
  if (!deadline || step > deadline) return next ?? step;
  if (next && next <= deadline) return next;
  const previous = previousWorking(calendar, step);
  return previous && (!notBefore || previous >= notBefore) ? previous : step;
}
