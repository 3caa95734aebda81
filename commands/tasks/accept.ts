import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { accept as acceptTask, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const accept = defineCommand({
  name: "accept",
  group: "tasks",
  summary: (t) => t.commands.accept,
  example: "accept T-12",
  args: { ref: ref(TASKS) },
  async run(c, { ref }) {
    const task = await acceptTask(c, await findTask(c, ref, "accept"));
    return answered(c, task, c.t.tasks.accepted({ ref: task.ref }));
  },
});
