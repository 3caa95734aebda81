import { sql } from "kysely";
import type { AdapterStore } from "../chat/index.js";
import type { Clock } from "../lib/clock.js";
import type { Store } from "./database.js";
import { DEPLOYMENT, type Vault } from "./vault.js";

/** Adapters' memory in the database, every value sealed: tokens, OAuth states, conversation addresses. */
export function adapterStore(store: Store, vault: Vault, clock: Clock): AdapterStore {
  const alive = <T extends { value: string; expires_at: Date | null }>(row: T | undefined) =>
    row && (row.expires_at === null || row.expires_at > clock.now()) ? row.value : undefined;
  return {
    // Asked with most of what comes and goes: one statement enters no body and reads.
    get: (key) =>
      store.entering(
        sql<{ id?: string; value: string | null; expires_at: Date | null }>`
          select set_config('role', 'coord_app', true), set_config('coord.body', '', true), kept.value, kept.expires_at
          from (select ${key}::text as key) asked left join adapter_store kept using (key)`,
        async (tx, { value, expires_at }) => {
          const kept = value === null ? undefined : alive({ value, expires_at });
          return kept && (await vault.cipher(tx, DEPLOYMENT)).open(kept);
        },
      ),
    set: (key, value, expiresAt) =>
      store.outside(async (tx) => {
        const row = { value: (await vault.cipher(tx, DEPLOYMENT)).seal(value), expires_at: expiresAt ?? null };
        await tx
          .insertInto("adapter_store")
          .values({ key, ...row })
          .onConflict((c) => c.column("key").doUpdateSet(row))
          .execute();
      }),
    take: (key) =>
      store.outside(async (tx) => {
        const row = await tx.deleteFrom("adapter_store").where("key", "=", key).returningAll().executeTakeFirst();
        const value = alive(row);
        return value && (await vault.cipher(tx, DEPLOYMENT)).open(value);
      }),
    remove: (key) =>
      store.outside(async (tx) => void (await tx.deleteFrom("adapter_store").where("key", "=", key).execute())),
  };
}
