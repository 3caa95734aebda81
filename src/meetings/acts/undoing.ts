import { randomUUID } from "node:crypto";
import { subMinutes } from "date-fns";
import type { Context } from "../../command.js";
import { refuse } from "../../refusal.js";
import { json } from "../../store/database.js";
import { UNDO_MINUTES } from "../../undoing.js";
import type { Meeting } from "../model.js";
import { occurrencesOf } from "../store.js";
import * as news from "../tell.js";
import { callOff, happened } from "./calling.js";

/** Taking back a meeting that was called by mistake: whole, and by whoever called it, within some minutes. */

const MEETING = "meeting";

const actorOf = (c: Context): string => c.onBehalf?.by.id ?? c.person.id;

export async function rememberCall(c: Context, meeting: Meeting): Promise<void> {
  await c.work.tx
    .insertInto("undos")
    .values({
      ...{ id: randomUUID(), person_id: actorOf(c), item_kind: MEETING, item_id: meeting.id, act: "call" },
      ...{ before: json({}), version: meeting.version, at: c.work.now },
    })
    .execute();
}

/**
 * Everything of it goes: cards, steps, what waits to be sent, and from calendars. Its number stays taken, and the record
 * says what became of it. Once it has begun it was held.
 */
export async function takeBackCall(c: Context, meeting: Meeting): Promise<Meeting> {
  const { work } = c;
  const call = await work.tx
    .updateTable("undos")
    .set({ undone: true })
    .where("item_kind", "=", MEETING)
    .where("item_id", "=", meeting.id)
    .where("person_id", "=", actorOf(c))
    .where("at", ">", subMinutes(work.now, UNDO_MINUTES))
    .where("undone", "=", false)
    .returning("id")
    .executeTakeFirst();
  if (!call) refuse((t) => t.errors.nothingToUndo({ minutes: UNDO_MINUTES }));
  const begun = (await occurrencesOf(work, meeting)).some(({ state }) => state === "running" || state === "ended");
  if (begun || meeting.state === "cancelled") refuse((t) => t.errors.undoBegun({ ref: meeting.ref }));
  const { changed } = await callOff(work, meeting);
  await happened(c, changed, "meeting.undone");
  await news.toInvited(work, changed, "takenBack", c.person);
  return changed;
}
