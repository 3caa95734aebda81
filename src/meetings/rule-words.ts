import { format } from "date-fns";
import { type Grammar, grammarOf } from "../i18n/grammar/index.js";
import { joined, type RuleWords } from "../i18n/grammar/rules.js";
import { type Day, dayFrom, isoWeekday, splitDay } from "../time/local.js";
import {
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

type Language = RuleWords & Pick<Grammar, "locale">;

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
  const { rules, locale } = grammarOf(lang);
  const words: Language = { ...rules, locale };
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
    return words.allBut(words.every.DAILY(1), [words.named(weekday(missing))]);
  if (interval === 1) return words.everyDays(shown);
  return `${every}${words.on(shown.map(words.named))}`;
}

function inYear({ byMonth, byMonthDay }: Rule, start: Day, said: Said, words: Language): string {
  const { every, weekday, plainDays, nthDays, monthDays } = said;
  if (byMonth.length && plainDays.length + nthDays.length === 0 && byMonthDay.every((n) => n > 0)) {
    const days = byMonth.flatMap((month) =>
      byMonthDay.map((day) => dateOf(dayFrom(2024, month, day), "d MMMM", words)),
    );
    if (days.length) return `${every}${words.on(days.map(words.named))}`;
  }
  if (byMonth.length && plainDays.length === 0 && nthDays.length + monthDays.length > 0)
    return `${every}${words.on([...nthDays.map(words.the), ...monthDays])}${named(byMonth, words)}`;
  const parts = [
    ...plainDays.map((day) => words.each(weekday(day))),
    ...nthDays.map((day) => `${words.the(day)} ${words.ofYear}`),
    ...monthDays.map((day) => `${day} ${words.ofMonth}`),
  ];
  const date = dateOf(start, "d MMMM", words);
  return `${every}${words.on(parts.length ? parts : [words.named(date)])}`;
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
function dateOf(day: string, pattern: string, { locale, date: said }: Language): string {
  const { year, month, day: date } = splitDay(day);
  return said(format(new Date(year, month - 1, date, 12), pattern, { locale }));
}
