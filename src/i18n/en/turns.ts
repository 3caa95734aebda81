import type { SaidDeed } from "../../turns/deeds.js";

/** English for whose turn it is; the type that every other language must satisfy. */

/** What there is to do, in front of a line. */
const deeds: Record<SaidDeed, string> = {
  date: "Another date is asked for",
  redirect: "Nobody it was given to is there: withdraw it, or ask somebody else",
  support: "Your support is asked for",
  help: "You support it",
  finish: "Draft: finish or discard it",
  review: "Waits for your review",
  open: "Accept and read",
  outcome: "What came of it?",
  use: "Asks for a use: grant or refuse it",
  renew: "Renew it or let it go",
  figure: "The figure is asked for",
  evaluate: "How was the session?",
  follow: "What was put into practice?",
  vote: "Which dates suit you?",
  pick: "All have voted: the poll can be closed",
  attend: "Will you come?",
  admit: "Late items wait for your leave",
  start: "Not started yet",
  held: "Held or not?",
  end: "Still running",
  circulate: "Minutes to circulate",
  correct: "Minutes to check",
  settle: "Corrections to take or refuse",
  approve: "Minutes to approve",
  confirm: "Asks to join your agency",
};

export const turns = {
  deeds,
  standIn: (p: { name: string; until: string; count: number }) =>
    `${p.name} is away until ${p.until}, and you stand in. ${p.count === 0 ? "Nothing waits at this moment." : "What waits:"}`,
  all: "All that waits for you",
  meanwhile: "While you were away",
  nothingMeanwhile: "Nothing of yours changed while you were away.",
  undecided: (p: { agencies: string; first: string }) =>
    `No focal point there, so whoever is there decides: ${p.agencies}. You may act for them: for @${p.first} inbox`,
  instead: (p: { name: string }) => `in place of ${p.name}, who is away`,
};
