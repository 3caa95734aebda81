import { createHash, randomBytes } from "node:crypto";
import { addMinutes } from "date-fns";
import type { Work } from "../work.js";

/** An address that opens one file for one person, for a few minutes; the right is checked again when it is opened. */
const MINUTES_OPEN = 5;

export type FileKind = "minutes" | "calendar";

export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** @returns undefined where nobody said under which address Coord is reached */
export async function fileLink(
  work: Work,
  personId: string,
  kind: FileKind,
  itemId: string,
): Promise<{ url: string; minutes: number } | undefined> {
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
  return { url: `${site}/files/${token}`, minutes: MINUTES_OPEN };
}

/** A person's own calendar address, made anew: the one before is dead at once. */
export async function renewFeed(work: Work, personId: string): Promise<string | undefined> {
  const site = work.site();
  if (!site) return undefined;
  const token = randomBytes(24).toString("base64url");
  const row = { token_hash: hashOf(token), made_at: work.now };
  await work.tx
    .insertInto("feeds")
    .values({ person_id: personId, ...row })
    .onConflict((o) => o.column("person_id").doUpdateSet(row))
    .execute();
  return `${site}/calendar/${token}.ics`;
}

export async function feedMadeAt(work: Work, personId: string): Promise<Date | undefined> {
  const row = await work.tx.selectFrom("feeds").select("made_at").where("person_id", "=", personId).executeTakeFirst();
  return row?.made_at;
}
