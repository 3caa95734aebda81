import { format } from "date-fns";
import { enGB } from "date-fns/locale/en-GB";
import { fr } from "date-fns/locale/fr";
import { type Day, dayFrom, isoWeekday, splitDay } from "../time/local.js";
import {
  type Frequency,
  fiveFrom,
  type LocalIso,
  type Rule,
  readRule,
  toLocalTime,
  WEEKDAYS,
  type Weekday,
  weekdayCode,
} from "./recurrence.js";

/** A rule in words, in the reader's language. */

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
  /** In March and June of every year; but not in August. */
  inMonths: (months: string[], forever: boolean) => string;
  /** Every day, or every Friday of the month, but for a few. */
  allBut: (every: string, what: string[]) => string;
  notInMonths: (months: string[]) => string;
  ofMonths: (months: string[]) => string;
  notOn: (days: string[]) => string;
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
  inMonths: (months, forever) => ` in ${joined(months, "and")}${forever ? " every year" : ""}`,
  allBut: (every, what) => `${every} except ${joined(what, "and")}`,
  notInMonths: (months) => ` except in ${joined(months, "and")}`,
  ofMonths: (months) => ` of ${joined(months, "and")}`,
  notOn: (days) => ` except on ${joined(days, "and")}`,
};

const FR: Language = {
  locale: fr,
  and: "et",
  nth: (n) => FR_NTH[n] ?? (n < 0 ? `${-n}e avant la fin` : `${n}e`),
  dayOfMonth: (n) => (n < 0 ? `le ${FR.nth(n)} jour` : n === 1 ? "le 1er" : `le ${n}`),
  every: {
    // Tous les 8 jours is every week, tous les 15 jours every other.
    DAILY: (n) => (n === 1 ? "chaque jour" : n === 8 || n === 15 ? `un jour sur ${n}` : `tous les ${n} jours`),
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
  inMonths: (months, forever) => ` en ${joined(months, "et")}${forever ? " chaque année" : ""}`,
  allBut: (every, what) => `${every} sauf ${joined(what, "et")}`,
  notInMonths: (months) => ` sauf en ${joined(months, "et")}`,
  ofMonths: (months) => ` de ${joined(months, "et")}`,
  notOn: (days) =>
    ` sauf ${joined(
      days.map((day) => `le ${day}`),
      "et",
    )}`,
};

const joined = (names: string[], last: string): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;

/** More days are counted. */
const MOST_NAMED = 5;
const ALL_MONTHS = 12;

/**
 * `every first Tuesday`, `every 2 weeks on Monday and Thursday`, `every working day until 30 June 2027`, `chaque mois,
 * le 15, 6 fois`: what parseSchedule reads again as the same rule. The month is named where English would otherwise
 * mean another thing: every second Tuesday is every two weeks.
 * @param zone where UNTIL, an instant, is shown as a day
 */
export function describeRule(
  rule: string,
  start: LocalIso,
  lang: string,
  zone = "UTC",
  except: readonly Day[] = [],
): string {
  const read = readRule(rule);
  if (typeof read === "string") return rule;
  const words = /^fr(?:[-_]|$)/i.test(lang) ? FR : EN;
  const long = (day: Day) => dateOf(day, "d MMMM yyyy", words);
  const until = read.until ? words.until(long(toLocalTime(read.until, zone).slice(0, 10))) : "";
  const count = read.count === undefined ? "" : `${words.joinTail}${words.times(read.count)}`;
  const shown = except.slice(0, MOST_NAMED).map(long);
  const more = except.length > shown.length ? ["…"] : [];
  const notOn = except.length ? words.notOn([...shown, ...more]) : "";
  return `${rhythm(read, start.slice(0, 10), words)}${monthsOf(read, words)}${until}${count}${notOn}`;
}

/** The months that a rule is for; a rule of the year has said so with its day. */
function monthsOf({ freq, byMonth, until, count }: Rule, words: Language): string {
  if (byMonth.length === 0 || freq === "YEARLY") return "";
  const name = (month: number) => dateOf(dayFrom(2024, month, 1), "MMMM", words);
  const others = Array.from({ length: ALL_MONTHS }, (_, n) => n + 1).filter((n) => !byMonth.includes(n));
  return others.length < byMonth.length
    ? words.notInMonths(others.map(name))
    : words.inMonths(byMonth.map(name), !until && !count);
}

function rhythm(rule: Rule, start: Day, words: Language): string {
  const { freq, interval, byDay, byMonthDay } = rule;
  const every = words.every[freq](interval);
  const weekday = (day: Weekday) => dateOf(dayFrom(2024, 1, WEEKDAYS.indexOf(day) + 1), "EEEE", words);
  const plainDays = byDay.filter(({ ordinal }) => ordinal === undefined).map(({ day }) => day);
  const nthDays = byDay.flatMap(({ ordinal, day }) =>
    ordinal === undefined ? [] : [`${words.nth(ordinal)} ${weekday(day)}`],
  );
  const monthDays = byMonthDay.map((n) => (n === -1 ? words.lastDay : words.dayOfMonth(n)));
  const said: Said = { every, weekday, plainDays, nthDays, monthDays, week: workingWeek(plainDays) };
  if (rule.bySetPos.length > 0) return positions(rule, said, words);
  if ((freq === "WEEKLY" || freq === "DAILY") && monthDays.length === 0) return inWeek(rule, start, said, words);
  if (freq === "YEARLY") return inYear(rule, start, said, words);
  return inMonth(rule, start, said, words);
}

type Said = {
  every: string;
  weekday: (day: Weekday) => string;
  plainDays: Weekday[];
  nthDays: string[];
  monthDays: string[];
  week: Weekday | undefined;
};

function positions({ freq, interval, byMonth, bySetPos }: Rule, said: Said, words: Language): string {
  const { every, weekday, plainDays, nthDays, monthDays, week } = said;
  const nths = joined(bySetPos.map(words.nth), words.and);
  if (freq === "YEARLY" || !week || nthDays.length + monthDays.length > 0) {
    const of = week ? [words.workingDay] : [...plainDays.map(weekday), ...nthDays, ...monthDays];
    if (freq === "YEARLY" && week && byMonth.length)
      return `${every}${words.on([words.the(`${nths} ${words.workingDay}`)])}${named(byMonth, words)}`;
    return `${every}${words.nthOf(nths, joined(of, words.and))}`;
  }
  const what = `${nths} ${words.workingDay}`;
  const span = week === "MO" ? "" : ` (${spanOf(week, weekday, words)})`;
  return interval === 1 ? `${words.everyNth([what], true)}${span}` : `${every}${words.on([words.the(what)])}${span}`;
}

const named = (byMonth: readonly number[], words: Language) =>
  words.ofMonths(byMonth.map((month) => dateOf(dayFrom(2024, month, 1), "MMMM", words)));

function inWeek({ freq, interval }: Rule, start: Day, said: Said, words: Language): string {
  const { every, weekday, plainDays, week } = said;
  const days = freq === "WEEKLY" && plainDays.length === 0 ? [weekdayCode(isoWeekday(start))] : plainDays;
  if (days.length === 0) return every;
  if (interval === 1 && days.length === 7) return words.every.DAILY(1);
  if (interval === 1 && week) return words.everyWorkingDay(week === "MO" ? undefined : spanOf(week, weekday, words));
  const shown = inWeekOrder(days).map(weekday);
  const missing = WEEKDAYS.find((day) => !days.includes(day));
  if (interval === 1 && days.length === 6 && missing)
    return words.allBut(words.every.DAILY(1), [words === FR ? words.the(weekday(missing)) : weekday(missing)]);
  if (interval === 1) return words.everyDays(shown);
  return `${every}${words.on(words === FR ? shown.map(words.the) : shown)}`;
}

function inYear({ byMonth, byMonthDay }: Rule, start: Day, said: Said, words: Language): string {
  const { every, weekday, plainDays, nthDays, monthDays } = said;
  if (byMonth.length && plainDays.length + nthDays.length === 0 && byMonthDay.every((n) => n > 0)) {
    const days = byMonth.flatMap((month) =>
      byMonthDay.map((day) => dateOf(dayFrom(2024, month, day), "d MMMM", words)),
    );
    if (days.length) return `${every}${words.on(words === FR ? days.map(words.the) : days)}`;
  }
  if (byMonth.length && plainDays.length === 0 && nthDays.length + monthDays.length > 0)
    return `${every}${words.on([...nthDays.map(words.the), ...monthDays])}${named(byMonth, words)}`;
  const parts = [
    ...plainDays.map((day) => words.each(weekday(day))),
    ...nthDays.map((day) => `${words.the(day)} ${words.ofYear}`),
    ...monthDays.map((day) => `${day} ${words.ofMonth}`),
  ];
  const date = dateOf(start, "d MMMM", words);
  return `${every}${words.on(parts.length ? parts : [words === FR ? words.the(date) : date])}`;
}

function inMonth({ interval, byDay }: Rule, start: Day, said: Said, words: Language): string {
  const { every, weekday, plainDays, nthDays, monthDays } = said;
  if (monthDays.length === 0 && plainDays.length === 0 && nthDays.length > 0) {
    const [first] = byDay;
    const only = byDay.every(({ day }) => day === first?.day);
    const nths = joined(
      byDay.map(({ ordinal }) => words.nth(ordinal ?? 0)),
      words.and,
    );
    const left = onlyLeftOut(byDay.map(({ ordinal }) => ordinal ?? 0));
    if (only && first && interval === 1 && left.length)
      return `${words.allBut(
        words.everyDays([weekday(first.day)]),
        left.map((n) => words.the(words.nth(n))),
      )} ${words.ofMonth}`;
    const what = only && byDay.length > 1 && first ? [`${nths} ${weekday(first.day)}`] : nthDays;
    const alone = byDay.length === 1 && first?.ordinal !== 2 && first?.ordinal !== -2;
    return interval === 1 ? words.everyNth(what, !alone) : `${every}${words.on(what.map(words.the))}`;
  }
  const parts = [...nthDays.map(words.the), ...plainDays.map((day) => words.each(weekday(day))), ...monthDays];
  return `${every}${words.on(parts.length ? parts : [words.dayOfMonth(splitDay(start).day)])}`;
}

/** Four of the five, counted from one end: every one but that. */
function onlyLeftOut(ordinals: readonly number[]): number[] {
  const sign = ordinals.every((n) => n > 0) ? 1 : -1;
  const all = [1, 2, 3, 4, 5].map((n) => n * sign);
  return ordinals.length >= 3 && ordinals.every((n) => all.includes(n)) ? all.filter((n) => !ordinals.includes(n)) : [];
}

const inWeekOrder = (days: readonly Weekday[]) => WEEKDAYS.filter((day) => days.includes(day));

/** The first of five days on end: Monday to Friday, Sunday to Thursday. */
function workingWeek(days: readonly Weekday[]): Weekday | undefined {
  if (new Set(days).size !== 5) return undefined;
  return WEEKDAYS.find((_, i) => fiveFrom(i).every((day) => days.includes(day)));
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
