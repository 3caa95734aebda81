import { randomBytes } from "node:crypto";
import { hashOf } from "../files/links.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** A person's own calendar address, made anew: the one before is dead at once. */
export async function renewFeed(work: UnitOfWork, personId: string): Promise<string | undefined> {
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

export async function feedMadeAt(work: UnitOfWork, personId: string): Promise<Date | undefined> {
  const row = await work.tx.selectFrom("feeds").select("made_at").where("person_id", "=", personId).executeTakeFirst();
  return row?.made_at;
}
