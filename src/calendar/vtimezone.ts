import { tzOffset } from "@date-fns/tz";
import { addDays, addMinutes } from "date-fns";
import { changeBetween, type Day, dayOf, isoWeekday, localTimeOf, plusDays, splitDay } from "../time/local.js";

/** One change of a zone's clock. `day` and `clock` are the wall that the offset ending there would have shown. */
type Onset = { at: Date; from: number; to: number; day: Day; clock: string };

/** How far ahead a yearly pattern has to hold to be written as a rule: by then every weekday has come under a date. */
const PROOF_YEARS = 20;
/** A rule that began lately is one as well, once it holds for most of that time. */
const LEAST_TURNS = 15;
/** The shortest stretch between two changes that tzdata knows or foretells is a week (Gaza around Ramadan). */
const STRIDE_DAYS = 3;
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** An invitation is made once for every reader, and looking through twenty years takes some milliseconds. */
const made = new Map<string, readonly string[]>();
const MOST_KEPT = 100;

/**
 * The lines of a VTIMEZONE that is right from the start of year `first` to the end of year `last`, out of the runtime's
 * own zone data. What comes every year by a rule is written as one, and so is right beyond; what does not (Ramadan in
 * Morocco and Gaza) is told date by date.
 */
export function vtimezone(zone: string, first: number, last: number): readonly string[] {
  const key = `${zone} ${first} ${last}`;
  const known = made.get(key);
  if (known) return known;
  const lines = linesOf(zone, first, last);
  if (made.size >= MOST_KEPT) made.clear();
  made.set(key, lines);
  return lines;
}

function linesOf(zone: string, first: number, last: number): string[] {
  // From the year before, so that the first January has a change behind it.
  const begin = new Date(Date.UTC(first - 1, 0, 1));
  const through = Math.max(last + 1, first + PROOF_YEARS);
  const onsets = onsetsBetween(zone, begin, new Date(Date.UTC(through + 1, 0, 1)));
  const groups = new Map<string, Onset[]>();
  for (const onset of onsets) {
    const key = `${onset.from} ${onset.to}`;
    const group = groups.get(key);
    if (group) group.push(onset);
    else groups.set(key, [onset]);
  }
  const observances = [...groups.values()].flatMap((group) => {
    const rule = yearlyRule(group, through);
    const told = rule ? group : group.filter(({ day }) => splitDay(day).year <= last + 1);
    // Without a rule each change is an observance of its own: Outlook leaves RDATE out, and so the clock it stands for.
    const begun = rule ? told.slice(0, 1) : told;
    return begun.flatMap((one) => observance(isSummer(zone, one), local(one), one.from, one.to, rule ? [rule] : []));
  });
  const [earliest] = onsets;
  const offset = tzOffset(zone, begin);
  // Where nothing has changed before the first day that is asked about, the offset of then has to be said itself.
  const initially =
    earliest && earliest.at < new Date(Date.UTC(first - 1, 11, 31))
      ? []
      : observance(false, "19700101T000000", offset, offset, []);
  return ["BEGIN:VTIMEZONE", `TZID:${zone}`, ...initially, ...observances, "END:VTIMEZONE"];
}

function onsetsBetween(zone: string, begin: Date, end: Date): Onset[] {
  const onsets: Onset[] = [];
  for (let low = begin; low < end; low = addDays(low, STRIDE_DAYS)) {
    const high = addDays(low, STRIDE_DAYS);
    const from = tzOffset(zone, low);
    if (tzOffset(zone, high) === from) continue;
    const at = changeBetween(zone, low, high);
    const shown = addMinutes(at, from);
    onsets.push({ at, from, to: tzOffset(zone, at), day: dayOf(shown, "UTC"), clock: clockOf(shown) });
  }
  return onsets;
}

function clockOf(shown: Date): string {
  const { hour, minute } = localTimeOf(shown, "UTC");
  return `${two(hour)}${two(minute)}00`;
}

/** The rule that says exactly these onsets, one a year through the last; undefined where they follow none. */
function yearlyRule(onsets: readonly Onset[], through: number): string | undefined {
  const [first] = onsets;
  if (!first || onsets.length < LEAST_TURNS) return undefined;
  const { year, month } = splitDay(first.day);
  const weekday = isoWeekday(first.day);
  const steady = onsets.every((one, i) => {
    const on = splitDay(one.day);
    return on.year === year + i && on.month === month && isoWeekday(one.day) === weekday && one.clock === first.clock;
  });
  if (!steady || year + onsets.length - 1 !== through) return undefined;
  const name = WEEKDAYS[weekday - 1];
  const days = onsets.map(({ day }) => splitDay(day).day);
  const nth = Math.ceil((days[0] ?? 0) / 7);
  if (onsets.every(({ day }) => splitDay(plusDays(day, 7)).month !== month)) return yearly(month, `BYDAY=-1${name}`);
  if (days.every((day) => Math.ceil(day / 7) === nth)) return yearly(month, `BYDAY=${nth}${name}`);
  const least = Math.min(...days);
  // The Sunday on or after the 2nd (Santiago), the Friday before the last Sunday (Jerusalem): a week of dates.
  if (Math.max(...days) - least !== 6) return undefined;
  const dates = Array.from({ length: 7 }, (_, i) => least + i).join(",");
  return yearly(month, `BYMONTHDAY=${dates};BYDAY=${name}`);
}

function yearly(month: number, days: string): string {
  return `RRULE:FREQ=YEARLY;BYMONTH=${month};${days}`;
}

/** Summer time is what a lower offset follows within the year; a zone that moves for good stays on standard time. */
function isSummer(zone: string, { at, from, to }: Onset): boolean {
  if (to < from) return false;
  for (let days = STRIDE_DAYS; days < 366; days += STRIDE_DAYS) if (tzOffset(zone, addDays(at, days)) < to) return true;
  return false;
}

function observance(summer: boolean, start: string, from: number, to: number, when: readonly string[]): string[] {
  const kind = summer ? "DAYLIGHT" : "STANDARD";
  return [
    `BEGIN:${kind}`,
    `DTSTART:${start}`,
    ...when,
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${kind}`,
  ];
}

function local({ day, clock }: Onset): string {
  return `${day.replaceAll("-", "")}T${clock}`;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, "0");
