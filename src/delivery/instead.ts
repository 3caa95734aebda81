import { type Selectable, sql } from "kysely";
import type { Message } from "../chat/index.js";
import type { Person } from "../people/model.js";
import { speakersOf } from "../people/store.js";
import { json } from "../store/database.js";
import type { OutboxRow } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { holdItem } from "./changes.js";
import type { Notification } from "./notification.js";
import { notifyAll } from "./outbox.js";

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
  const able: string[] = [];
  for (const focal of await speakersOf(work.tx, agencyId))
    if (focal.id !== but && (await draw(focal))) able.push(focal.id);
  if (able.length === 0) return false;
  const have = await haveAlready(work, row, notification, able);
  await notifyAll(
    work,
    able
      .filter((id) => !have.has(id))
      .map((id) => ({
        notification,
        params: row.params,
        to: { personId: id },
        dedupe: `instead ${row.id} ${id}`,
        priority: row.priority,
      })),
  );
  return true;
}

/**
 * A card is kept true, so one is enough whenever it was sent. Of other notices the same words may be told again on
 * another day: only what was told in the same transaction is the same message.
 */
async function haveAlready(
  work: UnitOfWork,
  row: Selectable<OutboxRow>,
  notification: Notification,
  personIds: readonly string[],
): Promise<Set<string>> {
  const item = notification.item?.(row.params);
  if (item) {
    // Who changes the item may be sending the same card to the same people.
    await holdItem(work, item.id);
    return haveCard(work, notification, row.params, personIds);
  }
  const there = await work.tx
    .selectFrom("outbox")
    .select("person_id")
    .where("notice", "=", notification.id)
    .where("person_id", "in", personIds)
    .where(sql<boolean>`params = ${json(row.params)}::jsonb`)
    .where("state", "!=", "failed")
    // Compared by the database: a Date of JavaScript ends at the millisecond.
    .where("created_at", "=", (eb) =>
      eb.selectFrom("outbox as told").select("told.created_at").where("told.id", "=", row.id),
    )
    .execute();
  return new Set(there.flatMap(({ person_id }) => person_id ?? []));
}

/**
 * Of these people those who have this card, or to whom it is on its way. Certain only for who changes the item in this
 * transaction, or holds it (`holdItem`).
 */
export async function haveCard<Params>(
  work: UnitOfWork,
  notification: Notification<Params>,
  params: Params,
  personIds: readonly string[],
): Promise<Set<string>> {
  const item = notification.item?.(params);
  if (!item || personIds.length === 0) return new Set();
  const same = sql<boolean>`params = ${json(params)}::jsonb`;
  const there = await work.tx
    .selectFrom("outbox")
    .select("person_id")
    .where("state", "in", ["pending", "sending"])
    .where("notice", "=", notification.id)
    .where("person_id", "in", personIds)
    .where(same)
    .unionAll((eb) =>
      eb
        .selectFrom("cards")
        .select("person_id")
        .where("item_kind", "=", item.kind)
        .where("item_id", "=", item.id)
        .where("notice", "=", notification.id)
        .where("person_id", "in", personIds)
        .where(same),
    )
    .execute();
  return new Set(there.flatMap(({ person_id }) => person_id ?? []));
}
