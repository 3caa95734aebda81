import { recordAct } from "../../src/audit/record.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { inParts, partArgs, partIn } from "../../src/command/reading.js";
import { readerIn } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { findHeld } from "../../src/meetings/find.js";
import { occurrenceItem } from "../../src/meetings/model.js";
import { minutesMessage, readingLines } from "../../src/meetings/pack.js";
import { readsRecord } from "../../src/meetings/record.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { showsWords } from "../../src/meetings/views.js";
import { sightOfMeeting } from "../../src/policy/index.js";

/** What was said and decided, to read: in the chat up to its ceiling, above it in a dialog. */
export const minutes = defineCommand({
  name: "minutes",
  group: "meetings",
  summary: (t) => t.commands.minutes,
  example: "minutes M-12",
  args: { ref: ref(MEETINGS), ...partArgs() },
  refine: partIn,
  async run(c, { ref, part }) {
    const held = await findHeld(c, ref);
    const { meeting, occurrence } = held;
    if (sightOfMeeting(c.viewer, meeting.subject) !== "full") MEETINGS.missing(ref);
    if (!(await readsRecord(c.work, c.viewer, held)))
      refuse((t) => t.errors.presentOnly({ ref: occurrence.ref }), "present");
    if (occurrence.minutesState === "none") refuse((t) => t.errors.noMinutes({ ref: occurrence.ref }));
    await recordAct(c, {
      action: "minutes.read",
      item: occurrenceItem(occurrence),
    });
    const reader = readerIn(c);
    if (showsWords(meeting, reader)) return { private: true, post: await minutesMessage(c.work, held, reader) };
    const lines = await readingLines(c.work, held, reader);
    const { ref: title } = occurrence;
    return inParts(c, { id: "meet-read", title }, lines, { part, again: `minutes ${title}` });
  },
});
