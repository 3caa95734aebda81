import { subMinutes } from "date-fns";
import type { Context } from "../../command/define.js";
import { UNDO_MINUTES } from "../../command/undoing.js";
import { refuse } from "../../lib/refusal.js";
import type { Meeting } from "../model.js";
import * as notifying from "../notify.js";
import { MEETINGS, occurrencesOf } from "../store.js";
import { callOff, happened } from "./calling.js";

/** Taking back a meeting that was called by mistake: whole, and by whoever called it, within some minutes. */

/**
 * Everything of it goes: cards, steps, what waits to be sent, and from calendars. Its number stays taken, and the record
 * says what became of it. Once it has begun it was held.
 */
export async function takeBackCall(c: Context, meeting: Meeting): Promise<Meeting> {
  const { work } = c;
  const call = await work.tx
    .updateTable("undos")
    .set({ undone: true })
    .where("item_kind", "=", MEETINGS.kind)
    .where("item_id", "=", meeting.id)
    .where("person_id", "=", c.person.id)
    .where("at", ">", subMinutes(work.now, UNDO_MINUTES))
    .where("undone", "=", false)
    .returning("id")
    .executeTakeFirst();
  if (!call) refuse((t) => t.errors.nothingToUndo({ minutes: UNDO_MINUTES }));
  const begun = (await occurrencesOf(work, meeting)).some(({ state }) => state === "running" || state === "ended");
  if (begun || meeting.state === "cancelled") refuse((t) => t.errors.undoBegun({ ref: meeting.ref }));
  const { changed } = await callOff(work, meeting);
  await happened(c, changed, "meeting.undone");
  await notifying.toInvited(work, changed, "takenBack", c.person);
  return changed;
}
