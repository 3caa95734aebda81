import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { circulate as sendOut } from "../../src/meetings/acts/minutes.js";
import { answered } from "../../src/meetings/answer.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { showAt } from "../../src/time/display.js";

export const circulate = defineCommand({
  name: "circulate",
  group: "meetings",
  summary: (t) => t.commands.circulate,
  example: "circulate M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const { meeting, occurrence } = await sendOut(c, await findHeld(c, ref, "run"));
    const until = occurrence.correctBy ? showAt(c.work, c.person, occurrence.correctBy) : "";
    return answered(c, meeting, c.t.meetings.circulatedDone({ ref: occurrence.ref, until }));
  },
});
