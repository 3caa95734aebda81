import { tz } from "@date-fns/tz";
import { addHours } from "date-fns";
import Holidays from "date-holidays";
import { type Day, isDay, plusDays } from "./local.js";

/** A country or region that date-holidays does not know, a year or a day that is none. */
export class HolidayError extends Error {
  override readonly name = "HolidayError";
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2200;

/** One entry a country, region and year: at most as many as there are, for inputs are checked before. */
const cache = new Map<string, ReadonlySet<Day>>();

/**
 * The public holidays of a country (ISO 3166-1, `GR`) or of a region of it (`DE`, `by`), as `YYYY-MM-DD`. Islamic ones
 * are worked out, and the sighting of the moon may move them by a day: that is what `withOwn` is for.
 * @throws HolidayError for a place that date-holidays has not: silence would mean a year without holidays.
 */
export function holidaysOf(country: string, region: string | undefined, years: readonly number[]): Set<Day> {
  const all = new Set<Day>();
  for (const year of years) for (const day of ofYear(country.toUpperCase(), region?.toUpperCase(), year)) all.add(day);
  return all;
}

function ofYear(country: string, region: string | undefined, year: number): ReadonlySet<Day> {
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > LAST_YEAR)
    throw new HolidayError(`year: ${FIRST_YEAR} to ${LAST_YEAR} is expected`);
  const key = `${country} ${region ?? ""} ${year}`;
  const before = cache.get(key);
  if (before) return before;
  const place = calendarOf(country, region);
  const days = new Set<Day>();
  // The year before too: a feast of several days may run over New Year.
  for (const one of [year - 1, year])
    for (const holiday of place.getHolidays(one)) {
      for (const day of daysOf(holiday.start, holiday.end)) if (day.startsWith(`${year}-`)) days.add(day);
    }
  cache.set(key, days);
  return days;
}

let countries: ReadonlySet<string> | undefined;

/** Whether public holidays of the country are known. */
export function hasHolidays(country: string): boolean {
  countries ??= new Set(Object.keys(new Holidays().getCountries() ?? {}));
  return countries.has(country.toUpperCase());
}

function calendarOf(country: string, region: string | undefined): Holidays {
  if (!hasHolidays(country)) throw new HolidayError("country: holidays are not known");
  const known = new Holidays();
  // UTC: then start and end tell the local day and hour, wherever the country lies.
  const options = { types: ["public" as const], timezone: "UTC" };
  if (region === undefined) return new Holidays(country, options);
  const states = known.getStates(country) ?? {};
  const state = Object.keys(states).find((name) => name.toUpperCase() === region);
  if (state === undefined) throw new HolidayError("region: holidays are not known");
  return new Holidays(country, state, options);
}

/** The days whose noon falls in it: a feast that begins at sunset is off from the day after, an afternoon off is none. */
function daysOf(start: Date, end: Date): Day[] {
  const days: Day[] = [];
  for (let day = start.toISOString().slice(0, 10); noon(day) < end; day = plusDays(day, 1))
    if (noon(day) >= start) days.push(day);
  return days;
}

function noon(day: Day): Date {
  return addHours(`${day}T00:00:00Z`, 12, { in: tz("UTC") });
}

/** An agency's own calendar: its extra days off added, the public ones on which it works taken out (which wins). */
export function withOwn(set: ReadonlySet<Day>, added: Iterable<Day>, removed: Iterable<Day>): Set<Day> {
  const all = new Set(set);
  for (const day of added) all.add(checked(day));
  for (const day of removed) all.delete(checked(day));
  return all;
}

function checked(day: Day): Day {
  if (!isDay(day)) throw new HolidayError("day: a date, YYYY-MM-DD, is expected");
  return day;
}
