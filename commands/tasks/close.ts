import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { close as closeTask, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const close = defineCommand({
  name: "close",
  aliases: ["verify"],
  group: "tasks",
  summary: (t) => t.commands.close,
  example: "close T-12",
  args: { ref: ref(TASKS) },
  async run(c, { ref }) {
    const task = await closeTask(c, await findTask(c, ref, "close"));
    return answered(c, task, c.t.tasks.closed({ ref: task.ref }));
  },
});
