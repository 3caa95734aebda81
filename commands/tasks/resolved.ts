import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findTask, unblock } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const resolved = defineCommand({
  name: "resolved",
  aliases: ["unblock"],
  group: "tasks",
  summary: (t) => t.commands.resolved,
  example: "resolved T-12",
  args: { ref: ref(TASKS) },
  async run(c, { ref }) {
    const task = await unblock(c, await findTask(c, ref, "problem"));
    return answered(c, task, c.t.tasks.unblocked({ ref: task.ref }));
  },
});
