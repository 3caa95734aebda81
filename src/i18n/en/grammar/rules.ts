import { joined, type RuleWords } from "../../grammar/rules.js";

const NTH: Readonly<Record<number, string>> = {
  ...{ 1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth" },
  ...{ [-1]: "last", [-2]: "second to last" },
};

function englishFigure(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th")}`;
}

export const rules: RuleWords = {
  and: "and",
  nth: (n) => NTH[n] ?? (n < 0 ? `${englishFigure(-n)} to last` : englishFigure(n)),
  dayOfMonth: (n) => (n < 0 ? `the ${rules.nth(n)} day` : `the ${englishFigure(n)}`),
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
  named: (day) => day,
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
  date: (text) => text,
};
