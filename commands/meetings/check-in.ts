import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { hereAmI } from "../../src/meetings/acts/session.js";
import { answered } from "../../src/meetings/answer.js";
import { findHeld } from "../../src/meetings/find.js";
import { MEETINGS } from "../../src/meetings/store.js";

export const here = defineCommand({
  name: "here",
  group: "meetings",
  summary: (t) => t.commands.here,
  example: "here M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const held = await hereAmI(c, await findHeld(c, ref));
    return answered(c, held.meeting, c.t.meetings.youAreHere({ ref: held.occurrence.ref }));
  },
});
