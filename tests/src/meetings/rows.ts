import type { World } from "../../world.js";

/** What the database has of a meeting, and clocks as Intl alone reads them. */

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall shows, by Intl alone. */
export function wallAt(at: Date | number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    const [numeric, twoDigits] = ["numeric", "2-digit"] as const;
    format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, hourCycle: "h23", year: numeric, month: twoDigits, day: twoDigits },
      ...{ hour: twoDigits, minute: twoDigits },
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

const offsetAt = (zone: string, at: number): number => Date.parse(`${wallAt(at, zone)}Z`) - at;

/** The first instant at which the wall shows it; of a time that it jumps over, by the offset before the jump (RFC 5545 3.3.5). */
export function instantOf(wall: string, zone: string): Date {
  const plain = Date.parse(`${wall}Z`);
  const offsets = [offsetAt(zone, plain - DAY), offsetAt(zone, plain + DAY)];
  const found = offsets
    .map((offset) => plain - offset)
    .filter((at) => wallAt(at, zone) === wall)
    .sort((a, b) => a - b)[0];
  return new Date(found ?? plain - (offsets[0] ?? 0));
}

export const daysLater = (wall: string, days: number): string =>
  new Date(Date.parse(`${wall}Z`) + days * DAY).toISOString().slice(0, 16);

/** 1: Monday */
export const weekdayOf = (wall: string): number => new Date(`${wall}Z`).getUTCDay() || 7;

export const meetingRow = (w: World, number = 1) =>
  w.work((work) => work.tx.selectFrom("meetings").selectAll().where("number", "=", number).executeTakeFirstOrThrow());

export const occurrenceRows = (w: World, number = 1) =>
  w.work((work) =>
    work.tx
      .selectFrom("occurrences")
      .innerJoin("meetings", "meetings.id", "occurrences.meeting_id")
      .selectAll("occurrences")
      .where("meetings.number", "=", number)
      .orderBy("occurrences.n")
      .execute(),
  );

export const stepRows = (w: World, number = 1) =>
  w.work((work) =>
    work.tx
      .selectFrom("reminder_steps")
      .innerJoin("occurrences", (join) => join.onRef("occurrences.id", "=", "reminder_steps.item_id"))
      .innerJoin("meetings", "meetings.id", "occurrences.meeting_id")
      .select(["occurrences.n", "step", "due_at", "fired_at", "outcome", "reminder_steps.ladder", "starts_at"])
      .where("item_kind", "=", "occurrence")
      .where("meetings.number", "=", number)
      .orderBy("due_at")
      .execute(),
  );

/** The steps that are still to fire, of one occurrence, by name. */
export async function stepsToCome(w: World, n: number, number = 1): Promise<Record<string, Date>> {
  const found: Record<string, Date> = {};
  for (const row of await stepRows(w, number)) {
    if (row.n !== n || row.fired_at) continue;
    if (row.step in found) throw new Error(`${row.step} is laid twice`);
    found[row.step] = row.due_at;
  }
  return found;
}
