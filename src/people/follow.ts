import { sql } from "kysely";
import { record } from "../audit/record.js";
import type { MemberChange } from "../chat/index.js";
import { askAgain } from "../conversations/store.js";
import { schedulePersonDigest } from "../digests/schedule.js";
import { json, type Store } from "../store/database.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { cleanEmail, cleanName, cleanZone } from "./clean.js";

export type FollowParts = {
  store: Store;
  inBody: <T>(body: string, act: (work: UnitOfWork) => Promise<T>) => Promise<T>;
};

/** A platform tells of a member: who reads its conversations may have changed, and what it says of a person Coord knows. */
export async function memberChanged({ store, inBody }: FollowParts, told: MemberChange): Promise<void> {
  for (const tenant of told.readersIn ?? []) {
    const { rows } = await store.outside((tx) =>
      sql<{ body_id: string; id: string }>`select * from places_in(${told.account.platform}, ${tenant})`.execute(tx),
    );
    for (const { body_id, id } of rows) await inBody(body_id, (work) => askAgain(work, id, { changed: true }));
  }
  const { platform, tenant, user } = told.account;
  const { rows } = await store.outside((tx) =>
    sql<{ person_id: string; bodies: string[] }>`
      select person_id, bodies from who_is(${platform}, ${tenant}, ${user})`.execute(tx),
  );
  const [known] = rows;
  const [first, ...others] = known?.bodies ?? [];
  if (!known || !first) return;
  const moved = await inBody(first, (work) => follow(work, known.person_id, told));
  if (moved) for (const body of others) await inBody(body, (work) => schedulePersonDigest(work, known.person_id));
}

type Sayings = { name?: string; email?: string; zone?: string };

/**
 * What changed on the platform changes here, where it was the platform's before: a name that the operator wrote, an hour
 * zone that the person chose, stay. @returns whether the person's zone is another now
 */
async function follow(work: UnitOfWork, personId: string, told: MemberChange): Promise<boolean> {
  const { tx } = work;
  const { platform, user } = told.account;
  const account = await tx
    .selectFrom("accounts")
    .innerJoin("persons", "persons.id", "accounts.person_id")
    .innerJoin("agencies", "agencies.id", "persons.agency_id")
    .select(["accounts.tenant", "unreachable", "told", "persons.name", "persons.email", "persons.zone"])
    .select("agencies.zone as agency_zone")
    .where("person_id", "=", personId)
    .where("platform", "=", platform)
    .where("user_id", "=", user)
    .executeTakeFirst();
  if (!account) return false;
  const cleaned = { name: cleanName(told.name), email: cleanEmail(told.email), zone: cleanZone(told.zone) };
  const said: Sayings = Object.fromEntries(Object.entries(cleaned).filter(([, value]) => value !== undefined));
  const before = account.told ?? {
    // Nothing was told yet: what only a platform would have called them, and what nobody chose, are its own.
    name: [user, cleanName(told.handle)].find((one) => one === account.name),
    zone: account.agency_zone,
  };
  const set = {
    ...(said.name && account.name === before.name && { name: said.name }),
    ...(said.email && (account.email ?? undefined) === before.email && { email: said.email }),
    ...(said.zone && account.zone === before.zone && { zone: said.zone }),
  };
  await tx
    .updateTable("accounts")
    // What it does not say this time, or not so that it could be kept, it has not taken back.
    .set({ told: json({ ...before, ...said }), ...reach(told.gone, account.unreachable) })
    .where("platform", "=", platform)
    .where("tenant", "=", account.tenant)
    .where("user_id", "=", user)
    .execute();
  const changed = (["name", "email", "zone"] as const).filter(
    (field) => set[field] !== undefined && set[field] !== account[field],
  );
  if (changed.length === 0) return false;
  await tx.updateTable("persons").set(set).where("id", "=", personId).execute();
  await record(work, {
    action: "people.told",
    item: { kind: "person", id: personId },
    detail: { platform, fields: changed.join(" ") },
  });
  if (!changed.includes("zone")) return false;
  await schedulePersonDigest(work, personId);
  return true;
}

/** Whoever is deactivated is written to elsewhere, before the first message fails; and again here once they are back. */
const reach = (gone: boolean, unreachable: string | null): { unreachable?: string | null } => {
  if (gone) return { unreachable: unreachable ?? "account_gone" };
  return unreachable === "account_gone" ? { unreachable: null } : {};
};
