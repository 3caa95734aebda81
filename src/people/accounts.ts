import { sql } from "kysely";
import type { AccountRef } from "../chat/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** Whose account it is, in whatever body. */
export async function ownerOf(
  work: UnitOfWork,
  account: AccountRef,
): Promise<{ personId: string; agencyId: string } | undefined> {
  const { rows } = await sql<{ person_id: string; agency_id: string }>`
    select * from person_of_account(${account.platform}, ${account.tenant}, ${account.user})`.execute(work.tx);
  const [row] = rows;
  return row && { personId: row.person_id, agencyId: row.agency_id };
}

export async function worksAnywhere(work: UnitOfWork, personId: string): Promise<boolean> {
  const { rows } = await sql<{ works: boolean }>`select has_role_anywhere(${personId}) as works`.execute(work.tx);
  return rows[0]?.works ?? false;
}

export const moveAway = (work: UnitOfWork, account: AccountRef) =>
  sql`select release_account(${account.platform}, ${account.tenant}, ${account.user})`.execute(work.tx);

export async function linkAccount(work: UnitOfWork, personId: string, account: AccountRef): Promise<void> {
  await work.tx
    .insertInto("accounts")
    .values({
      platform: account.platform,
      tenant: account.tenant,
      user_id: account.user,
      person_id: personId,
      unreachable: null,
    })
    .execute();
}
