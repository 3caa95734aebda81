import { sql } from "kysely";
import { later } from "../store/later.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** Which transaction last changed an item, so that what was drawn before it is told from what was drawn after. */

/** Older than every transaction (PostgreSQL: FirstNormalTransactionId), so that every snapshot sees it. */
const NEVER = sql<string>`'3'::xid8`;

/** Before the item's cards are looked for: a card that is stored meanwhile is found, or finds this. */
export async function noteChange(work: UnitOfWork, itemId: string): Promise<void> {
  await sql`
    insert into item_changes (item_id, changed) values (${itemId}::uuid, pg_current_xact_id())
    on conflict (body_id, item_id) do update set changed = excluded.changed`.execute(work.tx);
}

/** Of an item that is new, which so far nobody has changed: its first card need not say so. */
export const noteFirst = (work: UnitOfWork, itemId: string): Promise<void> =>
  later(
    work.tx,
    work.tx
      .insertInto("item_changes")
      .values({ item_id: itemId, changed: NEVER })
      .onConflict((c) => c.columns(["body_id", "item_id"]).doNothing()),
  );

/**
 * Waits for whoever is changing the item, and from now to the end of this transaction nobody else does: what is sent of
 * it meanwhile is either seen here, or sees what was sent here.
 */
export const holdItem = (work: UnitOfWork, itemId: string): Promise<unknown> =>
  sql`
    insert into item_changes (item_id, changed) values (${itemId}::uuid, ${NEVER})
    on conflict (body_id, item_id) do update set changed = item_changes.changed`.execute(work.tx);

/** What a drawing that begins with this statement can see, for `changedSince`. */
export const seenNow = sql<string>`pg_current_snapshot()::text`;

/**
 * Whether any of these items has changed since a drawing began. Whoever is changing one of them is waited for, and from
 * now to the end of this transaction nobody else does.
 * @param seen a `pg_snapshot`, as `seenNow` gives it
 */
export async function changedSince(work: UnitOfWork, itemIds: readonly string[], seen: string): Promise<boolean> {
  const ids = [...new Set(itemIds)].sort();
  if (ids.length === 0) return false;
  const list = sql.join(ids.map((id) => sql`${id}::uuid`));
  const held = async () => {
    const { rows } = await sql<{ item_id: string; later: boolean }>`
      select item_id, not pg_visible_in_snapshot(changed, ${seen}::pg_snapshot) as later
      from item_changes where item_id in (${list}) order by item_id for share`.execute(work.tx);
    return rows;
  };
  let rows = await held();
  if (rows.length < ids.length) {
    const known = new Set(rows.map(({ item_id }) => item_id));
    const missing = ids.filter((id) => !known.has(id)).map((id) => sql`(${id}::uuid, ${NEVER})`);
    const { rows: own } = await sql<{ item_id: string }>`
      insert into item_changes (item_id, changed) values ${sql.join(missing)}
      on conflict (body_id, item_id) do nothing returning item_id`.execute(work.tx);
    // Where another was quicker, it has committed: its row can be read now.
    if (own.length < missing.length) rows = await held();
  }
  return rows.some(({ later }) => later);
}
