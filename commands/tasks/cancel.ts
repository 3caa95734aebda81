import { optional, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { cancel as cancelTask, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const cancel = defineCommand({
  name: "cancel",
  group: "tasks",
  summary: (t) => t.commands.cancel,
  example: "cancel T-12 The operation was called off",
  args: { ref: ref(TASKS), reason: optional(rest({ label: (t) => t.args.reason, multiline: true })) },
  formOnButton: true,
  allows: (c, ref) => findTask(c, ref, "cancel"),
  async run(c, { ref, reason }) {
    const task = await cancelTask(c, await findTask(c, ref, "cancel"), reason);
    return answered(c, task, c.t.tasks.cancelled({ ref: task.ref }));
  },
});
