import { addDays } from "date-fns";
import type { Rung } from "../escalation/schedule.js";
import { lay } from "../escalation/store.js";
import { bodyCalendar } from "../people/model.js";
import type { Work } from "../store/unit-of-work.js";
import { addWorkingDays, humaneMoment } from "../time/index.js";
import { itemOf, type Training } from "./model.js";

/**
 * What the clock does: what is open lapses when its time is over; a working day after a session those who were there
 * are asked how it was, and after some months their agencies what was put into practice.
 */
export async function layTraining(work: Work, item: Training): Promise<void> {
  const about = item.state === "open" ? item.until : item.heldAt;
  await lay(work, itemOf(item), item.ladder, about, rungsOf(work, item));
}

function rungsOf(work: Work, item: Training): Rung[] {
  const { kind, state, until, heldAt } = item;
  const calendar = bodyCalendar(work.body, work.now.getUTCFullYear());
  const humane = (nominal: Date) => humaneMoment(nominal, { calendar, lifeSafety: false });
  if (kind !== "session")
    return state === "open" && until ? [{ step: "lapse", to: "own", at: humane(until), nominal: until }] : [];
  if (state !== "met" || !heldAt) return [];
  const evaluate = addWorkingDays(calendar, heldAt, 1) ?? addDays(heldAt, 1);
  const follow = addDays(heldAt, item.followDays);
  return [
    { step: "evaluate", to: "own", at: humane(evaluate), nominal: evaluate },
    { step: "follow", to: "focal", at: humane(follow), nominal: follow },
  ];
}
