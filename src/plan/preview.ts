import { randomUUID } from "node:crypto";
import type { UnitOfWork } from "../store/unit-of-work.js";
import type { ReadObjective } from "./csv.js";
import { PILLARS, type Pillar } from "./model.js";

/** A plan that was read and is not taken in yet: it rests sealed among the drafts, for a day. */

export type Preview = { objectives: number; indicators: number; pillars: { pillar: Pillar; objectives: number }[] };

/** @returns undefined where it was taken, has run out or is another person's */
export async function previewOf(work: UnitOfWork, draft: string, personId: string): Promise<Preview | undefined> {
  const read = await waiting(work, draft, personId);
  return (
    read && {
      objectives: read.length,
      indicators: read.reduce((sum, { indicators }) => sum + indicators.length, 0),
      pillars: PILLARS.map((pillar) => ({
        pillar,
        objectives: read.filter((one) => one.pillar === pillar).length,
      })).filter(({ objectives }) => objectives > 0),
    }
  );
}

export async function waiting(work: UnitOfWork, draft: string, personId: string): Promise<ReadObjective[] | undefined> {
  const row = await work.tx
    .selectFrom("drafts")
    .select("words")
    .where("id", "=", draft)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row && (JSON.parse((await work.cipher()).open(row.words)) as ReadObjective[]);
}

/** @returns under which id it waits */
export async function keepPreview(work: UnitOfWork, personId: string, read: readonly ReadObjective[]): Promise<string> {
  const id = randomUUID();
  const words = (await work.cipher()).seal(JSON.stringify(read));
  await work.tx.insertInto("drafts").values({ id, person_id: personId, words, at: work.now }).execute();
  return id;
}
