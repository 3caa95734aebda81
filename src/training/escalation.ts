import { addDays } from "date-fns";
import type { ScheduledStep } from "../escalation/schedule.js";
import { scheduleSteps } from "../escalation/store.js";
import { bodyCalendar } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { addWorkingDays, workingMoment } from "../time/index.js";
import { itemOf, type Training } from "./model.js";

/**
 * What the clock does: what is open lapses when its time is over; a working day after a session those who were there
 * are asked how it was, and after some months their agencies what was put into practice.
 */
export async function scheduleTraining(work: UnitOfWork, item: Training): Promise<void> {
  const about = item.state === "open" ? item.until : item.heldAt;
  await scheduleSteps(work, itemOf(item), item.scheduleVersion, about, stepsOf(work, item));
}

function stepsOf(work: UnitOfWork, item: Training): ScheduledStep[] {
  const { kind, state, until, heldAt } = item;
  const calendar = bodyCalendar(work.body, work.now.getUTCFullYear());
  const workingAt = (nominal: Date) => workingMoment(nominal, { calendar, lifeSafety: false });
  if (kind !== "session")
    return state === "open" && until ? [{ step: "lapse", to: "own", at: workingAt(until), nominal: until }] : [];
  if (state !== "met" || !heldAt) return [];
  const evaluate = addWorkingDays(calendar, heldAt, 1) ?? addDays(heldAt, 1);
  const follow = addDays(heldAt, item.followDays);
  return [
    { step: "evaluate", to: "own", at: workingAt(evaluate), nominal: evaluate },
    { step: "follow", to: "focal", at: workingAt(follow), nominal: follow },
  ];
}
