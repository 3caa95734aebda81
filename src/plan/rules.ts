import { tz } from "@date-fns/tz";
import { addMonths, differenceInCalendarMonths, isLastDayOfMonth, lastDayOfMonth } from "date-fns";
import { type Day, plusDays } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import { scaled } from "./decimal.js";
import type { Frequency } from "./model.js";

/** How far an indicator has come, and when its next figure is due. Pure. */

export type Way = "on_track" | "behind" | "reached" | "no_answer";

/** Behind by less than a tenth of the whole way is on track: figures come in steps. */
const TOLERANCE = { points: 10n, of: 100n };

/**
 * Reached: the target is met or passed, in the direction that leads from the baseline to it. Behind: the share of the
 * way from the baseline to the target is less than the share of the time from start to due that had passed at
 * `measured`, by more than 10 points. The way is taken to be as long every day (linear). Before the start no time has
 * passed, after the due date all of it.
 * @param value undefined where nobody has answered
 */
export function wayOf(
  indicator: { baseline: string; target: string },
  value: string | undefined,
  time: { start: Date; due: Date; measured: Date },
): Way {
  if (value === undefined) return "no_answer";
  const [from = 0n, to = 0n, now = 0n] = scaled(indicator.baseline, indicator.target, value);
  // Measured towards the target, whichever way that is.
  const sign = to < from ? -1n : 1n;
  const way = (to - from) * sign;
  const come = (now - from) * sign;
  if (come >= way) return "reached";
  const total = BigInt(Math.max(1, time.due.getTime() - time.start.getTime()));
  const since = BigInt(Math.max(0, time.measured.getTime() - time.start.getTime()));
  const passed = since > total ? total : since;
  // come / way < passed / total − points / of, without a division.
  const { points, of } = TOLERANCE;
  return come * total * of < way * (passed * of - total * points) ? "behind" : "on_track";
}

const MONTHS: Record<Exclude<Frequency, "once">, number> = { monthly: 1, quarterly: 3, half_yearly: 6, yearly: 12 };
const utc = { in: tz("UTC") };

/** The day of the series that comes `n` after the first. Ends of months stay ends of months. */
function turn(first: Day, frequency: Frequency, n: number): Day | undefined {
  if (n === 0) return first;
  if (frequency === "once") return undefined;
  const start = new Date(`${first}T00:00:00Z`);
  const day = addMonths(start, n * MONTHS[frequency], utc);
  const last = isLastDayOfMonth(start, utc) ? lastDayOfMonth(day, utc) : day;
  return new Date(last.getTime()).toISOString().slice(0, 10);
}

export type Series = { firstDue: Day; frequency: Frequency };

/** The first day of the series after `day`; undefined when no more is asked. */
export function dueAfter({ firstDue, frequency }: Series, day: Day): Day | undefined {
  const months = differenceInCalendarMonths(`${day}T00:00:00Z`, `${firstDue}T00:00:00Z`, utc);
  const near = frequency === "once" ? 0 : Math.floor(months / MONTHS[frequency]);
  for (let n = Math.max(0, near); ; n++) {
    const due = turn(firstDue, frequency, n);
    if (due === undefined || due > day) return due;
  }
}

/** @param answered the latest period that a figure is for */
export const nextDue = (series: Series, answered: Day | undefined): Day | undefined =>
  answered === undefined ? series.firstDue : dueAfter(series, answered);

/** From so many days before it is due, a figure is the one that is asked for, also where an older one was never given. */
export const ASKED_DAYS = 7;

/** The figure asked for on a day: the last one due by then or soon that was not given, else the next to come. */
export function askedOn(series: Series, answered: Day | undefined, today: Day): Day | undefined {
  let asked = nextDue(series, answered);
  const soon = plusDays(today, ASKED_DAYS);
  for (let next = asked; next !== undefined && next <= soon; next = dueAfter(series, next)) asked = next;
  return asked;
}

/** The beginning of a day and the end of it, where the body is. */
export const beginOf = (day: Day, zone: string): Date => resolve({ ...splitDay(day), hour: 0, minute: 0 }, zone).at;
export const endOf = (day: Day, zone: string): Date => beginOf(plusDays(day, 1), zone);
