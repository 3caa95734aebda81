import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { record } from "../audit/record.js";
import { inAny } from "../i18n/grammar/index.js";
import { refuse } from "../lib/refusal.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Day, hasHolidays, isZone, nearestZones, type WhenContext } from "../time/index.js";
import { inOrder, readDaysOff, readHours, readWeekdays } from "../time/week-words.js";
import { cleanName } from "./clean.js";
import type { Mandate } from "./mandates.js";
import type { Agency, Person } from "./model.js";
import { loadAgency } from "./store.js";

/** Agencies and bodies have longer names than people. */
export const LONGEST_AGENCY_NAME = 120;

/** What is said of an agency, in words, whichever way they came. Absent: it stays. */
export type AgencySaid = {
  name?: string;
  mandate?: Mandate;
  zone?: string;
  /** Whose public holidays it keeps; `none` for none. */
  country?: string;
  lang?: string;
  days?: string;
  hours?: string;
  /** Days off of its own. */
  closed?: string;
  /** Days on which it works, public holiday or not. */
  open?: string;
};

/** @throws Refusal saying what could not be read and what to write */
export function readAgency(agency: Pick<Agency, "zone" | "week">, said: AgencySaid, now: Date, lang: string) {
  const zone = said.zone ?? agency.zone;
  if (!isZone(zone)) refuse((t) => t.errors.zone({ said: zone, near: nearestZones(zone) }));
  const context: WhenContext = { now, zone, lang };
  const closed = said.closed === undefined ? [] : daysIn(said.closed, context);
  const open = said.open === undefined ? [] : daysIn(said.open, context);
  const hours = said.hours === undefined ? undefined : readHours(said.hours);
  if (said.hours !== undefined && !hours) refuse((t) => t.errors.hours({ said: said.hours ?? "" }));
  const days = said.days === undefined ? undefined : readWeekdays(said.days);
  if (said.days !== undefined && !days) refuse((t) => t.errors.weekdays({ said: said.days ?? "" }));
  const name = said.name === undefined ? undefined : cleanName(said.name, LONGEST_AGENCY_NAME);
  if (said.name !== undefined && !name) refuse((t) => t.errors.empty({ what: t.args.agencyName }));
  const { added, removed } = agency.week;
  return {
    ...(name && { name }),
    ...(said.mandate && { mandate: said.mandate }),
    ...(said.zone && { zone }),
    ...(said.country !== undefined && { country: countryIn(said.country) }),
    ...(said.lang && { langs: [said.lang] }),
    ...(days && { work_days: inOrder(days) }),
    ...(hours && { work_from: hours.from, work_to: hours.to }),
    ...((closed.length > 0 || open.length > 0) && {
      holidays_added: merged(added, closed, open),
      holidays_removed: merged(removed, open, closed),
    }),
  };
}

export const HANDLE = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** A new agency of the body at work, with the body's zone, country and language until it says otherwise. */
export async function newAgency(
  work: UnitOfWork,
  { handle, name, mandate = "other" }: { handle: string; name: string; mandate?: Mandate },
  by: Person,
): Promise<Agency> {
  const id = randomUUID();
  const { zone, lang, week } = work.body;
  const { rows } = await sql<{ made: boolean }>`
    select new_agency(${id}, ${handle}, ${name}, ${mandate}, ${week.country}, ${lang}, ${zone}) as made`.execute(
    work.tx,
  );
  if (!rows[0]?.made) return refuse((t) => t.errors.handleTaken({ handle }));
  await record(work, {
    action: "agency.joined",
    actorId: by.id,
    item: { kind: "agency", id },
    detail: { agency: handle },
  });
  return loadAgency(work.tx, id);
}

const merged = (before: readonly Day[], more: readonly Day[], less: readonly Day[]): Day[] =>
  [...new Set([...before, ...more])].filter((day) => !less.includes(day)).sort();

const daysIn = (said: string, context: WhenContext): Day[] =>
  readDaysOff(said, context) ?? refuse((t) => t.errors.daysOff({ said: said.slice(0, 60) }));

const NO_COUNTRY = new RegExp(`^(?:${inAny(({ line }) => line.none)})$`, "i");

/** Only what public holidays are known of: silence would mean a year without any. */
function countryIn(said: string): string | null {
  if (NO_COUNTRY.test(said)) return null;
  return hasHolidays(said) ? said.toUpperCase() : refuse((t) => t.errors.holidayCountry({ said: said.slice(0, 40) }));
}

/**
 * Changes what the agency is. Its people who had its hours and its clock have the new ones; who chose their own keep them.
 * What hangs on its week is scheduled again by the caller.
 */
export async function changeAgency(work: UnitOfWork, agency: Agency, said: AgencySaid, by?: Person): Promise<Agency> {
  const read = readAgency(agency, said, work.now, by?.lang ?? "en");
  const { week } = agency;
  const before: Required<typeof read> = {
    ...{ name: agency.name, mandate: agency.mandate as Mandate, zone: agency.zone, country: week.country },
    ...{ langs: [agency.lang], work_days: week.days, work_from: week.from, work_to: week.to },
    ...{ holidays_added: week.added, holidays_removed: week.removed },
  };
  // A form brings back what stood in it.
  const set: typeof read = Object.fromEntries(
    Object.entries(read).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof typeof before]),
    ),
  );
  if (Object.keys(set).length === 0) return agency;
  await work.tx.updateTable("agencies").set(set).where("id", "=", agency.id).execute();
  const people = work.tx.updateTable("persons").where("agency_id", "=", agency.id);
  if (set.zone) await people.set({ zone: set.zone }).where("zone", "=", agency.zone).execute();
  if (set.work_from || set.work_to)
    await people
      .set({ work_from: read.work_from, work_to: read.work_to })
      .where("work_from", "=", agency.week.from)
      .where("work_to", "=", agency.week.to)
      .execute();
  await record(work, {
    action: "agency.changed",
    actorId: by?.id,
    item: { kind: "agency", id: agency.id },
    detail: { agency: agency.handle, changed: Object.keys(set).join(" ") },
  });
  return loadAgency(work.tx, agency.id);
}
