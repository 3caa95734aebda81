import { ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { block, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const problem = defineCommand({
  name: "problem",
  aliases: ["block"],
  group: "tasks",
  summary: (t) => t.commands.problem,
  example: "problem T-12 The owner refuses entry",
  args: { ref: ref(TASKS), reason: rest({ label: (t) => t.args.reason, multiline: true }) },
  allows: (c, ref) => findTask(c, ref, "problem"),
  async run(c, { ref, reason }) {
    const task = await block(c, await findTask(c, ref, "problem"), reason);
    return answered(c, task, c.t.tasks.blocked({ ref: task.ref }));
  },
});
