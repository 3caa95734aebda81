import type { Context } from "../command/define.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Purpose, Share } from "./model.js";

/** Whether this person accepted the conditions as they are now; the providing side has none to accept. */
export async function accepted(work: UnitOfWork, share: Share, personId: string): Promise<boolean> {
  const row = await work.tx
    .selectFrom("share_openings")
    .select("id")
    .where("share_id", "=", share.id)
    .where("person_id", "=", personId)
    .where("conditions", "=", share.conditions)
    .where("accepted", "=", true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The purpose of the last opening under these conditions: it holds until another is told. */
export async function purposeOf(work: UnitOfWork, share: Share, personId: string): Promise<Purpose | undefined> {
  const row = await work.tx
    .selectFrom("share_openings")
    .select("purpose")
    .where("share_id", "=", share.id)
    .where("person_id", "=", personId)
    .where("conditions", "=", share.conditions)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.purpose as Purpose | undefined;
}

export type Opening = {
  name: string;
  agency: string;
  purpose: Purpose;
  conditions: number;
  accepted: boolean;
  /** A file of it was downloaded. */
  file: boolean;
  at: Date;
};

/** Who opened it, when and why: for the providing side alone. The latest first. */
export async function openingsOf(c: Context, share: Share, limit: number): Promise<Opening[]> {
  const rows = await c.work.tx
    .selectFrom("share_openings")
    .innerJoin("persons", "persons.id", "share_openings.person_id")
    .innerJoin("agencies", "agencies.id", "share_openings.agency_id")
    .select([
      "persons.name as name",
      "agencies.name as agency",
      "purpose",
      "conditions",
      "accepted",
      "attachment_id",
      "at",
    ])
    .where("share_id", "=", share.id)
    .orderBy("share_openings.id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ attachment_id, ...row }) => ({
    ...row,
    purpose: row.purpose as Purpose,
    file: attachment_id !== null,
  }));
}
