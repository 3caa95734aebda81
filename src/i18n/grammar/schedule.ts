/**
 * What a language says of when a meeting comes again, as sources of patterns over text in lower case (time/text.ts). A
 * string holds alternatives between bars; one that has no alternative of its own is empty.
 */
export type ScheduleWords = {
  /** Monday first. */
  days: readonly string[];
  /** Short names that end like a plural and are none. */
  singular: string;
  /** January first. */
  months: readonly string[];
  and: string;
  or: string;
  /** What may stand before a day or a place in the month. */
  article: string;
  every: string;
  /** How a line that Coord proposes says it. */
  typed: { every: string };
  /** What stands for 1 before a length: a week. */
  one: string;
  ordinals: readonly (readonly [string, number])[];
  /** What makes an ordinal of a figure: 15th. */
  figure: string;
  numbers: Readonly<Record<string, number>>;
  units: { day: string; week: string; month: string; quarter: string; year: string };
  /** The period by itself: monthly. */
  adverbs: readonly (readonly [string, Freq, number])[];
  /** Twice a week or every two weeks: the part that makes it unclear, and it with the words that it makes so. */
  twice: string;
  unclear: string;
  /** After "every": two of the unit that follows. */
  other: string;
  /** Of these the one that names the second of the month: chaque deuxième mardi. */
  otherOfMonth: string;
  /** Beside a plural, without "every": alternate Tuesdays. */
  alternate: string;
  /** Before it, with the blank; and plurals other than days that it stands beside. */
  alternateLead: string;
  alternating: string;
  /** After "every" and before a unit: every third week. */
  nth: string;
  /** One Tuesday out of two: what stands before the unit, and between it and the number. */
  outOf: { one: string; of: string };
  /** Every that many days, said of weeks: tous les quinze jours. */
  dayCounts: Readonly<Record<number, number>>;
  workingDay: string;
  /** Every working day without "every"; and a word that says so wherever it stands. */
  onWorkingDays: string;
  onlyWorkingDays: string;
  weekend: string;
  lastDay: string;
  /** Before a place of a day in its month, where it becomes that day. */
  theNth: string;
  /** First Tuesday *of* the month. */
  of: string;
  /** Every Tuesday *in* January. */
  during: string;
  /** Of what the period is: the, each. */
  ofWhich: string;
  /** Monday *to* Friday; the lead, if any. */
  span: { from: string; to: string };
  /** From 1 December and 30 June: the lead of two ends that are joined by `and`. */
  between: string;
  /** From 10:00 to 11:00. */
  hours: { from: string; to: string };
  /** Twice *a* week. */
  per: string;
  times: string;
  once: Readonly<Record<string, number>>;
  until: string;
  since: string;
  /** The end of a stretch that began with `since`. */
  to: string;
  forSpan: string;
  /** Before a length: for 60 min. */
  forLength: string;
  except: string;
  /** Between it and what is left out. */
  exceptLead: string;
  /** Days that no rule can name. */
  holidays: string;
  /** Morning: from which hour, and before which. */
  partsOfDayLead: string;
  partsOfDay: readonly (readonly [string, number, number])[];
  /** Even weeks, odd weeks: no rule holds them over the end of a year. */
  weekKinds: string;
  /** Before a month that is the end of a series as a whole, with the blank. */
  monthLead: string;
  /** Days that are named by where they stand, and are a date. */
  nearDays: string;
  nextPeriods: { week: string; month: string };
  /** Before those who are invited, before a place. */
  with: string;
  at: string;
  everybody: string;
};

export type Freq = "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
