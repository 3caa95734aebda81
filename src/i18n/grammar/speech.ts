/**
 * Lines that people type who do not know the commands, and the commands that they mean. Patterns are tried on what was
 * typed, in any case of letters.
 */
export type SpeechWords = {
  /** Whole lines, without capitals, accents and marks of punctuation, and the command that each means; empty: the inbox. */
  lines: Readonly<Record<string, string>>;
  /** What a line begins with, with words behind it, and what the command begins with then: `late farms`, `language fr`. */
  begins: Readonly<Record<string, string>>;
  /** Words for commands, and a command's name. */
  verbs: Readonly<Record<string, string>>;
  /** Said behind a reference, by the letter of its kind: M-3 yes. */
  answers: Readonly<Record<string, string>>;
  /** To be reminded, with the words for when behind. */
  remindMe: RegExp;
  /** To be reminded of one thing: its reference, and when. */
  remindOf: readonly RegExp[];
  /** Asks how one thing stands, its reference behind. */
  asksFor: RegExp;
  courtesy: RegExp;
  /** Thanks and please, behind all that was said. */
  thanks: RegExp;
  /** Words that stop what is named behind them, whatever stands between: stop everything R-9. */
  stops: readonly string[];
  /** What is not to come any more is no thing that is stopped: stop reminding me of R-9. */
  mutes: RegExp;
  /** What stands between two references: attach I-31 to R-9. */
  between: RegExp;
};
