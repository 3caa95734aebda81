import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { approve as approveMinutes } from "../../src/meetings/acts/minutes.js";
import { answered } from "../../src/meetings/answer.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const approve = defineCommand({
  name: "approve",
  group: "meetings",
  summary: (t) => t.commands.approve,
  example: "approve M-12/2",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const held = await approveMinutes(c, await findHeld(c, ref, "run"));
    return answered(c, held.meeting, c.t.meetings.approvedDone({ ref: held.occurrence.ref }));
  },
});
