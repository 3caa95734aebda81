import { addDays, addMinutes, format } from "date-fns";
import { enGB } from "date-fns/locale/en-GB";
import { fr } from "date-fns/locale/fr";
import { RRuleTemporal } from "rrule-temporal";
import { dayFrom, isDay, isoWeekday, resolve, splitDay, wallOf } from "../time/local.js";

/** Wall clock in the meeting's own zone: `YYYY-MM-DDTHH:mm`. */
export type WallTime = string;

/** `rule` is an RRULE value without its `RRULE:`; absent: once. UNTIL, if any, in UTC form. */
export type Pattern = { start: WallTime; zone: string; rule?: string };

export type Turn = { wall: WallTime; at: Date };

const WALL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)$/;

/** @throws RangeError for a wall clock that never shows this: 31 February, 25:00. */
export function toInstant(wall: WallTime, zone: string): Date {
  const [, day = "", hour, minute] = WALL.exec(wall) ?? [];
  if (!isDay(day)) throw new RangeError("a wall time, YYYY-MM-DDTHH:mm, is expected");
  return resolve({ ...splitDay(day), hour: Number(hour), minute: Number(minute) }, zone).at;
}

export function toWall(at: Date, zone: string): WallTime {
  const { year, month, day, hour, minute } = wallOf(at, zone);
  return `${dayFrom(year, month, day)}T${two(hour)}:${two(minute)}`;
}

const two = (n: number) => String(n).padStart(2, "0");

/**
 * Turns with `at` from `from` on (or all from the first), in order, at most `limit`.
 *
 * The library is asked in UTC, where every wall time exists once, and the meeting's zone is ours: 10:00 in Vienna stays
 * 10:00 in Vienna. A wall time that the clock shows twice is the first; one that it jumps over lands after the jump
 * (RFC 5545 3.3.5). 3.3.10 would drop such a turn in silence, the library does, and a person's calendar does not: the
 * day's meeting would take place for some and not for others, so none is lost here.
 */
export function turns({ start, zone, rule }: Pattern, { from, limit }: { from?: Date; limit: number }): Turn[] {
  const turnAt = (wall: WallTime): Turn => ({ wall, at: toInstant(wall, zone) });
  const first = turnAt(start);
  if (limit < 1) return [];
  if (rule === undefined) return from && first.at < from ? [] : [first];
  const { bare, until } = withoutUntil(rule);
  const found: Turn[] = [];
  // A day before, since it is on the wall of UTC that the library compares.
  const walls = wallsOf(bare, start, from && from > first.at ? toWall(addDays(from, -1), zone) : start);
  for (const wall of walls) {
    const turn = turnAt(wall);
    if (until && turn.at > until) break;
    if (from && turn.at < from) continue;
    found.push(turn);
    if (found.length >= limit) break;
  }
  return found;
}

/** The rest of a series from one of its turns on, at another time of the day: as many turns, and the same last day. */
export function retimed(pattern: Pattern & { rule: string }, from: WallTime, time: string): Pattern & { rule: string } {
  const { zone, rule } = pattern;
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const later = minutes(time) - minutes(from.slice(11));
  const parts = rule.split(";").map((part) => {
    const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(part) ?? [];
    if (name === "COUNT") {
      const past = turns(pattern, { limit: Number(value) }).filter(({ wall }) => wall < from).length;
      return `COUNT=${Math.max(1, Number(value) - past)}`;
    }
    const until = name === "UNTIL" ? instantOf(value) : undefined;
    return until ? `UNTIL=${utcForm(addMinutes(until, later))}` : part;
  });
  return { start: `${from.slice(0, 11)}${time}`, zone, rule: parts.join(";") };
}

/** UNTIL is an instant and the library is asked for walls, so it is held against the turns themselves. */
function withoutUntil(rule: string): { bare: string; until?: Date } {
  const parts = rule.split(";");
  const last = parts.find((part) => /^UNTIL=/i.test(part));
  const until = last === undefined ? undefined : instantOf(last.slice("UNTIL=".length));
  return { bare: parts.filter((part) => part !== last).join(";"), ...(until ? { until } : {}) };
}

const UTC_FORM = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/i;

function instantOf(utcForm: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = UTC_FORM.exec(utcForm) ?? [];
  if (!isDay(`${year}-${month}-${day}`)) return undefined;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** `20270630T080000Z`, as UNTIL has it. */
export function utcForm(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** The library's own bounds, told as a plain Error: it looked through that many months or years and found no other. */
const NO_MORE = /^Maximum (?:iterations|candidate)/i;
const MOST_PERIODS = 2000;

function* wallsOf(rule: string, start: WallTime, from: WallTime): Generator<WallTime> {
  const series = new RRuleTemporal({
    rruleString: `DTSTART:${start.replace(/[-:]/g, "")}00Z\nRRULE:${rule}`,
    maxIterations: MOST_PERIODS,
  });
  try {
    let next = series.next(new Date(`${from}:00Z`), true);
    while (next) {
      // Four figures of a year: beyond stands nobody's meeting.
      if (next.year > 9999) return;
      yield next.toString().slice(0, 16);
      next = series.next(next, false);
    }
  } catch (error) {
    if (!(error instanceof Error && NO_MORE.test(error.message))) throw error;
  }
}

const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** 1 is Monday. */
export function weekdayCode(isoDay: number): Weekday {
  return WEEKDAYS[isoDay - 1] ?? "MO";
}

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
type Frequency = (typeof FREQUENCIES)[number];

type Rule = {
  freq: Frequency;
  interval: number;
  byDay: { ordinal?: number; day: Weekday }[];
  byMonthDay: number[];
  bySetPos: number[];
  count?: number;
  until?: Date;
};

/**
 * Why a rule is not taken: it cannot be read, has a part that is not ours (BYHOUR, WKST), a figure that is out of
 * range or stands where RFC 5545 has none, never occurs, ends before it begins, or does not fall on its own start (what
 * a calendar makes of that is undefined, RFC 5545 3.8.5.3, so two calendars would show two series).
 */
export type RuleProblem = "unreadable" | "part" | "figure" | "count_and_until" | "never" | "ended" | "start";

const LONGEST_RULE = 200;
const MOST_TURNS = 1000;
const MOST_APART: Readonly<Record<Frequency, number>> = { DAILY: 366, WEEKLY: 104, MONTHLY: 60, YEARLY: 20 };

/**
 * FREQ DAILY, WEEKLY, MONTHLY, YEARLY with INTERVAL, BYDAY (with ordinals), BYMONTHDAY, BYSETPOS, COUNT, UNTIL; parts
 * come back in that order and in capitals. Anything else is refused.
 */
export function checkRule(
  rule: string,
  start: WallTime,
  zone: string,
): { ok: true; rule: string } | { ok: false; said: RuleProblem } {
  const read = readRule(rule);
  if (typeof read === "string") return { ok: false, said: read };
  const whole = written(read);
  // Without its end, or a series that ended would be told as one that never occurs.
  const endless = written({ ...read, count: undefined, until: undefined });
  const [first] = turns({ start, zone, rule: endless }, { limit: 1 });
  if (!first) return { ok: false, said: "never" };
  if (first.wall !== start) return { ok: false, said: "start" };
  if (read.until && read.until < first.at) return { ok: false, said: "ended" };
  return { ok: true, rule: whole };
}

function readRule(text: string): Rule | RuleProblem {
  if (text.length > LONGEST_RULE) return "unreadable";
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().split(";")) {
    const [, name = "", value = ""] = /^([A-Z-]+)=([A-Z0-9,+-]+)$/.exec(part) ?? [];
    if (name === "" || parts.has(name)) return "unreadable";
    parts.set(name, value);
  }
  const freq = FREQUENCIES.find((one) => one === parts.get("FREQ"));
  if (!freq) return parts.has("FREQ") ? "part" : "unreadable";
  for (const name of parts.keys())
    if (!/^(?:FREQ|INTERVAL|BYDAY|BYMONTHDAY|BYSETPOS|COUNT|UNTIL)$/.test(name)) return "part";

  const [interval = 1, count] = [parts.get("INTERVAL"), parts.get("COUNT")].map(whole);
  if (!within(interval, 1, MOST_APART[freq]) || (parts.has("COUNT") && !within(count, 1, MOST_TURNS))) return "figure";
  const until = parts.has("UNTIL") ? instantOf(parts.get("UNTIL") ?? "") : undefined;
  if (parts.has("UNTIL") && !until) return "figure";
  if (count !== undefined && until) return "count_and_until";

  const byDay = listOf(parts.get("BYDAY")).map((one) => {
    const [, ordinal, day] = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(one) ?? [];
    return { ...(ordinal === undefined ? {} : { ordinal: Number(ordinal) }), day: WEEKDAYS.find((w) => w === day) };
  });
  const furthest = freq === "YEARLY" ? 53 : freq === "MONTHLY" ? 5 : 0;
  const days: Rule["byDay"] = [];
  for (const { ordinal, day } of byDay) {
    if (!day || (ordinal !== undefined && !fromEitherEnd(ordinal, furthest))) return "figure";
    days.push({ ...(ordinal === undefined ? {} : { ordinal }), day });
  }
  const byMonthDay = listOf(parts.get("BYMONTHDAY")).map(Number);
  const bySetPos = listOf(parts.get("BYSETPOS")).map(Number);
  if (!byMonthDay.every((n) => fromEitherEnd(n, 31)) || (freq === "WEEKLY" && byMonthDay.length > 0)) return "figure";
  // Of what set it would be a position, where no other part makes one?
  if (!bySetPos.every((n) => fromEitherEnd(n, 366)) || (bySetPos.length > 0 && days.length + byMonthDay.length === 0))
    return "figure";
  return {
    ...{ freq, interval, byDay: days, byMonthDay, bySetPos },
    ...(count === undefined ? {} : { count }),
    ...(until ? { until } : {}),
  };
}

const listOf = (value: string | undefined): string[] => (value === undefined ? [] : value.split(","));

/** NaN for what is no whole number: it is within nothing. */
function whole(text: string | undefined): number | undefined {
  return text === undefined ? undefined : /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
}

const within = (n: number | undefined, least: number, most: number) => n !== undefined && n >= least && n <= most;

const fromEitherEnd = (n: number, most: number) => Number.isInteger(n) && n !== 0 && Math.abs(n) <= most;

function written({ freq, interval, byDay, byMonthDay, bySetPos, count, until }: Rule): string {
  return [
    `FREQ=${freq}`,
    interval === 1 ? "" : `INTERVAL=${interval}`,
    byDay.length ? `BYDAY=${byDay.map(({ ordinal, day }) => `${ordinal ?? ""}${day}`).join(",")}` : "",
    byMonthDay.length ? `BYMONTHDAY=${byMonthDay.join(",")}` : "",
    bySetPos.length ? `BYSETPOS=${bySetPos.join(",")}` : "",
    count === undefined ? "" : `COUNT=${count}`,
    until ? `UNTIL=${utcForm(until)}` : "",
  ]
    .filter((part) => part !== "")
    .join(";");
}

type Language = {
  locale: typeof enGB;
  and: string;
  nth: (n: number) => string;
  dayOfMonth: (n: number) => string;
  every: Readonly<Record<Frequency, (n: number) => string>>;
  everyDays: (days: string[]) => string;
  everyNth: (nthDays: string[], named: boolean) => string;
  workingDay: string;
  everyWorkingDay: (span?: string) => string;
  span: (from: string, to: string) => string;
  on: (what: string[]) => string;
  each: (day: string) => string;
  the: (what: string) => string;
  lastDay: string;
  ofMonth: string;
  ofYear: string;
  nthOf: (nths: string, of: string) => string;
  joinTail: string;
  times: (n: number) => string;
  until: (date: string) => string;
};

const EN_NTH: Readonly<Record<number, string>> = {
  ...{ 1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth" },
  ...{ [-1]: "last", [-2]: "second to last" },
};
const FR_NTH: Readonly<Record<number, string>> = {
  ...{ 1: "premier", 2: "deuxième", 3: "troisième", 4: "quatrième", 5: "cinquième" },
  ...{ [-1]: "dernier", [-2]: "avant-dernier" },
};

function englishFigure(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th")}`;
}

const EN: Language = {
  locale: enGB,
  and: "and",
  nth: (n) => EN_NTH[n] ?? (n < 0 ? `${englishFigure(-n)} to last` : englishFigure(n)),
  dayOfMonth: (n) => (n < 0 ? `the ${EN.nth(n)} day` : `the ${englishFigure(n)}`),
  every: {
    DAILY: (n) => (n === 1 ? "every day" : `every ${n} days`),
    WEEKLY: (n) => (n === 1 ? "every week" : `every ${n} weeks`),
    MONTHLY: (n) => (n === 1 ? "every month" : `every ${n} months`),
    YEARLY: (n) => (n === 1 ? "every year" : `every ${n} years`),
  },
  everyDays: (days) => `every ${joined(days, "and")}`,
  everyNth: (nthDays, named) => `every ${joined(nthDays, "and")}${named ? " of the month" : ""}`,
  workingDay: "working day",
  everyWorkingDay: (span) => `every working day${span ? ` (${span})` : ""}`,
  span: (from, to) => `${from} to ${to}`,
  on: (what) => ` on ${joined(what, "and")}`,
  each: (day) => `each ${day}`,
  the: (what) => `the ${what}`,
  lastDay: "the last day",
  ofMonth: "of the month",
  ofYear: "of the year",
  nthOf: (nths, of) => `, the ${nths} of ${of}`,
  joinTail: ", ",
  times: (n) => (n === 1 ? "once" : `${n} times`),
  until: (date) => ` until ${date}`,
};

const FR: Language = {
  locale: fr,
  and: "et",
  nth: (n) => FR_NTH[n] ?? (n < 0 ? `${-n}e avant la fin` : `${n}e`),
  dayOfMonth: (n) => (n < 0 ? `le ${FR.nth(n)} jour` : n === 1 ? "le 1er" : `le ${n}`),
  every: {
    DAILY: (n) => (n === 1 ? "chaque jour" : `tous les ${n} jours`),
    WEEKLY: (n) => (n === 1 ? "chaque semaine" : `toutes les ${n} semaines`),
    MONTHLY: (n) => (n === 1 ? "chaque mois" : `tous les ${n} mois`),
    YEARLY: (n) => (n === 1 ? "chaque année" : `tous les ${n} ans`),
  },
  everyDays: (days) =>
    days.length === 1
      ? `chaque ${days[0]}`
      : `tous les ${joined(
          days.map((day) => `${day}s`),
          "et",
        )}`,
  everyNth: (nthDays, named) => `chaque ${joined(nthDays, "et")}${named ? " du mois" : ""}`,
  workingDay: "jour ouvré",
  everyWorkingDay: (span) => `chaque jour ouvré${span ? ` (${span})` : ""}`,
  span: (from, to) => `du ${from} au ${to}`,
  on: (what) => `, ${joined(what, "et")}`,
  each: (day) => `chaque ${day}`,
  the: (what) => `le ${what}`,
  lastDay: "le dernier jour",
  ofMonth: "du mois",
  ofYear: "de l'année",
  nthOf: (nths, of) => `, le ${nths} de : ${of}`,
  joinTail: ", ",
  times: (n) => `${n} fois`,
  until: (date) => ` jusqu'au ${date}`,
};

const joined = (names: string[], last: string): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;

/**
 * `every first Tuesday`, `every 2 weeks on Monday and Thursday`, `every working day until 30 June 2027`, `chaque mois,
 * le 15, 6 fois`: what parseSchedule reads again as the same rule. The month is named where English would otherwise
 * mean another thing: every second Tuesday is every two weeks.
 * @param zone where UNTIL, an instant, is shown as a day
 */
export function describeRule(rule: string, start: WallTime, lang: string, zone = "UTC"): string {
  const read = readRule(rule);
  if (typeof read === "string") return rule;
  const words = /^fr(?:[-_]|$)/i.test(lang) ? FR : EN;
  const until = read.until ? words.until(dateOf(toWall(read.until, zone).slice(0, 10), "d MMMM yyyy", words)) : "";
  const count = read.count === undefined ? "" : `${words.joinTail}${words.times(read.count)}`;
  return `${rhythm(read, start.slice(0, 10), words)}${until}${count}`;
}

function rhythm({ freq, interval, byDay, byMonthDay, bySetPos }: Rule, start: string, words: Language): string {
  const every = words.every[freq](interval);
  const weekday = (day: Weekday) => dateOf(dayFrom(2024, 1, WEEKDAYS.indexOf(day) + 1), "EEEE", words);
  const plainDays = byDay.filter(({ ordinal }) => ordinal === undefined).map(({ day }) => day);
  const nthDays = byDay.flatMap(({ ordinal, day }) =>
    ordinal === undefined ? [] : [`${words.nth(ordinal)} ${weekday(day)}`],
  );
  const monthDays = byMonthDay.map((n) => (n === -1 ? words.lastDay : words.dayOfMonth(n)));
  const week = workingWeek(plainDays);

  if (bySetPos.length > 0) {
    const nths = joined(bySetPos.map(words.nth), words.and);
    if (freq === "MONTHLY" && week && nthDays.length + monthDays.length === 0) {
      const what = `${nths} ${words.workingDay}`;
      const span = week === "MO" ? "" : ` (${spanOf(week, weekday, words)})`;
      return interval === 1
        ? `${words.everyNth([what], true)}${span}`
        : `${every}${words.on([words.the(what)])}${span}`;
    }
    return `${every}${words.nthOf(nths, joined([...plainDays.map(weekday), ...nthDays, ...monthDays], words.and))}`;
  }
  if ((freq === "WEEKLY" || freq === "DAILY") && monthDays.length === 0) {
    const days = freq === "WEEKLY" && plainDays.length === 0 ? [weekdayCode(isoWeekday(start))] : plainDays;
    if (days.length === 0) return every;
    if (interval === 1 && days.length === 7) return words.every.DAILY(1);
    if (interval === 1 && week) return words.everyWorkingDay(week === "MO" ? undefined : spanOf(week, weekday, words));
    const named = inWeekOrder(days).map(weekday);
    if (interval === 1) return words.everyDays(named);
    return `${every}${words.on(words === FR ? named.map(words.the) : named)}`;
  }
  if (freq === "YEARLY") {
    const inYear = [
      ...plainDays.map((day) => words.each(weekday(day))),
      ...nthDays.map((day) => `${words.the(day)} ${words.ofYear}`),
      ...monthDays.map((day) => `${day} ${words.ofMonth}`),
    ];
    const date = dateOf(start, "d MMMM", words);
    return `${every}${words.on(inYear.length ? inYear : [words === FR ? words.the(date) : date])}`;
  }
  if (monthDays.length === 0 && plainDays.length === 0 && nthDays.length > 0) {
    const only = byDay.every(({ day }) => day === byDay[0]?.day);
    const what =
      only && byDay.length > 1 && byDay[0]
        ? [
            `${joined(
              byDay.map(({ ordinal }) => words.nth(ordinal ?? 0)),
              words.and,
            )} ${weekday(byDay[0].day)}`,
          ]
        : nthDays;
    const alone = byDay.length === 1 && byDay[0]?.ordinal !== 2 && byDay[0]?.ordinal !== -2;
    return interval === 1 ? words.everyNth(what, !alone) : `${every}${words.on(what.map(words.the))}`;
  }
  const inMonth = [...nthDays.map(words.the), ...plainDays.map((day) => words.each(weekday(day))), ...monthDays];
  return `${every}${words.on(inMonth.length ? inMonth : [words.dayOfMonth(splitDay(start).day)])}`;
}

const inWeekOrder = (days: readonly Weekday[]) => WEEKDAYS.filter((day) => days.includes(day));

/** The first of five days on end: Monday to Friday, Sunday to Thursday. */
function workingWeek(days: readonly Weekday[]): Weekday | undefined {
  if (new Set(days).size !== 5) return undefined;
  return WEEKDAYS.find((_, i) => fiveFrom(i).every((day) => days.includes(day)));
}

/** Five days on end, the first as date-fns and ISO count them less one: 0 is Monday. */
export function fiveFrom(first: number): Weekday[] {
  return [0, 1, 2, 3, 4].map((n) => weekdayCode(((first + n + 7) % 7) + 1));
}

function spanOf(first: Weekday, weekday: (day: Weekday) => string, words: Language): string {
  const [from = first, , , , to = first] = fiveFrom(WEEKDAYS.indexOf(first));
  return words.span(weekday(from), weekday(to));
}

/** At noon of the machine's own day: it is a date, and no zone's. */
function dateOf(day: string, pattern: string, { locale }: Language): string {
  const { year, month, day: date } = splitDay(day);
  const text = format(new Date(year, month - 1, date, 12), pattern, { locale });
  return locale === fr ? text.replace(/^1 (?=\p{L})/u, "1er ") : text;
}
