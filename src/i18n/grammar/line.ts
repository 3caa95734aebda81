/** The traffic light protocol's, without what AMBER may have behind it. */
type Colour = "CLEAR" | "GREEN" | "AMBER" | "RED";

/** What a language says in a line or a table beside times. A string holds alternatives of a pattern, in small letters. */
export type LineWords = {
  /** Everybody is invited, in one word. */
  everybody: string;
  /** What is written where a key of a command is another word: avec: for with: */
  keys: Readonly<Record<string, string>>;
  /** By a date and with somebody end the value of a key, as the next key does. */
  endsValue: string;
  /** Colours of a marking, without accents. */
  colours: Readonly<Record<string, Colour>>;
  /** What a marking is called, without accents: label: amber. */
  label: string;
  /** How lines at the head of a mail begin that was pasted: From: */
  mailHead: string;
  /** In a cell of a table. */
  yes: readonly string[];
  no: readonly string[];
  none: string;
  /** By agency, par type: how a summary is broken down. */
  cut: { by: string; agency: string; kind: string };
  /** The period of a summary. */
  period: PeriodWords;
};

type PeriodWords = {
  /** Before a period, with the blank. */
  the: string;
  units: { week: string; month: string; quarter: string; year: string };
  /** The one before this one: before it, behind it. */
  last: string;
  lastBehind: string;
  this: string;
  /** Behind the unit after `this`: cette semaine-ci; and without it: le mois en cours. */
  thisTied: string;
  thisBehind: string;
  /** Months in full and as people shorten them, January first. */
  months: readonly (readonly string[])[];
  /** Before the first of two days, with the blank; and between them. */
  from: string;
  to: string;
};
