import { ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findTask, reopen } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const notyet = defineCommand({
  name: "notyet",
  aliases: ["reopen"],
  group: "tasks",
  summary: (t) => t.commands.notyet,
  example: "notyet T-12 Two farms are missing",
  args: { ref: ref(TASKS), reason: rest({ label: (t) => t.args.reason, multiline: true }) },
  allows: (c, ref) => findTask(c, ref, "reopen"),
  async run(c, { ref, reason }) {
    const task = await reopen(c, await findTask(c, ref, "reopen"), reason);
    return answered(c, task, c.t.tasks.reopened({ ref: task.ref }));
  },
});
