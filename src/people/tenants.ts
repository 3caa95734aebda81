import type { Platform } from "../chat/index.js";
import type { Store } from "../store/database.js";

/** Two workspaces of one organisation, as their platform says: the same id of a user is the same person there. */
export async function sameOrganisation(
  store: Store,
  platform: Platform,
  tenant: string,
  enterprise: string,
): Promise<void> {
  await store.outside((tx) =>
    tx
      .insertInto("tenants")
      .values({ platform, tenant, enterprise })
      .onConflict((c) => c.columns(["platform", "tenant"]).doUpdateSet({ enterprise }))
      .execute(),
  );
}

/**
 * A workspace, or an organisation with all of its own, took Coord out: its accounts cannot be reached until they speak
 * again, so their messages take another way. Of every body, hence by the owner of the tables.
 */
export async function tenantGone(store: Store, platform: Platform, tenant: string): Promise<void> {
  await store.owner
    .updateTable("accounts")
    .set({ unreachable: "bot_removed" })
    .where("platform", "=", platform)
    .where((eb) =>
      eb.or([
        eb("tenant", "=", tenant),
        eb(
          "tenant",
          "in",
          eb
            .selectFrom("tenants")
            .select("tenants.tenant")
            .where("platform", "=", platform)
            .where("enterprise", "=", tenant),
        ),
      ]),
    )
    .execute();
}
