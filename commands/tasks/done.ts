import { optional, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findTask, finish } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const done = defineCommand({
  name: "done",
  aliases: ["finish"],
  group: "tasks",
  summary: (t) => t.commands.done,
  example: "done T-12 Three farms inspected, report filed",
  formOnButton: true,
  args: { ref: ref(TASKS), evidence: optional(rest({ label: (t) => t.args.evidence, multiline: true })) },
  allows: (c, ref) => findTask(c, ref, "done"),
  async run(c, { ref, evidence }) {
    const task = await finish(c, await findTask(c, ref, "done"), evidence);
    return answered(c, task, c.t.tasks.finished({ ref: task.ref, to: task.requesterAgency.name }));
  },
});
