import type { Platform } from "../chat/index.js";
import type { Store } from "../store/database.js";

/**
 * A workspace took Coord out: its accounts cannot be reached until they speak again, so their messages take another way.
 * Of every body, hence by the owner of the tables.
 */
export async function tenantGone(store: Store, platform: Platform, tenant: string): Promise<void> {
  await store.owner
    .updateTable("accounts")
    .set({ unreachable: "bot_removed" })
    .where("platform", "=", platform)
    .where("tenant", "=", tenant)
    .execute();
}
