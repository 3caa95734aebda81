import type { Locale } from "date-fns";
import type { DirectoryWords } from "./directory.js";
import type { LineWords } from "./line.js";
import type { RuleWords } from "./rules.js";
import type { ScheduleWords } from "./schedule.js";
import type { SpeechWords } from "./speech.js";
import type { TimeWords } from "./time.js";

/**
 * What the readers of typed lines know of a language, and how it writes days and figures. No reader knows a word or the
 * name of any language: whoever reads one may write in another, so their patterns are made of the words of all.
 */
export type Grammar = {
  /** BCP 47, the primary subtag alone. */
  lang: string;
  /** How date-fns names days, months and lengths: the day before the month, 24 hours. */
  locale: Locale;
  /** Where it is written in both orders: the regions, ISO 3166 in small letters, in which the day stands before the month. */
  dayFirstIn?: readonly string[];
  /** Before the decimals of a number. */
  decimal: string;
  time: TimeWords;
  schedule: ScheduleWords;
  rules: RuleWords;
  speech: SpeechWords;
  line: LineWords;
  directory: DirectoryWords;
};
