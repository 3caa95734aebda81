import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { start as startMeeting, wasHeldBefore } from "../../src/meetings/acts/session.js";
import { answered } from "../../src/meetings/answer.js";
import { findHeld } from "../../src/meetings/find.js";
import { quorumNow } from "../../src/meetings/record.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { quorumLine } from "../../src/meetings/views.js";

export const start = defineCommand({
  name: "start",
  aliases: ["meet-start"],
  group: "meetings",
  summary: (t) => t.commands.start,
  example: "start M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const held = await startMeeting(c, await findHeld(c, ref, "run"));
    if (wasHeldBefore(held.occurrence))
      return answered(c, held.meeting, c.t.meetings.wasHeld({ ref: held.occurrence.ref }));
    const quorum = quorumLine(await quorumNow(c.work, held), c);
    return answered(c, held.meeting, c.t.meetings.started({ ref: held.occurrence.ref, quorum }));
  },
});
