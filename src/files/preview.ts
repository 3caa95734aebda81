import { randomUUID } from "node:crypto";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** What was read of a file and is not taken in yet: it rests sealed among the drafts, for a day. */

/** @returns under which id it waits */
export async function keepRead(work: UnitOfWork, personId: string, read: unknown): Promise<string> {
  const id = randomUUID();
  const words = (await work.cipher()).seal(JSON.stringify(read));
  await work.tx.insertInto("drafts").values({ id, person_id: personId, words, at: work.now }).execute();
  return id;
}

/** @returns undefined where it was taken, has run out or is another person's */
export async function readWaiting<T>(work: UnitOfWork, id: string, personId: string): Promise<T | undefined> {
  const row = await work.tx
    .selectFrom("drafts")
    .select("words")
    .where("id", "=", id)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row && (JSON.parse((await work.cipher()).open(row.words)) as T);
}

/** It was taken in. */
export const dropRead = (work: UnitOfWork, id: string): Promise<unknown> =>
  work.tx.deleteFrom("drafts").where("id", "=", id).execute();
