import type { Freq } from "../../i18n/grammar/schedule.js";
import type { Day } from "../../time/local.js";
import type { WhenFailure } from "../../time/when.js";

/** The parts of an RRULE (RFC 5545 3.3.10), and where its first turn may be. */
export type Found = {
  freq: Freq;
  interval?: number;
  byMonth?: number[];
  byDay?: string[];
  byMonthDay?: number[];
  bySetPos?: number[];
  /** The day that was named as the first. */
  date?: Day;
  /** The first turn is in one of these months: the last Friday of the quarter. */
  anchor?: number[];
  /** The stretch of time that was named: in January. */
  season?: { from: Day; to: Day };
};

/**
 * - `no_time`: a day without a time
 * - `never`: a rule that has no turn
 * - `length`: no meeting lasts that long
 * - `unsayable`: understood, and no single rule of a calendar says it
 */
export type ScheduleProblem = WhenFailure["reason"] | "no_time" | "never" | "length" | "unsayable";

export type Problem = { reason: ScheduleProblem; detail?: string };

/** Undefined: the words are no rhythm. */
export type Read = Found | Problem | undefined;
export type Inside = Omit<Found, "freq" | "interval"> | Problem | undefined;

export const no = (reason: ScheduleProblem, detail?: string): Problem => ({
  reason,
  ...(detail === undefined ? {} : { detail }),
});

export function ruleOf({ freq, interval, byMonth, byDay, byMonthDay, bySetPos }: Found): string {
  return [
    `FREQ=${freq}`,
    ...(interval === undefined || interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(byMonth ? [`BYMONTH=${byMonth.join(",")}`] : []),
    ...(byDay ? [`BYDAY=${byDay.join(",")}`] : []),
    ...(byMonthDay ? [`BYMONTHDAY=${byMonthDay.join(",")}`] : []),
    ...(bySetPos ? [`BYSETPOS=${bySetPos.join(",")}`] : []),
  ].join(";");
}
