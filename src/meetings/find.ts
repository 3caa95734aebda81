import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { refuse } from "../lib/refusal.js";
import { type MeetingAct, mayMeeting } from "../policy/index.js";
import type { Meeting, Occurrence } from "./model.js";
import type { Held } from "./store.js";
import { currentOccurrence, MEETINGS, occurrenceByN } from "./store.js";

/** Loads a meeting that a reference names. Unknown and forbidden answer alike. */
export async function findMeeting(c: Context, reference: Reference, act: MeetingAct = "see"): Promise<Meeting> {
  const meeting = await MEETINGS.find(c, reference);
  checkMeeting(c, act, meeting);
  return meeting;
}

/** @throws Refusal when it is somebody else's act */
export function checkMeeting(c: Context, act: MeetingAct, meeting: Meeting): void {
  if (mayMeeting(c.viewer, act, meeting.subject) === undefined) return;
  const { ref } = meeting;
  refuse((t) => t.errors.meetingAct[act]({ ref, organizer: meeting.organizerAgency.name }), `party.meeting.${act}`);
}

/** A meeting with the occurrence that is meant: the one named, else the one that runs, comes next or was last. */
export async function findHeld(c: Context, reference: Reference, act: MeetingAct = "see"): Promise<Held> {
  const meeting = await findMeeting(c, reference, act);
  return { meeting, occurrence: await occurrenceMeant(c, meeting, reference) };
}

export async function occurrenceMeant(c: Context, meeting: Meeting, reference: Reference): Promise<Occurrence> {
  const occurrence =
    reference.part === undefined
      ? await currentOccurrence(c.work, meeting)
      : await occurrenceByN(c.work, meeting, reference.part);
  if (occurrence) return occurrence;
  if (meeting.state === "polling") return refuse((t) => t.errors.stillPolling({ ref: meeting.ref }));
  return MEETINGS.missing(reference);
}
