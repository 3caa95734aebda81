import { createHash, randomBytes } from "node:crypto";
import { addMinutes } from "date-fns";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** Addresses that open one thing for one person, once, for a few minutes; the right is checked again when it is opened. */
const MINUTES_OPEN = 5;

/** What an address opens or takes, as the part calls it that serves it (`opens` and `takes`, src/items/define.ts). */
export type FileKind = string;

export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** @property minutes for which it opens */
export type FileLink = { url: string; minutes: number };

/** Opens something of this item for this person. @returns undefined where nobody said under which address Coord is reached */
export const fileLink = (
  work: UnitOfWork,
  personId: string,
  kind: FileKind,
  itemId: string,
): Promise<FileLink | undefined> => link(work, "files", personId, kind, itemId);

/** Takes one file for this item from this person. @returns undefined where nobody said under which address Coord is reached */
export const uploadLink = (
  work: UnitOfWork,
  personId: string,
  kind: FileKind,
  itemId: string,
): Promise<FileLink | undefined> => link(work, "upload", personId, kind, itemId);

async function link(
  work: UnitOfWork,
  page: "files" | "upload",
  personId: string,
  kind: FileKind,
  itemId: string,
): Promise<FileLink | undefined> {
  const site = work.site();
  if (!site) return undefined;
  const token = randomBytes(24).toString("base64url");
  await work.tx
    .insertInto("file_links")
    .values({
      token_hash: hashOf(token),
      person_id: personId,
      kind,
      item_id: itemId,
      expires_at: addMinutes(work.now, MINUTES_OPEN),
    })
    .execute();
  return { url: `${site}/${page}/${token}`, minutes: MINUTES_OPEN };
}
