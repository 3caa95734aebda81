import { ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { decline as declineTask, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const decline = defineCommand({
  name: "decline",
  group: "tasks",
  summary: (t) => t.commands.decline,
  example: "decline T-12 We have no inspectors this week",
  args: { ref: ref(TASKS), reason: rest({ label: (t) => t.args.reason, multiline: true }) },
  allows: (c, ref) => findTask(c, ref, "decline"),
  async run(c, { ref, reason }) {
    const task = await declineTask(c, await findTask(c, ref, "decline"), reason);
    return answered(c, task, c.t.tasks.declined({ ref: task.ref }));
  },
});
