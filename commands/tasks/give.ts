import { person, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findTask, give as giveTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const give = defineCommand({
  name: "give",
  aliases: ["handover", "reassign"],
  group: "tasks",
  summary: (t) => t.commands.give,
  example: "give T-12 @omar",
  args: { ref: ref(TASKS), to: person({ label: (t) => t.args.who, source: "colleague" }) },
  allows: (c, ref) => findTask(c, ref, "give"),
  async run(c, { ref, to }) {
    const task = await giveTask(c, await findTask(c, ref, "give"), to);
    return answered(c, task, c.t.tasks.given({ ref: task.ref, to: to.name }));
  },
});
