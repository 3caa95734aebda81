import type { Freq } from "./schedule.js";

/** How a rule of a calendar is said, so that what a language says is read again (schedule.ts) as the same rule. */
export type RuleWords = {
  and: string;
  /** The fifth; counted from the end where it is negative. */
  nth: (n: number) => string;
  dayOfMonth: (n: number) => string;
  every: Readonly<Record<Freq, (n: number) => string>>;
  everyDays: (days: string[]) => string;
  everyNth: (nthDays: string[], named: boolean) => string;
  workingDay: string;
  everyWorkingDay: (span?: string) => string;
  span: (from: string, to: string) => string;
  on: (what: string[]) => string;
  each: (day: string) => string;
  the: (what: string) => string;
  /** A day by its name or its date, where it stands behind its period: every 2 weeks on Monday, le lundi. */
  named: (day: string) => string;
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
  /** What date-fns makes of a date, as a sentence has it: le 1er mars. */
  date: (text: string) => string;
};

/** `Monday, Tuesday and Friday` */
export const joined = (names: readonly string[], last: string): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${last} ${names.at(-1)}`;
