import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { lateTasks, nudgeAll } from "../../src/tasks/nudge.js";

export const nudgeall = defineCommand({
  name: "nudgeall",
  group: "tasks",
  summary: (t) => t.commands.nudgeall,
  example: "nudgeall",
  args: {},
  async run(c) {
    const late = await lateTasks(c);
    if (late.length === 0) refuse((t) => t.errors.nothingLate);
    return sentence(c, c.t.tasks.nudged({ count: await nudgeAll(c, late) }));
  },
});
