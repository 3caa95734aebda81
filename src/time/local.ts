import { addHours, addMinutes, differenceInMinutes, subMinutes } from "date-fns";
import { offsetAt } from "./zones.js";

/** What a clock and a calendar on the wall show. Months are 1 to 12; hour 24 is the end of the day. */
export type LocalTime = { year: number; month: number; day: number; hour: number; minute: number; second?: number };

/** A day of the calendar with no zone, `YYYY-MM-DD`: it sorts as text. */
export type Day = string;

export type Resolved =
  | { kind: "one" | "overlap"; at: Date }
  /** The clock jumps over this time. `at` is where it lands; `before` and `after` are the real minutes on each side. */
  | { kind: "gap"; at: Date; before: Date; after: Date };

export function localTimeOf(at: Date, zone: string): LocalTime & { second: number } {
  // What UTC shows at this instant, the zone shows now.
  const shown = new Date(at.getTime() + Math.round(offsetAt(zone, at) * 60_000));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

export function dayOf(at: Date, zone: string): Day {
  const wall = localTimeOf(at, zone);
  return dayFrom(wall.year, wall.month, wall.day);
}

export function dayFrom(year: number, month: number, day: number): Day {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

export function plusDays(day: Day, n: number): Day {
  // In UTC every day has 24 hours, and this is ten times as quick as addDays there: calendars ask it for every day.
  return addHours(midnight(day), 24 * n)
    .toISOString()
    .slice(0, 10);
}

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export function isoWeekday(day: Day): number {
  return midnight(day).getUTCDay() || 7;
}

/** Whether the day is on the calendar: 31 February and month 13 are not. */
export function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const date = midnight(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day;
}

export function splitDay(day: Day): { year: number; month: number; day: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

function midnight(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

/**
 * The instant at which the wall in `zone` shows `wall`.
 *
 * Twice (the clock goes back): the first time. Never (the clock jumps): told as a gap, `at` read with the offset in
 * force before the jump. Both as RFC 5545 3.3.5 says.
 *
 * Built on offsets rather than on TZDate's constructor: which of the two instants of an overlap the constructor
 * takes depends on the zone of the machine it runs on (observed with 1.5.0: 25 October 2026 03:30 in Athens under TZ=UTC and TZ=Asia/Tokyo).
 */
export function resolve(wall: LocalTime, zone: string): Resolved {
  const shown = new Date(Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second ?? 0));
  // No zone changes its clock twice within two days, so these are the offsets before and after any change near.
  const before = offsetAt(zone, addHours(shown, -24));
  const after = offsetAt(zone, addHours(shown, 24));
  const readings = (before === after ? [before] : [before, after])
    .map((offset) => ({ offset, at: subMinutes(shown, offset) }))
    .filter(({ offset, at }) => offsetAt(zone, at) === offset)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const first = readings[0];
  if (first) return { kind: readings.length > 1 ? "overlap" : "one", at: first.at };
  const jump = changeBetween(zone, addHours(shown, -36), addHours(shown, 36));
  return { kind: "gap", at: subMinutes(shown, before), before: subMinutes(jump, 1), after: jump };
}

/** The last instant that shows `wall`: the second of an overlap, where a gap lands otherwise. */
export function resolveLast(wall: LocalTime, zone: string): Date {
  const found = resolve(wall, zone);
  if (found.kind !== "overlap") return found.at;
  const shift = offsetAt(zone, found.at) - offsetAt(zone, addHours(found.at, 24));
  return addMinutes(found.at, Math.max(0, shift));
}

/** The first minute with the new offset; the offset differs at the two ends. Halving: 13 looks for three days. */
export function changeBetween(zone: string, from: Date, to: Date): Date {
  const old = offsetAt(zone, from);
  let low = from;
  let high = to;
  for (let gap = differenceInMinutes(high, low); gap > 1; gap = differenceInMinutes(high, low)) {
    const middle = subMinutes(high, Math.floor(gap / 2));
    if (offsetAt(zone, middle) === old) low = middle;
    else high = middle;
  }
  return high;
}
