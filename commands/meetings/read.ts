import { recordAct } from "../../src/audit/record.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { findHeld } from "../../src/meetings/find.js";
import { occurrenceItem } from "../../src/meetings/model.js";
import { readingForm } from "../../src/meetings/pack.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { sightOfMeeting } from "../../src/policy/index.js";

/** Above the ceiling a meeting is read in a dialog, and the opening is written down. */
export const meetread = defineCommand({
  name: "meet-read",
  group: "meetings",
  summary: (t) => t.commands["meet-read"],
  example: "meet read M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const held = await findHeld(c, ref);
    if (sightOfMeeting(c.viewer, held.meeting.subject) !== "full") MEETINGS.missing(ref);
    await recordAct(c, {
      action: "meeting.read",
      item: occurrenceItem(held.occurrence),
    });
    return { form: await readingForm(c.work, held, readerIn(c)) };
  },
});
