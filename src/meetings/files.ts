import { record } from "../audit/record.js";
import { DOCX } from "../documents/word.js";
import type { Opener } from "../files/serve.js";
import { sightOfMeeting } from "../policy/index.js";
import { ownFile } from "./calendar.js";
import { minutesOf } from "./minutes-file.js";
import { occurrenceItem } from "./model.js";
import { readsRecord } from "./record.js";
import { heldById, MEETINGS } from "./store.js";

/** What addresses of meetings open, by the rights of the moment. */

export const openInvitation: Opener = async (work, person, meetingId) => {
  const meeting = await MEETINGS.byId(work, meetingId);
  if (!meeting?.starts || sightOfMeeting(person, meeting.subject) !== "full") return undefined;
  const { name, type, text } = await ownFile(work, meeting, person);
  return { name, type, bytes: new TextEncoder().encode(text) };
};

export const openMinutes: Opener = async (work, person, occurrenceId) => {
  const held = await heldById(work, occurrenceId);
  if (!held || !(await readsRecord(work, person, held))) return undefined;
  await record(work, { action: "minutes.downloaded", actorId: person.id, item: occurrenceItem(held.occurrence) });
  return {
    name: `${held.occurrence.ref.replace("/", "-")}.docx`,
    type: DOCX,
    bytes: await minutesOf(work, held, person.lang),
  };
};
