import { type Selectable, sql } from "kysely";
import type { Message } from "../chat/index.js";
import type { Person } from "../people/model.js";
import { speakersOf } from "../people/store.js";
import { json } from "../store/database.js";
import type { OutboxRow } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Notification } from "./notification.js";
import { notify } from "./outbox.js";

/**
 * What cannot be brought where it was to go, for those who speak for that agency and may see it. Who has it already
 * gets no second copy.
 * @param but the person who could not be reached
 * @param draw the message as that person would see it; nothing where they may not
 * @returns whether somebody of the agency has it
 */
export async function passOn(
  work: UnitOfWork,
  row: Selectable<OutboxRow>,
  notification: Notification,
  { agencyId, but }: { agencyId: string; but?: string },
  draw: (person: Person) => Promise<Message | undefined>,
): Promise<boolean> {
  let passedOn = false;
  for (const focal of await speakersOf(work.tx, agencyId)) {
    if (focal.id === but || !(await draw(focal))) continue;
    passedOn = true;
    if (await hasAlready(work, row, notification, focal.id)) continue;
    await notify(work, {
      notification,
      params: row.params,
      to: { personId: focal.id },
      dedupe: `instead ${row.id} ${focal.id}`,
      priority: row.priority,
    });
  }
  return passedOn;
}

/**
 * A card is kept true, so one is enough whenever it was sent. Of other notices the same words may be told again on
 * another day: only what was told in the same transaction is the same message.
 */
async function hasAlready(
  work: UnitOfWork,
  row: Selectable<OutboxRow>,
  notification: Notification,
  personId: string,
): Promise<boolean> {
  const there = await work.tx
    .selectFrom("outbox")
    .select("id")
    .where("notice", "=", row.notice)
    .where("person_id", "=", personId)
    .where(sql<boolean>`params = ${json(row.params)}::jsonb`)
    .where("state", "!=", "failed")
    // Compared by the database: a Date of JavaScript ends at the millisecond.
    .$if(!notification.item, (q) =>
      q.where("created_at", "=", (eb) =>
        eb.selectFrom("outbox as told").select("told.created_at").where("told.id", "=", row.id),
      ),
    )
    .executeTakeFirst();
  return there !== undefined;
}
