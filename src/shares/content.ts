import type { Text } from "../chat/index.js";
import type { Reader } from "../delivery/notification.js";
import { fold } from "../people/names.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { showAt } from "../time/display.js";
import type { Share } from "./model.js";

/** What a share says. Sealed at rest whatever its label, opened here alone. */
export type Content = { title: string; content: string };

export async function writeContent(
  work: UnitOfWork,
  share: Pick<Share, "id">,
  { title, content }: Content,
): Promise<void> {
  const cipher = await work.cipher();
  await work.tx
    .updateTable("shares")
    .set({ title: cipher.seal(title), content: cipher.seal(content) })
    .where("id", "=", share.id)
    .execute();
  await work.tx.deleteFrom("share_words").where("share_id", "=", share.id).execute();
  const hashes = [...new Set(wordsOf(`${title} ${content}`))].slice(0, MOST_WORDS).map((word) => cipher.mark(word));
  if (hashes.length)
    await work.tx
      .insertInto("share_words")
      .values(hashes.map((hash) => ({ share_id: share.id, hash })))
      .execute();
}

/** @throws Error when nothing was written yet */
export async function readContent(work: UnitOfWork, share: Pick<Share, "id">): Promise<Content> {
  const row = await work.tx
    .selectFrom("shares")
    .select(["title", "content"])
    .where("id", "=", share.id)
    .executeTakeFirstOrThrow();
  if (row.title === null || row.content === null) throw new Error("nothing was written into this share");
  const cipher = await work.cipher();
  return { title: cipher.open(row.title), content: cipher.open(row.content) };
}

const MOST_WORDS = 2_000;

/** Words of two letters or more, without case and accents. */
export const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]{2,}/gu) ?? [];

/** The conditions in words, as they are shown before anybody reads. */
export async function conditionsOf(
  work: UnitOfWork,
  share: Share,
  reader: Pick<Reader, "t" | "zone" | "lang">,
): Promise<Text> {
  const otherCode = await otherCondition(work, share);
  const i = reader.t.information;
  const lines = [
    i.labelMeans[share.label],
    ...share.codes.map((code) => (code === "H3" ? (otherCode ?? i.codeMeans.H3) : i.codeMeans[code])),
    share.attribution ? i.attribution.yes : i.attribution.no,
    ...(share.validUntil ? [i.validUntil({ when: showAt(work, reader, share.validUntil.at) })] : []),
  ];
  return [
    i.conditionsFirst,
    "\n",
    { bold: `TLP:${share.label} ${share.codes.join(" ")}`.trim() },
    `\n${lines.map((line) => `• ${line}`).join("\n")}`,
  ];
}

/** What H3 says, in the provider's words. */
export const otherCondition = (work: UnitOfWork, share: Pick<Share, "id">): Promise<string | undefined> =>
  sealedOf(work, share, "other_code");

/** Why a second person gave it back to its author. */
export const returnReason = (work: UnitOfWork, share: Pick<Share, "id">): Promise<string | undefined> =>
  sealedOf(work, share, "reason");

async function sealedOf(
  work: UnitOfWork,
  { id }: Pick<Share, "id">,
  column: "other_code" | "reason",
): Promise<string | undefined> {
  const row = await work.tx.selectFrom("shares").select(column).where("id", "=", id).executeTakeFirstOrThrow();
  const sealed: string | null = row[column];
  return sealed === null ? undefined : (await work.cipher()).open(sealed);
}

export type Told = { kind: "declined" | "breach"; agency: string; words: string };

/** What recipients gave as reasons, and what was said of breaches: for the providing side, in a dialog. */
export async function reasonsOf(work: UnitOfWork, share: Pick<Share, "id">): Promise<Told[]> {
  const cipher = await work.cipher();
  const declined = await work.tx
    .selectFrom("share_recipients")
    .innerJoin("agencies", "agencies.id", "share_recipients.agency_id")
    .select(["agencies.name as agency", "reason"])
    .where("share_id", "=", share.id)
    .where("reason", "is not", null)
    .execute();
  const breaches = await work.tx
    .selectFrom("breaches")
    .innerJoin("share_recipients", "share_recipients.id", "breaches.recipient_id")
    .innerJoin("agencies", "agencies.id", "share_recipients.agency_id")
    .select(["agencies.name as agency", "words"])
    .where("breaches.share_id", "=", share.id)
    .orderBy("at")
    .execute();
  return [
    ...declined.map(({ agency, reason }) => ({ kind: "declined" as const, agency, words: cipher.open(reason ?? "") })),
    ...breaches.map(({ agency, words }) => ({ kind: "breach" as const, agency, words: cipher.open(words) })),
  ];
}
