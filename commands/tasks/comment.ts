import { ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { comment, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const say = defineCommand({
  name: "say",
  aliases: ["comment", "reply"],
  group: "tasks",
  summary: (t) => t.commands.say,
  example: "say T-12 We leave at six",
  args: { ref: ref(TASKS), reason: rest({ label: (t) => t.args.comment, multiline: true }) },
  allows: (c, ref) => findTask(c, ref, "comment"),
  async run(c, { ref, reason }) {
    const task = await comment(c, await findTask(c, ref, "comment"), reason);
    return answered(c, task, c.t.tasks.said({ ref: task.ref }));
  },
});
