import { defineCommand } from "../src/command.js";
import { whoMessage } from "../src/plan/views.js";
import { readerIn } from "../src/reply.js";

export const planwho = defineCommand({
  name: "plan-who",
  group: "plan",
  summary: (t) => t.commands["plan-who"],
  example: "plan who",
  may: "plan.see",
  args: {},
  run: async (c) => ({ private: true, post: await whoMessage(c.work, readerIn(c)) }),
});
