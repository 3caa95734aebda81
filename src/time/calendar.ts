import { type Day, dayOf, isoWeekday, localTimeOf, plusDays, resolve, resolveLast, splitDay } from "./local.js";
import { isZone } from "./zones.js";

/** When somebody works. Bounds are part of it: at 17:00 sharp, where work ends and most deadlines fall, it still is. */
export type WorkCalendar = {
  zone: string;
  /** ISO weekdays, 1 is Monday: agencies that work Sunday to Thursday have 7, 1, 2, 3, 4. */
  days: readonly number[];
  /** `HH:mm`, the same day; `to` may be 24:00. */
  from: string;
  to: string;
  /** `YYYY-MM-DD`, in the calendar's zone. */
  holidays: ReadonlySet<string> | ((day: string) => boolean);
};

/** A calendar that says nothing usable: no days, hours over midnight, an unknown zone. */
export class CalendarError extends Error {
  override readonly name = "CalendarError";
}

/** A calendar may hold nothing but holidays. A year without work is none. */
const FURTHEST_DAYS = 366;
const MOST_DAYS = 10_000;

const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/;

function minutes(text: string, what: string): number {
  const [, h, m, h24] = TIME.exec(text) ?? [];
  if (h === undefined && h24 === undefined) throw new CalendarError(`${what}: HH:mm is expected`);
  return h24 === undefined ? Number(h) * 60 + Number(m) : 1440;
}

type Checked = { zone: string; days: readonly number[]; from: number; to: number; isHoliday: (day: Day) => boolean };

/** @throws CalendarError saying what is wrong with it. */
export function checkCalendar(cal: WorkCalendar): Checked {
  if (!isZone(cal.zone)) throw new CalendarError("zone: no such time zone");
  if (cal.days.length === 0) throw new CalendarError("days: at least one working day is needed");
  if (!cal.days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7))
    throw new CalendarError("days: 1 (Monday) to 7 (Sunday) are expected");
  const from = minutes(cal.from, "from");
  const to = minutes(cal.to, "to");
  if (from >= to) throw new CalendarError("hours: from must come before to, on the same day (not over midnight)");
  const { holidays } = cal;
  const isHoliday = typeof holidays === "function" ? holidays : (day: Day) => holidays.has(day);
  return { zone: cal.zone, days: cal.days, from, to, isHoliday };
}

function isWorkingDay(cal: Checked, day: Day): boolean {
  return cal.days.includes(isoWeekday(day)) && !cal.isHoliday(day);
}

type Period = { start: Date; end: Date };

/**
 * The working time of a day. Where the clock jumps over a bound, work begins or ends after the jump; where it shows a
 * bound twice, work begins the first time and ends the last. A jump over all of the hours leaves no working time.
 */
function periodOf(cal: Checked, day: Day): Period | undefined {
  if (!isWorkingDay(cal, day)) return undefined;
  const start = after(resolve(wallAt(day, cal.from), cal.zone));
  const last = resolve(wallAt(day, cal.to), cal.zone);
  const end = last.kind === "gap" ? last.after : resolveLast(wallAt(day, cal.to), cal.zone);
  return start < end ? { start, end } : undefined;
}

function after(found: ReturnType<typeof resolve>): Date {
  return found.kind === "gap" ? found.after : found.at;
}

function wallAt(day: Day, minute: number) {
  const date = minute === 1440 ? plusDays(day, 1) : day;
  return { ...splitDay(date), hour: Math.floor(minute / 60) % 24, minute: minute % 60 };
}

/**
 * All working time between two instants, in order, cut to them; what runs on without a break (until 24:00, from 00:00)
 * is one. For whoever asks about many instants: a question each would read the calendar anew.
 */
export function workingPeriods(cal: WorkCalendar, from: Date, until: Date): { from: Date; to: Date }[] {
  const checked = checkCalendar(cal);
  const found: { from: Date; to: Date }[] = [];
  if (from >= until) return found;
  const last = dayOf(until, cal.zone);
  for (let day = plusDays(dayOf(from, cal.zone), -1); day <= last; day = plusDays(day, 1)) {
    const period = periodOf(checked, day);
    if (!period || period.end <= from || period.start >= until) continue;
    const to = period.end < until ? period.end : until;
    const before = found.at(-1);
    if (before && before.to >= period.start) before.to = to;
    else found.push({ from: period.start > from ? period.start : from, to });
  }
  return found;
}

export function isWorking(cal: WorkCalendar, at: Date): boolean {
  const checked = checkCalendar(cal);
  const today = dayOf(at, cal.zone);
  // Yesterday too: work until 24:00 ends at this day's 00:00.
  return [today, plusDays(today, -1)].some((day) => {
    const period = periodOf(checked, day);
    return period !== undefined && at >= period.start && at <= period.end;
  });
}

/** The same instant when it is working time, else the start of the next. Undefined when a year holds none. */
export function nextWorking(cal: WorkCalendar, at: Date): Date | undefined {
  const checked = checkCalendar(cal);
  const today = dayOf(at, cal.zone);
  // From the day before: work until 24:00 ends at this day's 00:00.
  for (let i = -1; i <= FURTHEST_DAYS; i++) {
    const period = periodOf(checked, plusDays(today, i));
    if (period && at <= period.end) return at < period.start ? period.start : at;
  }
  return undefined;
}

/** The same instant when it is working time, else the end of the last before it. Undefined when a year holds none. */
export function previousWorking(cal: WorkCalendar, at: Date): Date | undefined {
  const checked = checkCalendar(cal);
  const today = dayOf(at, cal.zone);
  for (let i = 0; i <= FURTHEST_DAYS; i++) {
    const period = periodOf(checked, plusDays(today, -i));
    if (period && at >= period.start) return at > period.end ? period.end : at;
  }
  return undefined;
}

/**
 * The same time on the wall, `n` working days on (or back, when `n` is negative); 0 is the same instant. From a day
 * off, one working day on is the next working day. A time that the clock jumps over lands after the jump; one that it
 * shows twice is the first. Undefined when a year on end holds no working day.
 */
export function addWorkingDays(cal: WorkCalendar, at: Date, n: number): Date | undefined {
  const checked = checkCalendar(cal);
  if (!Number.isInteger(n) || Math.abs(n) > MOST_DAYS)
    throw new RangeError(`a whole number of days, up to ${MOST_DAYS}`);
  if (n === 0) return at;
  const step = Math.sign(n);
  let day = dayOf(at, cal.zone);
  for (let left = Math.abs(n), idle = 0; left > 0; ) {
    day = plusDays(day, step);
    if (isWorkingDay(checked, day)) {
      left--;
      idle = 0;
    } else if (++idle > FURTHEST_DAYS) return undefined;
  }
  return resolve({ ...localTimeOf(at, cal.zone), ...splitDay(day) }, cal.zone).at;
}

/**
 * How many working days after the day of `from`, up to the day of `to`; negative when `to` comes before. What
 * addWorkingDays adds, this counts.
 */
export function workingDaysBetween(cal: WorkCalendar, from: Date, to: Date): number {
  const checked = checkCalendar(cal);
  const start = dayOf(from, cal.zone);
  const end = dayOf(to, cal.zone);
  const step = start < end ? 1 : -1;
  let count = 0;
  for (let day = start; day !== end; ) {
    day = plusDays(day, step);
    if (isWorkingDay(checked, day)) count += step;
  }
  return count;
}

/**
 * A person's hours within the agency's week: the person's zone and hours, on days on which both work, and on nobody's
 * holiday. Days are the person's: an agency's holiday is off from midnight to midnight where the person is.
 * @throws CalendarError when no weekday is left.
 */
export function combine(person: WorkCalendar, agency: WorkCalendar): WorkCalendar {
  const one = checkCalendar(person);
  const other = checkCalendar(agency);
  const days = person.days.filter((day) => agency.days.includes(day));
  if (days.length === 0) throw new CalendarError("days: the person works on none of the agency's days");
  return { ...person, days, holidays: (day) => one.isHoliday(day) || other.isHoliday(day) };
}
