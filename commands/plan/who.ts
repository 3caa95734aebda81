import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { whoMessage } from "../../src/plan/views.js";

export const planwho = defineCommand({
  name: "plan-who",
  group: "plan",
  summary: (t) => t.commands["plan-who"],
  example: "plan who",
  may: "plan.see",
  args: {},
  run: async (c) => ({ private: true, post: await whoMessage(c.work, readerIn(c)) }),
});
