import { randomUUID } from "node:crypto";
import type { Context } from "../../command/define.js";
import { json } from "../../store/database.js";
import type { Meeting } from "../model.js";

export const MEETING = "meeting";

export const actorOf = (c: Context): string => c.onBehalf?.by.id ?? c.person.id;

export async function rememberCall(c: Context, meeting: Meeting): Promise<void> {
  await c.work.tx
    .insertInto("undos")
    .values({
      ...{ id: randomUUID(), person_id: actorOf(c), item_kind: MEETING, item_id: meeting.id, act: "call" },
      ...{ before: json({}), version: meeting.version, at: c.work.now },
    })
    .execute();
}
