import { type Selectable, sql } from "kysely";
import type { ConversationRef, Message, PermanentReason } from "../chat/index.js";
import type { Person } from "../people/model.js";
import { speakersOf } from "../people/store.js";
import { askAgain, isLost, type Place, placeOf } from "../places/store.js";
import { json } from "../store/database.js";
import type { OutboxRow } from "../store/schema.js";
import type { Work } from "../work.js";
import type { Notice } from "./notice.js";
import { tell } from "./outbox.js";

/** A bound conversation that was archived or that Coord was taken out of: its notices go to people meanwhile. */

const LOST: ReadonlySet<PermanentReason> = new Set(["channel_gone", "bot_removed", "blocked"]);

/** A send says that nothing can be sent there: the platform is asked, and whoever answers for it hears what to do. */
export async function lostPlace(
  work: Work,
  where: ConversationRef | undefined,
  reason: PermanentReason,
): Promise<Place | undefined> {
  if (!where || where.kind === "personal" || !LOST.has(reason)) return undefined;
  const place = await placeOf(work.tx, where);
  if (place && !isLost(place)) await askAgain(work, place.id, { changed: true });
  return place;
}

/** To the focal points of whose it is, where they have it not already and may see it. */
export async function toPeople(
  work: Work,
  row: Selectable<OutboxRow>,
  notice: Notice,
  place: Place,
  draw: (person: Person) => Promise<Message | undefined>,
): Promise<void> {
  if (notice.beside || !place.agency_id) return;
  for (const focal of await speakersOf(work.tx, place.agency_id)) {
    const there = await work.tx
      .selectFrom("outbox")
      .select("id")
      .where("notice", "=", row.notice)
      .where("person_id", "=", focal.id)
      .where(sql<boolean>`params = ${json(row.params)}::jsonb`)
      .executeTakeFirst();
    if (!there && (await draw(focal)))
      await tell(work, {
        notice,
        params: row.params,
        to: { personId: focal.id },
        dedupe: `instead ${row.id} ${focal.id}`,
        priority: row.priority,
      });
  }
}
