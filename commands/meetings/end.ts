import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { end as endMeeting } from "../../src/meetings/acts/session.js";
import { answered } from "../../src/meetings/answer.js";
import { actionsOf } from "../../src/meetings/carry-over.js";
import { findHeld } from "../../src/meetings/find.js";
import { decisionsOf } from "../../src/meetings/record.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { sessionEnded } from "../../src/training/acts/sessions.js";

export const end = defineCommand({
  name: "end",
  aliases: ["meet-end"],
  group: "meetings",
  summary: (t) => t.commands.end,
  example: "end M-12",
  args: { ref: ref(MEETINGS) },
  async run(c, { ref }) {
    const held = await endMeeting(c, await findHeld(c, ref, "run"), [sessionEnded]);
    const { occurrence } = held;
    const decisions = (await decisionsOf(c.work, [occurrence.id])).filter(({ withdrawn }) => !withdrawn).length;
    const actions = (await actionsOf(c.work, [occurrence.id])).length;
    return answered(c, held.meeting, c.t.meetings.ended({ ref: occurrence.ref, decisions, actions }));
  },
});
