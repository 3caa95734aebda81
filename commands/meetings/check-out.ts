import { party, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { markOther } from "../../src/meetings/acts/session.js";
import { mayRecord } from "../../src/meetings/allows.js";
import { findHeld } from "../../src/meetings/find.js";
import { quorumNow } from "../../src/meetings/record.js";
import { MEETINGS } from "../../src/meetings/store.js";
import { quorumLine } from "../../src/meetings/views.js";

export const left = defineCommand({
  name: "left",
  group: "meetings",
  summary: (t) => t.commands.left,
  example: "left M-12 @omar",
  args: { ref: ref(MEETINGS), who: party({ label: (t) => t.args.who, hint: (t) => t.args.whoCame }) },
  allows: mayRecord,
  async run(c, { ref, who }) {
    const someone = { person: who.person, agencyId: who.agency.id };
    const held = await markOther(c, await findHeld(c, ref, "run"), someone, false);
    const quorum = quorumLine(await quorumNow(c.work, held), c);
    return sentence(c, c.t.meetings.attendanceSet({ ref: held.occurrence.ref, quorum }));
  },
});
