import { checkCalendar, type WorkCalendar, workingPeriods } from "../time/calendar.js";
import { type Day, dayOf, isoWeekday, plusDays } from "../time/local.js";
import { offsetAt } from "../time/zones.js";
import { type Turn, toInstant } from "./recurrence.js";

export type Span = { from: Date; to: Date };

/** `busy`: leave and other meetings. */
export type Invitee = { id: string; agencyId: string; calendar: WorkCalendar; busy: readonly Span[] };

export type Slot = {
  at: Date;
  /** Invitees who can, of all. */
  able: number;
  of: number;
  /** Agencies none of whose invitees can, in order of their ids. */
  missingAgencies: string[];
};

export type SlotOptions = {
  minutes: number;
  from: Date;
  until: Date;
  /** The body's: its quarter hours, its days. */
  zone: string;
  count: number;
  /** The body's. */
  calendar: WorkCalendar;
};

/** What may stand in a poll. */
const FEWEST = 2;
const MOST = 10;
const MOST_A_DAY = 2;

const MINUTE = 60_000;
/** Offsets from UTC are whole quarters of an hour everywhere today, so a quarter there is one of the body's. */
const QUARTER = 15 * MINUTE;
const DAY = 1440 * MINUTE;
/** Times of day that are felt to differ: half past nine and ten are alike, ten and noon are not. */
const BAND = 120;

/** Every quarter hour at which the meeting could begin, and who could come then. */
type Grid = { first: number; size: number; minutes: number };

/**
 * The best `count` (2 to 10) moments: most agencies there, then most people, then in the body's own working time, then
 * spread over days and times of day; at most two a day, never overlapping; earliest first. Where no invitee has a
 * stretch as long as the meeting, the body's working time stands in for theirs, and `able` says 0.
 */
export function proposeSlots(invitees: readonly Invitee[], options: SlotOptions): Slot[] {
  const { minutes, from, until, zone, calendar } = options;
  const first = Math.ceil(from.getTime() / QUARTER) * QUARTER;
  const size = Math.floor((until.getTime() - minutes * MINUTE - first) / QUARTER) + 1;
  if (!(minutes > 0) || !(size > 0)) return [];
  const grid: Grid = { first, size, minutes };
  const working = remembered((cal) => workingPeriods(cal, from, until));

  const able = new Uint16Array(size);
  const byAgency = new Map<string, Uint8Array>();
  for (const { agencyId, calendar: cal, busy } of invitees) {
    const agency = byAgency.get(agencyId) ?? new Uint8Array(size);
    byAgency.set(agencyId, agency);
    for (const i of startsWithin(without(working(cal), busy), grid)) {
      able[i] = (able[i] ?? 0) + 1;
      agency[i] = 1;
    }
  }
  const agencies = new Uint16Array(size);
  for (const there of byAgency.values())
    for (let i = 0; i < size; i++) agencies[i] = (agencies[i] ?? 0) + (there[i] ?? 0);
  const inHouse = new Uint8Array(size);
  for (const i of startsWithin(working(calendar), grid)) inHouse[i] = 1;

  const nobody = able.every((n) => n === 0);
  const candidates: Candidate[] = [];
  for (let i = 0; i < size; i++) {
    if (nobody ? !inHouse[i] : !able[i]) continue;
    const worth = ((agencies[i] ?? 0) * 65_536 + (able[i] ?? 0)) * 2 + (inHouse[i] ?? 0);
    candidates.push({ i, at: first + i * QUARTER, worth });
  }
  return spread(candidates, grid, zone, Math.min(MOST, Math.max(FEWEST, Math.trunc(options.count)))).map(
    ({ i, at }) => ({
      at: new Date(at),
      able: able[i] ?? 0,
      of: invitees.length,
      missingAgencies: [...byAgency]
        .filter(([, there]) => !there[i])
        .map(([id]) => id)
        .sort(),
    }),
  );
}

/** Many share a calendar; each is gone through once. */
function remembered(periods: (cal: WorkCalendar) => Span[]): (cal: WorkCalendar) => Span[] {
  const known = new Map<WorkCalendar, Span[]>();
  return (cal) => {
    const before = known.get(cal);
    if (before) return before;
    const found = periods(cal);
    known.set(cal, found);
    return found;
  };
}

/** What is left of the periods, which are in order, once the busy spans are taken out. */
function without(periods: readonly Span[], busy: readonly Span[]): Span[] {
  const taken = [...busy].filter(({ from, to }) => from < to).sort((a, b) => a.from.getTime() - b.from.getTime());
  if (taken.length === 0) return [...periods];
  return periods.flatMap((period) => {
    const left: Span[] = [];
    let from = period.from;
    for (const one of taken) {
      if (one.to <= from) continue;
      if (one.from >= period.to) break;
      if (one.from > from) left.push({ from, to: one.from });
      from = one.to;
    }
    if (from < period.to) left.push({ from, to: period.to });
    return left;
  });
}

function* startsWithin(free: readonly Span[], { first, size, minutes }: Grid): Generator<number> {
  for (const { from, to } of free) {
    const start = Math.max(0, Math.ceil((from.getTime() - first) / QUARTER));
    const end = Math.min(size - 1, Math.floor((to.getTime() - minutes * MINUTE - first) / QUARTER));
    for (let i = start; i <= end; i++) yield i;
  }
}

type Candidate = { i: number; at: number; worth: number };
type Picked = Candidate & { day: number; minute: number };

/** One by one: the worthiest that is left, among equals the one that is least like those that were picked. */
function spread(candidates: readonly Candidate[], grid: Grid, zone: string, count: number): Candidate[] {
  const shown = onTheWall(zone);
  const picked: Picked[] = [];
  let left = candidates;
  while (picked.length < count && left.length > 0) {
    const best = left.reduce((most, { worth }) => Math.max(most, worth), 0);
    let choice: { one: Picked; likeness: readonly number[] } | undefined;
    for (const candidate of left) {
      if (candidate.worth !== best) continue;
      const one = { ...candidate, ...shown(candidate.at) };
      const likeness = [
        picked.filter(({ day }) => day === one.day).length,
        picked.filter(({ minute }) => Math.abs(minute - one.minute) < BAND).length,
        picked.filter(({ day }) => (day - one.day) % 7 === 0).length,
        // The full hour is easiest to remember, then the half.
        one.minute % 60 === 0 ? 0 : one.minute % 30 === 0 ? 1 : 2,
      ];
      if (!choice || isLess(likeness, choice.likeness)) choice = { one, likeness };
    }
    if (!choice) break;
    const { one } = choice;
    picked.push(one);
    const full = picked.filter(({ day }) => day === one.day).length >= MOST_A_DAY;
    const length = grid.minutes * MINUTE;
    left = left.filter(
      ({ at }) => (at >= one.at + length || at + length <= one.at) && !(full && shown(at).day === one.day),
    );
  }
  return picked.sort((a, b) => a.at - b.at);
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((n, at) => n !== b[at]);
  return i >= 0 && (a[i] ?? 0) < (b[i] ?? 0);
}

/** Days since 1970 and minutes of the day in the body's zone. */
function onTheWall(zone: string): (at: number) => { day: number; minute: number } {
  return (at) => {
    const local = at + offsetAt(zone, new Date(at)) * MINUTE;
    return { day: Math.floor(local / DAY), minute: Math.floor((local % DAY) / MINUTE) };
  };
}

/** How far a meeting is moved for a holiday. */
const FURTHEST_DAYS = 7;

export type Clash = { turn: Turn; agencyIds: string[]; proposal?: Turn };

/**
 * Turns that fall on a holiday of a member, where that member is: whose, and the same local time on the nearest day that
 * is a working day of all and has no other turn, at most a week away; of two days as near, the later.
 */
export function holidayClashes(
  turns: readonly Turn[],
  members: readonly { agencyId: string; calendar: WorkCalendar }[],
  zone: string,
): Clash[] {
  const checked = members.map(({ agencyId, calendar }) => ({ agencyId, ...checkCalendar(calendar) }));
  const taken = new Set(turns.map(({ local }) => local.slice(0, 10)));
  const suits = (at: Date) =>
    checked.every((member) => {
      const day = dayOf(at, member.zone);
      return member.days.includes(isoWeekday(day)) && !member.isHoliday(day);
    });
  return turns.flatMap((turn) => {
    const off = checked.filter((member) => member.isHoliday(dayOf(turn.at, member.zone)));
    if (off.length === 0) return [];
    const agencyIds = [...new Set(off.map(({ agencyId }) => agencyId))].sort();
    const day = turn.local.slice(0, 10);
    const proposal = nearDays(day)
      .filter((near) => !taken.has(near))
      .map((near) => `${near}${turn.local.slice(10)}`)
      .map((local) => ({ local, at: toInstant(local, zone) }))
      .find(({ at }) => suits(at));
    return [{ turn, agencyIds, ...(proposal ? { proposal } : {}) }];
  });
}

/** Tomorrow, yesterday, the day after tomorrow, the day before yesterday. */
function nearDays(day: Day): Day[] {
  return Array.from({ length: FURTHEST_DAYS }, (_, n) => [plusDays(day, n + 1), plusDays(day, -n - 1)]).flat();
}
