import { randomBytes } from "node:crypto";
import { addDays } from "date-fns";
import { chartAlt } from "../documents/chart.js";
import type { Chart } from "../documents/chart-model.js";
import { chartPng, pictureSize } from "../documents/picture.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { hashOf } from "./links.js";

/** Charts for chats: the platforms' servers fetch them by an address that cannot be guessed. */

/** A card stays in a conversation for weeks, and clients fetch its pictures each time that it is opened. */
const PICTURE_DAYS = 30;

/** A chart of a card: under which address it is fetched, and what it says in words. */
export type Picture = { url: string; alt: string; title: string };

/** @property width in pixels of 96 to the inch */
export type Drawn = { title: string; alt: string; png: Uint8Array; width: number; height: number };

export async function drawn(chart: Chart): Promise<Drawn> {
  const png = await chartPng(chart);
  return { title: chart.title, alt: chartAlt(chart), png, ...pictureSize(png) };
}

/** @returns nothing where nobody said under which address Coord is reached */
export async function keepPictures(work: UnitOfWork, itemId: string, pictures: readonly Drawn[]): Promise<Picture[]> {
  const site = work.site();
  if (!site || pictures.length === 0) return [];
  const cipher = await work.cipher();
  const named = pictures.map((one) => ({ ...one, token: randomBytes(24).toString("base64url") }));
  await work.tx
    .insertInto("pictures")
    .values(
      named.map(({ token, png }) => ({
        token_hash: hashOf(token),
        item_id: itemId,
        png: cipher.sealBytes(png),
        expires_at: addDays(work.now, PICTURE_DAYS),
      })),
    )
    .execute();
  return named.map(({ token, alt, title }) => ({ url: `${site}/charts/${token}.png`, alt, title }));
}

export async function dropPictures(work: UnitOfWork, itemId: string): Promise<void> {
  await work.tx.deleteFrom("pictures").where("item_id", "=", itemId).execute();
}

/** A chart by the secret in its address. */
export async function openPicture(work: UnitOfWork, token: string): Promise<Uint8Array | undefined> {
  const row = await work.tx
    .selectFrom("pictures")
    .select("png")
    .where("token_hash", "=", hashOf(token))
    .where("expires_at", ">", work.now)
    .executeTakeFirst();
  return row && (await work.cipher()).openBytes(row.png);
}
