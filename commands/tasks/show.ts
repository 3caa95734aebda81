import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findTask } from "../../src/tasks/acts.js";
import { shown } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const show = defineCommand({
  name: "show",
  group: "tasks",
  summary: (t) => t.commands.show,
  example: "T-12",
  args: { ref: ref(TASKS) },
  run: async (c, { ref }) => shown(c, await findTask(c, ref)),
});
