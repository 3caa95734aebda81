import type { Chrono } from "chrono-node";

export type Unit = "day" | "week" | "month" | "quarter" | "year";

export type LengthUnit = "minutes" | "hours" | "days" | "weeks" | "months" | "years" | "workingDays";

/**
 * What one language says of time, as the readers need it. A string is a piece of a pattern (alternatives between bars),
 * in small letters and with plain signs, as `plain` makes them. To add a language is to write one such table.
 */
export type TimeWords = {
  /** Reads the days that need grammar: next Tuesday, 31 March. */
  chrono: Chrono;
  /** How chrono is asked for what it does not know as people say it, the likeliest first. `month`: for a month alone. */
  forms: (text: string) => readonly { form: string; month?: true }[];
  /** This very moment. */
  now: string;
  /** As fast as can be, which is no date; `hurryLast` where a line ends with it, since elsewhere it may be something else. */
  hurry: string;
  hurryLast: string;
  /** What leads to a deadline: by Friday, due: Friday. */
  lead: string;
  /** What leads to the moment of a key where nobody writes the colon: away until Monday, du lundi. */
  keyed: Readonly<Record<string, string>>;
  /** Of these the ones that lead to a length as well: for 3 days is no deadline. */
  lasting: string;
  /** What may stand before a day or an hour and says nothing more: on Friday, le 15. */
  article: string;
  /** Of these the one that is written together with what follows: l'année. */
  articleTied: string;
  /** Directly before the figure of a day: the 15th, le 15. */
  theDay: string;
  /** What makes an ordinal of a figure: 15th, 1er. */
  figure: string;
  /** Between a day and its month, a week and its year, with the blank where there is one. */
  of: string;
  /** A kindness or an insistence beside a date. */
  courtesy: string;
  /** Directly before a day they make something else of it than a deadline: after Friday, every Friday, Friday's. */
  notBy: string;
  /** In 3 days. */
  within: string;
  /** Of these the one that may be written together with what follows. */
  withinTied: string;
  /** 3 days from now. */
  fromNow: string;
  /** Lengths with a name of their own, as patterns and in minutes: half an hour. */
  spans: readonly (readonly [string, number])[];
  /** Lengths that have a name of their own, in days: sous huitaine. */
  lengths: Readonly<Record<string, number>>;
  /** Before and behind a length of time that has passed. */
  agoBefore: string;
  ago: string;
  yesterday: string;
  /** A weekday or a period that was, beside the words for last. */
  lastOf: string;
  /** Last Friday: before it, behind it. */
  lastBefore: string;
  lastBehind: string;
  nextWorkingDay: string;
  workingDays: string;
  dayAfterTomorrow: string;
  tomorrow: string;
  /** Words that chrono would take for a day or an hour and that say neither exactly. */
  vague: string;
  /** What may stand before and behind them, with the blank where there is one: in the middle of the week. */
  vagueLead: string;
  vagueOf: string;
  /** Parts of a year that have no first and last day in working life. */
  seasons: string;
  /** What may lead to one where nothing else is said; and within a line, where `the` leads to many things. */
  seasonLead: string;
  seasonIn: string;
  units: Readonly<Record<LengthUnit, string>>;
  periods: Readonly<Record<Unit, string>>;
  /** End of the month. */
  endOf: string;
  /** Ends that have a word of their own: eow. */
  ends: Readonly<Record<string, Unit>>;
  /** Before a weekday, days later than the coming one: a week on Friday. */
  laterBefore: Readonly<Record<string, number>>;
  /** Behind a weekday, days later than the coming one: Friday week, vendredi en huit. */
  later: Readonly<Record<string, number>>;
  /** Next Friday is the one of next week, or the coming one as vendredi prochain is. */
  nextWeekdayIs: "of next week" | "coming";
  /** The end of the working day, beside a day or alone. */
  endOfDay: string;
  /** Between it and its day. */
  endOfDayOf: string;
  /** Before a period or a weekday: the one that runs, the coming one; and behind it. */
  thisBefore: string;
  nextBefore: string;
  thisBehind: string;
  /** Beside a weekday these say which one it is. */
  placed: string;
  nextBehind: string;
  /** A quarter by its number, as a letter: Q1. */
  quarter: string;
  /** A week by its number. */
  weekNumber: string;
  numbers: Readonly<Record<string, number>>;
  /** Full names, which are nothing else, and those that are other words as well. */
  weekdays: readonly string[];
  weekdaysShort: readonly string[];
  months: readonly string[];
  monthsShort: readonly string[];
  homonyms: readonly string[];
  /** Names that are a letter from words of every day, and so are never taken for one that is spelt wrongly. */
  oneLetterOff: readonly string[];
  /** Directly before a month that is another word as well: by March. */
  beforeMonth: string;
  /** Directly before a name that is another word as well, it is that word: in the sun, en mer. */
  notADay: string;
  not: string;
  /** Between the pieces of one phrase: Friday, 4 December *at* 17:00. */
  joint: string;
  /** Today, tonight: days that are named by where they stand. */
  nearDays: string;
  tonight: string;
  weekend: string;
  at: string;
  /** Before an hour that is no more than a figure: at 17. Without it the figure is something else. */
  atFigure: string;
  /** Left over before an hour that was taken. */
  hourLead: string;
  /** Behind an hour: 5 o'clock. */
  oClock: string;
  hours: string;
  noon: string;
  midnight: string;
  /** Between two days or hours of which one is meant, or a stretch of them. */
  between: string;
  /** Before the first of them. */
  rangeLead: string;
  /** Between figures alone, of which each is a day: 2 or 3 December. */
  figuresJoin: string;
  /** In a list of days or hours that are worked, and of days that are off: the lead, and what stands between two ends. */
  workFrom: string;
  workTo: string;
  offFrom: string;
  offTo: string;
  /** Behind a city: 17:00 Athens time; before it: heure de Paris. */
  timeOf: string;
  timeIn: string;
  /** Cities that the names of zones do not have, or not in this language. */
  cities: Readonly<Record<string, string>>;
};
