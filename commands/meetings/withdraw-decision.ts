import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { withdraw as takeBack } from "../../src/meetings/acts/session.js";
import { DECISIONS, findDecision } from "../../src/meetings/decisions.js";

export const withdraw = defineCommand({
  name: "withdraw",
  group: "meetings",
  summary: (t) => t.commands.withdraw,
  example: "withdraw D-7",
  args: { ref: ref(DECISIONS) },
  async run(c, { ref }) {
    const { held, decision } = await findDecision(c, ref);
    await takeBack(c, held, decision);
    return sentence(c, c.t.meetings.withdrawnDone({ ref: decision.ref }));
  },
});
