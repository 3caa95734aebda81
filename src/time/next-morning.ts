import { addMinutes } from "date-fns";
import { nextWorking, previousWorking, type WorkCalendar } from "./calendar.js";

/** The first start of work after `from`; `from` itself where the calendar knows no work. */
export function nextWorkingMorning(cal: WorkCalendar, from: Date): Date {
  const inWork = nextWorking(cal, from);
  if (!inWork) return from;
  if (inWork > from) return inWork;
  // In working time: the morning after this working day.
  const end = endOfWork(cal, from);
  return nextWorking(cal, addMinutes(end, 1)) ?? from;
}

/** The last working minute of the day that `at` is in. */
function endOfWork(cal: WorkCalendar, at: Date): Date {
  let probe = at;
  for (let minutes = 0; minutes < 24 * 60; minutes += 15) {
    const next = addMinutes(probe, 15);
    if (nextWorking(cal, next)?.getTime() !== next.getTime()) return previousWorking(cal, next) ?? probe;
    probe = next;
  }
  return probe;
}
