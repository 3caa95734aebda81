import { recordAct } from "../../src/audit/record.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { inParts, partArgs, partIn } from "../../src/command/reading.js";
import { readerIn } from "../../src/command/reply.js";
import { findHeld } from "../../src/meetings/find.js";
import { occurrenceItem } from "../../src/meetings/model.js";
import { readingLines } from "../../src/meetings/pack.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { sightOfMeeting } from "../../src/policy/index.js";

/** Above the ceiling a meeting is read in a dialog, and the opening is written down. */
export const meetread = defineCommand({
  name: "meet-read",
  group: "meetings",
  summary: (t) => t.commands["meet-read"],
  example: "meet read M-12",
  args: { ref: ref(MEETINGS), ...partArgs() },
  refine: partIn,
  async run(c, { ref, part }) {
    const held = await findHeld(c, ref);
    if (sightOfMeeting(c.viewer, held.meeting.subject) !== "full") MEETINGS.missing(ref);
    await recordAct(c, {
      action: "meeting.read",
      item: occurrenceItem(held.occurrence),
    });
    const lines = await readingLines(c.work, held, readerIn(c));
    const { ref: title } = held.occurrence;
    return inParts(c, { id: "meet-read", title }, lines, { part, again: `meet read ${title}` });
  },
});
