import { createHash, randomUUID } from "node:crypto";
import { addMinutes, subDays } from "date-fns";
import { sql } from "kysely";
import { refuse } from "../lib/refusal.js";
import type { Person } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { KEEP_DAYS, withdrawAll } from "./acts.js";

/**
 * How far lists have come that are being written. What a crash or a lost database broke off is known again by its
 * file, and goes on after what stands.
 */

/** A slice takes a fraction of a second: who was silent for so long writes no more. */
const LEASE_MINUTES = 1;

/** `undone`: its entries are being taken back. */
export type List = { id: string; written: number; undone: boolean };

/** @throws Refusal where this very list is being written at this moment */
export async function claim(work: UnitOfWork, person: Person, bytes: Uint8Array, rows: number): Promise<List> {
  const { tx, now } = work;
  const { agencyId } = person;
  // What it wrote has run out.
  await tx
    .deleteFrom("match_imports")
    .where("agency_id", "=", agencyId)
    .where("begun_at", "<", subDays(now, KEEP_DAYS))
    .execute();
  const digest = (await work.cipher()).mark(`match list ${createHash("sha256").update(bytes).digest("hex")}`);
  const lease = addMinutes(now, LEASE_MINUTES);
  const row = await tx
    .insertInto("match_imports")
    .values({
      id: randomUUID(),
      agency_id: agencyId,
      person_id: person.id,
      digest,
      rows,
      begun_at: now,
      lease_until: lease,
    })
    .onConflict((c) =>
      c
        .columns(["body_id", "agency_id", "digest"])
        .doUpdateSet({ lease_until: lease, person_id: person.id })
        .where("match_imports.lease_until", "<=", now),
    )
    .returning(["id", "written", "undone"])
    .executeTakeFirst();
  return row ?? refuse((t) => t.errors.matchListRuns({ minutes: LEASE_MINUTES }), "match.list");
}

/** In the transaction that writes the rows. @throws where somebody else went on with it meanwhile */
export async function advance(work: UnitOfWork, list: List, from: number, rows: number): Promise<void> {
  const row = await work.tx
    .updateTable("match_imports")
    .set({ written: from + rows, lease_until: addMinutes(work.now, LEASE_MINUTES) })
    .where("id", "=", list.id)
    .where("written", "=", from)
    .where("undone", "=", false)
    .returning("id")
    .executeTakeFirst();
  if (!row) throw new Error("this list is written by somebody else");
}

export async function finish(work: UnitOfWork, list: List): Promise<void> {
  await work.tx.deleteFrom("match_imports").where("id", "=", list.id).execute();
}

/** Some of what it wrote is gone as if each had been removed. @returns whether there may be more */
export async function takeBack(work: UnitOfWork, person: Person, list: List, atOnce: number): Promise<boolean> {
  await work.tx
    .updateTable("match_imports")
    .set({ undone: true, lease_until: addMinutes(work.now, LEASE_MINUTES) })
    .where("id", "=", list.id)
    .execute();
  if ((await withdrawAll(work, person, list.id, atOnce)) === atOnce) return true;
  await finish(work, list);
  return false;
}

export type Unfinished = { rows: number; standing: number; begunAt: Date };

/** Lists of this agency that broke off, and how many of their entries stand. */
export async function unfinished(work: UnitOfWork, agencyId: string): Promise<Unfinished[]> {
  const rows = await work.tx
    .selectFrom("match_imports")
    .select((eb) => [
      "rows",
      "begun_at",
      eb
        .selectFrom("match_entries")
        .select((e) => e.fn.countAll<number>().as("standing"))
        .whereRef("match_entries.import_id", "=", sql.ref("match_imports.id"))
        .where("removed_at", "is", null)
        .as("standing"),
    ])
    .where("agency_id", "=", agencyId)
    .where("lease_until", "<=", work.now)
    .where("begun_at", ">=", subDays(work.now, KEEP_DAYS))
    .orderBy("begun_at", "desc")
    .limit(3)
    .execute();
  return rows.map((row) => ({ rows: row.rows, standing: Number(row.standing), begunAt: row.begun_at }));
}
