import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { DECISIONS, decisionMessage, findDecision } from "../../src/meetings/decisions.js";

export const decision = defineCommand({
  name: "decision",
  group: "meetings",
  summary: (t) => t.commands.decision,
  example: "D-7",
  args: { ref: ref(DECISIONS) },
  async run(c, { ref }) {
    const found = await findDecision(c, ref);
    return { private: true, post: await decisionMessage(c.work, found, readerIn(c)) };
  },
});
