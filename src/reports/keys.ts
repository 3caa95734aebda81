import { randomBytes, randomUUID } from "node:crypto";
import { addDays } from "date-fns";
import { record } from "../audit/record.js";
import { hashOf } from "../files/links.js";
import type { Opener } from "../files/serve.js";
import { messagesFor } from "../i18n/index.js";
import type { Person } from "../people/model.js";
import { loadPerson } from "../people/store.js";
import { may } from "../policy/index.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf, formatCalendarDay } from "../time/index.js";

/**
 * Keys with which the rapporteur's office reads figures: read only, of one body, for a year at most, and as long as
 * the rapporteur is one. Only a hash of a key is kept.
 */
const KEY_DAYS = 365;

/** A new key takes the place of the one before; it is told once, in a file that one address gives once. */
export const openKey: Opener = async (work, person) => {
  const site = work.site();
  if (!site || !may(person, "report.key")) return undefined;
  await revokeKeys(work, person);
  // The mark by which scanners for lost secrets know what they found.
  const key = `coord_report_${randomBytes(24).toString("base64url")}`;
  const until = addDays(work.now, KEY_DAYS);
  const id = randomUUID();
  await work.tx
    .insertInto("report_keys")
    .values({
      id,
      token_hash: hashOf(key),
      person_id: person.id,
      made_at: work.now,
      expires_at: until,
      revoked_at: null,
    })
    .execute();
  await record(work, { action: "report.key_made", actorId: person.id, item: { kind: "report_key", id } });
  const day = formatCalendarDay(dayOf(until, work.body.zone), person.lang);
  const text = messagesFor(person.lang).reports.keyFile({
    key,
    until: day,
    example: `curl -H "Authorization: Bearer ${key}" "${site}/api/v1/figures?period=2026-Q3"`,
    description: `${site}/api/v1/openapi.json`,
  });
  return { name: "coord-key.txt", type: "text/plain; charset=utf-8", bytes: new TextEncoder().encode(`${text}\n`) };
};

/** @returns whether there was one */
export async function revokeKeys(work: UnitOfWork, person: Person): Promise<boolean> {
  const rows = await work.tx
    .updateTable("report_keys")
    .set({ revoked_at: work.now })
    .where("person_id", "=", person.id)
    .where("revoked_at", "is", null)
    .returning("id")
    .execute();
  for (const { id } of rows)
    await record(work, { action: "report.key_revoked", actorId: person.id, item: { kind: "report_key", id } });
  return rows.length > 0;
}

/** Whose key this is, if it opens anything now. */
export async function holderOf(work: UnitOfWork, key: string): Promise<Person | undefined> {
  const row = await work.tx
    .selectFrom("report_keys")
    .select("person_id")
    .where("token_hash", "=", hashOf(key))
    .where("revoked_at", "is", null)
    .where("expires_at", ">", work.now)
    .executeTakeFirst();
  const person = row && (await loadPerson(work.tx, row.person_id));
  return person?.active && may(person, "report.key") ? person : undefined;
}
