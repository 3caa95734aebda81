import { optional, ref, version } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { answerDate, findTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";
import { showWhen } from "../../src/tasks/views.js";

export const keep = defineCommand({
  name: "keep",
  group: "tasks",
  summary: (t) => t.commands.keep,
  example: "keep T-12",
  args: { ref: ref(TASKS), version: optional(version()) },
  async run(c, { ref, version }) {
    const task = await answerDate(c, await findTask(c, ref, "date"), version, false);
    const when = task.due ? showWhen(c.work, task.due, readerIn(c)) : c.t.tasks.noDate;
    return answered(c, task, c.t.tasks.dateKept({ ref: task.ref, when }));
  },
});
