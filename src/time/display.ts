import { min } from "date-fns";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf, formatDay, formatWhen, isDay } from "./index.js";
import { resolve, splitDay } from "./local.js";

/** Whose clock and language; `shared` where readers of several zones may look at it. */
export type Eyes = { zone: string; lang: string; shared?: true };

export type Showing = {
  /** The zone that it was meant in; the body's where absent. */
  meant?: string;
  /** What will not be drawn again says the year, whatever year it is. */
  rests?: boolean;
};

/**
 * A moment as it stands on a screen: in the reader's zone, which is named where its clock is not the one that was
 * meant, or where people of several zones read.
 */
export const showAt = (work: Pick<UnitOfWork, "now" | "body">, eyes: Eyes, at: Date, showing: Showing = {}): string =>
  formatWhen(at, eyes.zone, eyes.lang, {
    now: showing.rests ? undefined : work.now,
    showZone: eyes.shared ?? showing.meant ?? work.body.zone,
  });

/** The day alone. */
export const showDayOf = (work: Pick<UnitOfWork, "now">, eyes: Eyes, at: Date): string =>
  formatDay(at, eyes.zone, eyes.lang, { now: work.now });

/** A day of no zone, `YYYY-MM-DD`; what was written in other words stays as it is. */
export const showDay = (
  work: Pick<UnitOfWork, "now">,
  eyes: Eyes,
  day: string,
  { rests }: Pick<Showing, "rests"> = {},
): string =>
  isDay(day)
    ? formatDay(resolve({ ...splitDay(day), hour: 12, minute: 0 }, eyes.zone).at, eyes.zone, eyes.lang, {
        now: rests ? undefined : work.now,
      })
    : day;

/**
 * Until when a card says what is true.
 * @param turns the moments at which it would say something else; those that are over are left out
 */
export const trueUntil = (now: Date, zone: string, turns: readonly (Date | undefined)[]): Date =>
  min([newYear(now, zone), ...turns.filter((at) => at !== undefined && at >= now)] as Date[]);

/** From then on a date of this year needs its year. */
const newYear = (now: Date, zone: string): Date =>
  resolve({ year: Number(dayOf(now, zone).slice(0, 4)) + 1, month: 1, day: 1, hour: 0, minute: 0 }, zone).at;
