import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { setAttendance } from "../../src/meetings/acts/session.js";
import { mayRecord } from "../../src/meetings/allows.js";
import { attendees } from "../../src/meetings/args.js";
import { findHeld } from "../../src/meetings/find.js";
import { quorumNow } from "../../src/meetings/record.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { quorumLine } from "../../src/meetings/views.js";

/** The list of those asked, ticked already where they said yes; sent, it says who is there. */
export const attendance = defineCommand({
  name: "attendance",
  group: "meetings",
  summary: (t) => t.commands.attendance,
  example: "attendance M-12",
  args: { ref: ref(MEETINGS), present: attendees({ label: (t) => t.args.present }) },
  allows: mayRecord,
  async run(c, { ref, present }) {
    const held = await setAttendance(c, await findHeld(c, ref, "run"), present);
    const quorum = quorumLine(await quorumNow(c.work, held), c);
    return sentence(c, c.t.meetings.attendanceSet({ ref: held.occurrence.ref, quorum }));
  },
});
