import { optional, ref, wholeNumber } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { closePoll } from "../src/meetings/acts/poll.js";
import { answered } from "../src/meetings/answer.js";
import { findMeeting } from "../src/meetings/find.js";
import { currentOccurrence } from "../src/meetings/store.js";
import { whenLine } from "../src/meetings/views.js";
import { readerIn } from "../src/reply.js";

export const meetclose = defineCommand({
  name: "meet-close",
  group: "meetings",
  summary: (t) => t.commands["meet-close"],
  example: "meet close M-12 2",
  args: { ref: ref("meeting", "M"), slot: optional(wholeNumber({ label: (t) => t.args.slot, max: 10 })) },
  async run(c, { ref, slot }) {
    const meeting = await closePoll(c, await findMeeting(c, ref, "run"), slot);
    const first = await currentOccurrence(c.work, meeting);
    const when = first ? whenLine(c.work, meeting, first, readerIn(c)) : "";
    return answered(c, meeting, c.t.meetings.poll.closed({ ref: meeting.ref, when }));
  },
});
