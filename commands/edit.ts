import { keyed, optional, priority, ref, rest, text } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { edit as editTask, findTask } from "../src/tasks/acts.js";
import { answered } from "../src/tasks/answer.js";

export const edit = defineCommand({
  name: "edit",
  group: "tasks",
  summary: (t) => t.commands.edit,
  example: "edit T-12 Inspect 4 farms in Kilkis priority:urgent",
  args: {
    ref: ref("task", "T"),
    priority: keyed("priority", priority({ label: (t) => t.args.priority })),
    detail: keyed("detail", text({ label: (t) => t.args.detail, multiline: true })),
    title: optional(rest({ label: (t) => t.args.title, max: 200 })),
  },
  async run(c, { ref, ...patch }) {
    const task = await editTask(c, await findTask(c, ref, "edit"), patch);
    return answered(c, task, c.t.tasks.edited({ ref: task.ref }));
  },
});
