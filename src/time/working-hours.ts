import { isWorking, nextWorking, previousWorking, type WorkCalendar } from "./calendar.js";

export type WorkingHoursOptions = {
  /** The reader's working time. */
  calendar: WorkCalendar;
  deadline?: Date;
  lifeSafety: boolean;
  /** Now: a reminder is not moved to where nobody can send it any more. */
  notBefore?: Date;
};

/** Nobody is reminded in the last minutes of their working day: what comes as they leave is read the day after. */
const CLOSING_MINUTES = 30;

/** The part of somebody's working time in which reminders come. A day too short for that is left whole. */
export function notifyingHours(calendar: WorkCalendar): WorkCalendar {
  const [from, to] = [calendar.from, calendar.to].map(minutesOf) as [number, number];
  const last = to - CLOSING_MINUTES;
  return last > from ? { ...calendar, to: wallOf(last) } : calendar;
}

const minutesOf = (text: string): number => {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return hour * 60 + minute;
};
const wallOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

/**
 * When a step of an escalation policy is sent. The rules, first that fits; working time ends half an hour before
 * closing:
 *
 * 1. `life-safety`: at its own instant, whatever the hour.
 * 2. In working time: at its own instant.
 * 3. After the deadline (a day late, three days late), or with no deadline: at the next working moment.
 * 4. At or before the deadline, in the half hour before closing: at its beginning, if that is not before `notBefore`.
 * 5. At or before the deadline, and work resumes by then: at the next working moment.
 * 6. Else at the last working moment before the step, if that is not before `notBefore`: earlier, since later is late.
 * 7. Else at its own instant, which is by the deadline: a night makes no reminder late.
 *
 * A calendar without a working moment within a year moves nothing.
 */
export function workingMoment(step: Date, { calendar, deadline, lifeSafety, notBefore }: WorkingHoursOptions): Date {
  const hours = notifyingHours(calendar);
  if (lifeSafety || isWorking(hours, step)) return step;
  const next = nextWorking(hours, step);
  if (!deadline || step > deadline) return next ?? step;
  const resumes = next && next <= deadline && !isWorking(calendar, step);
  if (resumes) return next;
  const previous = previousWorking(hours, step);
  return previous && (!notBefore || previous >= notBefore) ? previous : step;
}
