import { filled, keyed, optional, priority, ref, rest, text } from "../../src/command/args.js";
import { type Arg, defineCommand } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { edit as editTask, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import type { Task } from "../../src/tasks/model.js";
import { TASKS } from "../../src/tasks/store.js";

const standing = <T>(arg: Arg<T>, of: (task: Task) => string | undefined): Arg<T> =>
  filled(arg, async (c, { ref }) => {
    const reference = parseReference(ref ?? "");
    return reference && of(await findTask(c, reference, "edit"));
  });

export const edit = defineCommand({
  name: "edit",
  group: "tasks",
  summary: (t) => t.commands.edit,
  example: "edit T-12 Inspect 4 farms in Kilkis priority:urgent",
  formAlone: true,
  formOnButton: true,
  args: {
    ref: ref(TASKS),
    priority: keyed(
      "priority",
      standing(priority({ label: (t) => t.args.priority }), (task) => task.priority),
    ),
    detail: keyed(
      "detail",
      standing(text({ label: (t) => t.args.detail, multiline: true }), (task) => task.detail),
    ),
    title: optional(standing(rest({ label: (t) => t.args.title, max: 200 }), (task) => task.title)),
  },
  allows: (c, ref) => findTask(c, ref, "edit"),
  async run(c, { ref, ...said }) {
    const task = await findTask(c, ref, "edit");
    const patch = Object.fromEntries(
      Object.entries(said).filter(([key, value]) => value !== undefined && value !== task[key as keyof typeof said]),
    );
    if (Object.keys(patch).length === 0) return answered(c, task, c.t.tasks.unchanged({ ref: task.ref }));
    return answered(c, await editTask(c, task, patch), c.t.tasks.edited({ ref: task.ref }));
  },
});
