import { cleanName } from "../people/clean.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { Share } from "./model.js";

/** Files that belong to a share: sealed at rest, of a few kinds, opened by one-time addresses, each download logged. */

export const MOST_BYTES = 10 * 1_048_576;
export const MOST_FILES = 10;
const LONGEST_FILE_NAME = 200;

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

/** No path, no control character, no dot in front, and the ending of what it is. */
export function fileName(raw: string, extension: string): string {
  const last = raw.slice(Math.max(raw.lastIndexOf("/"), raw.lastIndexOf("\\")) + 1);
  const base = (cleanName(last, LONGEST_FILE_NAME) ?? "").replace(/[\n\t"<>|:*?]/g, " ").replace(/^[.\s]+/, "");
  const stem = base
    .replace(/\.[A-Za-z0-9]{1,5}$/, "")
    .slice(0, 100)
    .trim();
  return `${stem || "file"}.${extension}`;
}

export const KINDS = "PDF, PNG, JPEG, Word (docx), Excel (xlsx), CSV, TXT";
