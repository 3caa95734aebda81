import { randomUUID } from "node:crypto";
import { addDays, subHours } from "date-fns";
import { sql } from "kysely";
import { recordAct, recordAll } from "../audit/record.js";
import type { Context } from "../command/define.js";
import { notifyAll } from "../delivery/outbox.js";
import { readPolicy } from "../escalation/notation.js";
import { type ScheduledStep, scheduledSteps } from "../escalation/schedule.js";
import { addSteps, scheduleSteps } from "../escalation/store.js";
import { refuse } from "../lib/refusal.js";
import { type Person, personCalendar } from "../people/model.js";
import { speakersOf } from "../people/store.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { whomToTalkTo } from "./contact.js";
import { keyedHashes } from "./hash.js";
import type { IdentifierKind } from "./normalise.js";
import { matchHit } from "./notifications.js";
import { notifyAsked, withinSilent } from "./silent.js";

/**
 * Registering identifiers for a case (para 29). What was typed is gone with the request: only keyed hashes of its forms
 * stay. When entries of two agencies meet, both learn that there is a hit and whom to talk to, and nothing else; an
 * answer never tells whether somebody else has it.
 */

export const KEEP_DAYS = 30;
/** Live entries of an agency, imports too. */
export const QUOTA = 2_000;
/** Entries that one person adds by hand in an hour: enough for a case, too few to try numbers out. */
const HOURLY = 60;
export const MATCH = "match";

export type Registering = {
  kind: IdentifierKind;
  forms: readonly string[];
  case: string;
  purpose: string;
  silent: boolean;
};

export async function enter(c: Context, entry: Registering): Promise<number> {
  if (c.onBehalf) refuse((t) => t.errors.matchNotFor);
  const { work, person } = c;
  const { recent } = await work.tx
    .selectFrom("match_entries")
    .select((eb) => eb.fn.countAll<number>().as("recent"))
    .where("person_id", "=", person.id)
    .where("created_at", ">", subHours(work.now, 1))
    .executeTakeFirstOrThrow();
  if (Number(recent) >= HOURLY) refuse((t) => t.errors.matchRate({ max: HOURLY }), "match.rate");
  await withinQuota(work, person, [entry]);
  const number = await add(work, person, entry);
  if (entry.silent) await notifyAsked(work, person.agencyId);
  return number;
}

/** @throws Refusal when the agency would have more than its quota, or ask silently too often */
export async function withinQuota(work: UnitOfWork, person: Person, more: readonly Registering[]): Promise<void> {
  // One after the other: two that add at once must not both find the last place free.
  await sql`select pg_advisory_xact_lock(hashtext(${`match ${work.body.id} ${person.agencyId}`}))`.execute(work.tx);
  const { count } = await work.tx
    .selectFrom("match_entries")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("agency_id", "=", person.agencyId)
    .where("removed_at", "is", null)
    .where("expires_at", ">", work.now)
    .executeTakeFirstOrThrow();
  if (Number(count) + more.length > QUOTA)
    refuse((t) => t.errors.matchQuota({ max: QUOTA, count: Number(count) }), "match.quota");
  await withinSilent(work, person, more.filter(({ silent }) => silent).length);
}

/** @returns the number by which its agency knows it */
async function add(work: UnitOfWork, person: Person, entry: Registering): Promise<number> {
  const [number] = await addAll(work, person, [entry]);
  if (number === undefined) throw new Error("no number");
  return number;
}

type Mark = { entryId: string; hash: string; loose: boolean };

/**
 * Many at once: how many statements it takes does not grow with the list.
 * @param listId the list that they came in, to be taken back with it
 * @returns the numbers by which their agency knows them
 */
export async function addAll(
  work: UnitOfWork,
  person: Person,
  entries: readonly Registering[],
  listId?: string,
): Promise<number[]> {
  if (entries.length === 0) return [];
  const cipher = await work.cipher();
  const numbers = await work.nextOf(`match ${person.agencyId}`, entries.length);
  const expiresAt = addDays(work.now, KEEP_DAYS);
  const fresh = entries.map((entry, index) => ({
    ...entry,
    id: randomUUID(),
    number: numbers[index] as number,
  }));
  await work.tx
    .insertInto("match_entries")
    .values(
      fresh.map((entry) => ({
        id: entry.id,
        number: entry.number,
        agency_id: person.agencyId,
        person_id: person.id,
        kind: entry.kind,
        case_ref: cipher.seal(entry.case),
        purpose: cipher.seal(entry.purpose),
        silent: entry.silent,
        created_at: work.now,
        expires_at: expiresAt,
        removed_at: null,
        import_id: listId ?? null,
      })),
    )
    .execute();
  const marks = fresh.flatMap((entry) => marksOf(entry, cipher.key("match")));
  await work.tx
    .insertInto("match_hashes")
    .values(marks.map(({ entryId, hash, loose }) => ({ entry_id: entryId, hash, loose })))
    .execute();
  await recordAll(
    work,
    fresh.map((entry) => ({
      action: "match.registered",
      actorId: person.id,
      item: { kind: MATCH, id: entry.id },
      detail: { kind: entry.kind, silent: entry.silent, agency: person.agency.handle },
    })),
  );
  const scheduled = endSteps(work, person, expiresAt);
  await addSteps(
    work,
    fresh.flatMap(({ id }) =>
      scheduled.map((step) => ({ item: { kind: MATCH, id }, scheduleVersion: 0, about: expiresAt, step })),
    ),
  );
  await meet(work, person, fresh, marks);
  return fresh.map(({ number }) => number);
}

/** A document number whose State is told meets another without one, and not one of another State. */
function marksOf(entry: Registering & { id: string }, key: Buffer): Mark[] {
  const stated = entry.forms.some((form) => form.startsWith("document-of:"));
  return keyedHashes(entry.kind, entry.forms, key).map((hash, index) => ({
    entryId: entry.id,
    hash,
    loose: stated && entry.forms[index]?.startsWith("document:") === true,
  }));
}

type Side = { id: string; silent: boolean; agencyId: string; personId: string };
type Met = { hit: string; own: Side; other: Side };

/** Of two loose marks neither meets the other. */
async function meet(
  work: UnitOfWork,
  person: Person,
  entries: readonly { id: string; silent: boolean }[],
  marks: readonly Mark[],
): Promise<void> {
  const { agencyId } = person;
  const rows = await work.tx
    .selectFrom("match_hashes")
    .innerJoin("match_entries", "match_entries.id", "match_hashes.entry_id")
    .select(["hash", "loose", "match_entries.id", "agency_id", "person_id", "silent"])
    .where("hash", "in", [...new Set(marks.map(({ hash }) => hash))])
    .where("agency_id", "!=", agencyId)
    .where("removed_at", "is", null)
    .where("expires_at", ">", work.now)
    .execute();
  if (rows.length === 0) return;
  const silent = new Map(entries.map((entry) => [entry.id, entry.silent]));
  const byHash = new Map<string, Mark[]>();
  for (const mark of marks) byHash.set(mark.hash, [...(byHash.get(mark.hash) ?? []), mark]);
  const met = new Map<string, Met>();
  for (const row of rows)
    for (const mark of byHash.get(row.hash) ?? [])
      if (!(mark.loose && row.loose))
        met.set(`${mark.entryId} ${row.id}`, {
          hit: randomUUID(),
          own: { id: mark.entryId, silent: silent.get(mark.entryId) ?? true, agencyId, personId: person.id },
          other: { id: row.id, silent: row.silent, agencyId: row.agency_id, personId: row.person_id },
        });
  await notifyHits(work, [...met.values()]);
}

async function notifyHits(work: UnitOfWork, met: readonly Met[]): Promise<void> {
  if (met.length === 0) return;
  await work.tx
    .insertInto("match_hits")
    .values(met.map(({ hit, own, other }) => ({ id: hit, entry_id: other.id, other_id: own.id, at: work.now })))
    .execute();
  await recordAll(
    work,
    met.map(({ own, other }) => ({
      action: "match.hit",
      item: { kind: MATCH, id: own.id },
      detail: { silent: own.silent || other.silent },
    })),
  );
  // A silent entry is told to its owner alone, so the other side hears of a hit only where this one is not silent.
  const notified = met.flatMap(({ hit, own, other }) => [
    ...(other.silent ? [] : [{ hit, entry: own }]),
    ...(own.silent ? [] : [{ hit, entry: other }]),
  ]);
  const focal = new Map<string, string[]>();
  for (const agencyId of new Set(notified.map(({ entry }) => entry.agencyId)))
    focal.set(
      agencyId,
      (await speakersOf(work.tx, agencyId)).map(({ id }) => id),
    );
  await notifyAll(
    work,
    notified.flatMap(({ hit, entry }) =>
      [...new Set([entry.personId, ...(focal.get(entry.agencyId) ?? [])])].map((personId) => ({
        notification: matchHit,
        params: { hit, entry: entry.id },
        to: { personId },
        dedupe: `match ${hit} ${entry.id} ${personId}`,
      })),
    ),
  );
}

export type Entry = {
  id: string;
  number: number;
  kind: IdentifierKind;
  case: string;
  purpose: string;
  silent: boolean;
  personId: string;
  by: string;
  expiresAt: Date;
  hits: number;
  scheduleVersion: number;
};

/**
 * What this agency has registered and is still live; the newest first. Never what it was, which nobody knows any more.
 * @param number only the entry of this number
 */
export async function entriesOf(
  work: UnitOfWork,
  agencyId: string,
  o: { page: number; size: number; number?: number },
): Promise<{ entries: Entry[]; total: number }> {
  const live = work.tx
    .selectFrom("match_entries")
    .innerJoin("persons", "persons.id", "match_entries.person_id")
    .where("match_entries.agency_id", "=", agencyId)
    .where("removed_at", "is", null)
    .where("expires_at", ">", work.now)
    .$if(o.number !== undefined, (q) => q.where("number", "=", o.number ?? 0));
  const { total } = await live.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
  const rows = await live
    .select((eb) => [
      "match_entries.id",
      "number",
      "kind",
      "case_ref",
      "purpose",
      "silent",
      "person_id",
      "persons.name as by",
      "expires_at",
      "ladder",
      eb
        .selectFrom("match_hits")
        .innerJoin("match_entries as met", (join) =>
          join.on(
            sql<boolean>`met.id = case when match_hits.entry_id = match_entries.id then match_hits.other_id else match_hits.entry_id end`,
          ),
        )
        .select((h) => h.fn.countAll<number>().as("hits"))
        .where((h) =>
          h.or([
            h("match_hits.entry_id", "=", h.ref("match_entries.id")),
            h("match_hits.other_id", "=", h.ref("match_entries.id")),
          ]),
        )
        // Of a hit on a silent entry this side knows nothing.
        .where("met.silent", "=", false)
        .as("hits"),
    ])
    .orderBy("number", "desc")
    .limit(o.size)
    .offset((o.page - 1) * o.size)
    .execute();
  const cipher = await work.cipher();
  const entries = rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    case: cipher.open(row.case_ref),
    purpose: cipher.open(row.purpose),
    silent: row.silent,
    personId: row.person_id,
    by: row.by,
    expiresAt: row.expires_at,
    hits: Number(row.hits),
    scheduleVersion: row.ladder,
  }));
  return { entries, total: Number(total) };
}

export async function entryByNumber(c: Context, number: number): Promise<Entry> {
  const { entries } = await entriesOf(c.work, c.person.agencyId, { page: 1, size: 1, number });
  return entries[0] ?? refuse((t) => t.errors.noMatch({ number }));
}

/** Its hashes are gone at once. */
export async function remove(c: Context, entry: Entry): Promise<void> {
  await c.work.tx.updateTable("match_entries").set({ removed_at: c.work.now }).where("id", "=", entry.id).execute();
  await forget(c.work, entry.id);
  await scheduleEnd(c.work, c.person, { id: entry.id, scheduleVersion: entry.scheduleVersion + 1 });
  await recordAct(c, { action: "match.removed", item: { kind: MATCH, id: entry.id } });
}

/** A list that could not be brought to its end: its entries are gone as if each had been removed. @returns how many went */
export async function withdrawAll(work: UnitOfWork, person: Person, listId: string, atMost: number): Promise<number> {
  const rows = await work.tx
    .updateTable("match_entries")
    .set({ removed_at: work.now })
    .where("id", "in", (eb) =>
      eb
        .selectFrom("match_entries")
        .select("id")
        .where("import_id", "=", listId)
        .where("removed_at", "is", null)
        .limit(atMost),
    )
    .returning("id")
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await work.tx.deleteFrom("match_hashes").where("entry_id", "in", ids).execute();
  await work.tx
    .updateTable("reminder_steps")
    .set({ fired_at: work.now, outcome: "moved" })
    .where("item_kind", "=", MATCH)
    .where("item_id", "in", ids)
    .where("fired_at", "is", null)
    .execute();
  await recordAll(
    work,
    ids.map((id) => ({ action: "match.removed", actorId: person.id, item: { kind: MATCH, id } })),
  );
  return ids.length;
}

export async function forget(work: UnitOfWork, entryId: string): Promise<void> {
  await work.tx.deleteFrom("match_hashes").where("entry_id", "=", entryId).execute();
}

export async function renew(c: Context, entry: Entry): Promise<Date> {
  const { work } = c;
  const expiresAt = addDays(work.now, KEEP_DAYS);
  await work.tx
    .updateTable("match_entries")
    .set({ expires_at: expiresAt, ladder: entry.scheduleVersion + 1 })
    .where("id", "=", entry.id)
    .execute();
  await scheduleEnd(work, c.person, { id: entry.id, scheduleVersion: entry.scheduleVersion + 1, expiresAt });
  await recordAct(c, { action: "match.renewed", item: { kind: MATCH, id: entry.id } });
  return expiresAt;
}

/** Its owner hears three days before that it runs out; then its hashes go. */
async function scheduleEnd(
  work: UnitOfWork,
  person: Person,
  entry: { id: string; scheduleVersion: number; expiresAt?: Date },
): Promise<void> {
  const about = entry.expiresAt;
  await scheduleSteps(
    work,
    { kind: MATCH, id: entry.id },
    entry.scheduleVersion,
    about,
    about ? endSteps(work, person, about) : [],
  );
}

function endSteps(work: UnitOfWork, person: Person, about: Date): ScheduledStep[] {
  const calendar = personCalendar(person, work.now.getUTCFullYear());
  return [
    ...scheduledSteps(readPolicy("3d before"), { about, calendar, now: work.now, lifeSafety: false, deadline: about }),
    { step: "end", to: "clock", at: about, nominal: about },
  ];
}

export type Hit = { number: number; kind: IdentifierKind; agency: string; people: string[]; at: Date };

/** The hits that this agency was told of: which entry of its own, with whom, and whom to talk to. */
export async function hitsOf(work: UnitOfWork, agencyId: string, limit: number): Promise<Hit[]> {
  const rows = await work.tx
    .selectFrom("match_hits")
    .innerJoin("match_entries as a", "a.id", "match_hits.entry_id")
    .innerJoin("match_entries as b", "b.id", "match_hits.other_id")
    .select([
      "match_hits.at",
      "a.id as a_id",
      "a.agency_id as a_agency",
      "a.number as a_number",
      "a.kind as kind",
      "a.silent as a_silent",
      "a.person_id as a_person",
      "b.agency_id as b_agency",
      "b.number as b_number",
      "b.silent as b_silent",
      "b.person_id as b_person",
    ])
    .where((eb) => eb.or([eb("a.agency_id", "=", agencyId), eb("b.agency_id", "=", agencyId)]))
    .orderBy("match_hits.at", "desc")
    .limit(limit * 2)
    .execute();
  const hits: Hit[] = [];
  for (const row of rows) {
    const first = row.a_agency === agencyId;
    const [otherAgency, otherPerson, otherSilent] = first
      ? [row.b_agency, row.b_person, row.b_silent]
      : [row.a_agency, row.a_person, row.a_silent];
    if (otherSilent) continue;
    const { agency, people } = await whomToTalkTo(work, otherAgency, otherPerson);
    hits.push({ number: first ? row.a_number : row.b_number, kind: row.kind, agency, people, at: row.at });
  }
  return hits.slice(0, limit);
}
