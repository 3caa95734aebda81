import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { refuse } from "../lib/refusal.js";
import { openFor } from "./acts/agenda.js";
import { stillToCome } from "./acts/calling.js";
import { checkCorrects, mustCirculate } from "./acts/minutes.js";
import { checkAnswers, checkVotes } from "./acts/rsvp.js";
import { mustBeOpen, mustRun } from "./acts/session.js";
import { findHeld, findMeeting, occurrenceMeant } from "./find.js";

/** What a meeting takes now, by the checks of the acts themselves: asked before a form of theirs is shown. */

type Allows = (c: Context, ref: Reference) => Promise<void>;

export const mayPropose: Allows = async (c, ref) => {
  const { meeting, occurrence } = await findHeld(c, ref, "propose");
  openFor(meeting, occurrence);
};

export const mayOrder: Allows = async (c, ref) => {
  const { meeting, occurrence } = await findHeld(c, ref, "run");
  openFor(meeting, occurrence);
};

export const mayCorrect: Allows = async (c, ref) => checkCorrects(c, await findHeld(c, ref, "propose"));

export const maySettle: Allows = async (c, ref) => mustCirculate((await findHeld(c, ref, "run")).occurrence);

/** While it runs: who is there, what is decided. */
export const mayRecord: Allows = async (c, ref) => mustRun((await findHeld(c, ref, "run")).occurrence);

/** As long as the record is open. */
export const mayNote: Allows = async (c, ref) => mustBeOpen((await findHeld(c, ref, "run")).occurrence);

export const mayMove: Allows = async (c, ref) => {
  const { meeting, occurrence } = await findHeld(c, ref, "run");
  stillToCome(meeting, occurrence);
};

export const mayChange: Allows = async (c, ref) => {
  const meeting = await findMeeting(c, ref, "run");
  if (meeting.state === "cancelled") refuse((t) => t.errors.meetingCancelled({ ref: meeting.ref }));
};

export const mayAnswer: Allows = async (c, ref) => {
  const meeting = await findMeeting(c, ref);
  checkAnswers(c, meeting, ref.part === undefined ? undefined : await occurrenceMeant(c, meeting, ref));
};

export const mayVote: Allows = async (c, ref) => checkVotes(c, await findMeeting(c, ref));
