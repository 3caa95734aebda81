import { TZDate, tz } from "@date-fns/tz";
import { addDays, addHours, isValid, isWeekend, parse, set } from "date-fns";
import { z } from "zod";

/** The demo's one clock, as the workbench moves it; elsewhere it goes by itself. */
export type WorkbenchClock = { now(): Date; moveTo?: (at: Date) => Promise<void> };

/** How the coordination body counts time. */
export type Body = {
  name: string;
  /** IANA zone of the clock in the header. */
  zone: string;
  /** When the next working day begins, by the body's week and holidays; where it says nothing, Monday to Friday at 9. */
  nextWorkingMorning?: (from: Date) => Date | undefined;
};

export const clockMove = z.union([
  z.object({ by: z.enum(["hour", "day", "working_morning"]) }),
  /** A local date and time in the body's zone. */
  z.object({ to: z.string().max(40) }),
]);

export type ClockMove = z.infer<typeof clockMove>;

/** @returns undefined where the words name no moment */
export function momentOf(move: ClockMove, now: Date, body: Body): Date | undefined {
  if ("to" in move) return localMoment(move.to, body.zone);
  switch (move.by) {
    case "hour":
      return addHours(now, 1);
    case "day":
      // By the wall clock: across a change to summer time a day has 23 hours.
      return new Date(addDays(new TZDate(now, body.zone), 1).getTime());
    case "working_morning":
      return body.nextWorkingMorning?.(now) ?? nextWeekdayMorning(now, body.zone);
  }
}

/** As a date field gives it. */
const LOCAL = "yyyy-MM-dd'T'HH:mm";

function localMoment(words: string, zone: string): Date | undefined {
  const at = parse(words, LOCAL, new Date(), { in: tz(zone) });
  return isValid(at) ? new Date(at.getTime()) : undefined;
}

function nextWeekdayMorning(from: Date, zone: string): Date {
  let at = set(new TZDate(from, zone), { hours: 9, minutes: 0, seconds: 0, milliseconds: 0 });
  while (at.getTime() <= from.getTime() || isWeekend(at)) at = addDays(at, 1);
  return new Date(at.getTime());
}
