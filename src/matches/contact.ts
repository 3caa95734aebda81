import { speakersOf } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

export async function whomToTalkTo(
  work: UnitOfWork,
  agencyId: string,
  personId: string,
): Promise<{ agency: string; people: string[] }> {
  const row = await work.tx.selectFrom("agencies").select("name").where("id", "=", agencyId).executeTakeFirst();
  const people = await work.tx
    .selectFrom("persons")
    .select("name")
    .where("id", "=", personId)
    .where("active", "=", true)
    .execute();
  const focal = await speakersOf(work.tx, agencyId);
  const names = [...new Set([...people.map(({ name }) => name), ...focal.map(({ name }) => name)])];
  return { agency: row?.name ?? "", people: names.slice(0, 3) };
}
