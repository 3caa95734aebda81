import { defineCommand } from "../src/command.js";
import { undo as undoLast } from "../src/tasks/acts.js";
import { answered } from "../src/tasks/answer.js";

export const undo = defineCommand({
  name: "undo",
  group: "tasks",
  summary: (t) => t.commands.undo,
  example: "undo",
  args: {},
  async run(c) {
    const task = await undoLast(c);
    return answered(c, task, c.t.tasks.undone({ ref: task.ref }));
  },
});
