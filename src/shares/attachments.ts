import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Share } from "./model.js";

/** Files that belong to a share: sealed at rest, of a few kinds, opened by one-time addresses, each download logged. */

export type Attachment = { id: string; name: string; type: string; size: number };

export async function attachmentsOf(work: UnitOfWork, share: Pick<Share, "id">): Promise<Attachment[]> {
  const rows = await work.tx
    .selectFrom("attachments")
    .select(["id", "name", "type", "size"])
    .where("share_id", "=", share.id)
    .orderBy("at")
    .execute();
  const cipher = await work.cipher();
  return rows.map((row) => ({ ...row, name: cipher.open(row.name) }));
}
