import { keyed, ref, text, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { findTask, putDate } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";
import { showWhen } from "../../src/tasks/views.js";

export const date = defineCommand({
  name: "date",
  aliases: ["extend", "postpone", "due"],
  group: "tasks",
  summary: (t) => t.commands.date,
  example: "date T-12 Mon 12:00",
  args: {
    ref: ref(TASKS),
    reason: keyed("reason", text({ label: (t) => t.args.reason, max: 500 })),
    when: { ...when({ label: (t) => t.args.newDate }), shape: "rest" },
  },
  allows: (c, ref) => findTask(c, ref, "date"),
  async run(c, { ref, when, reason }) {
    const task = await putDate(c, await findTask(c, ref, "date"), when, reason);
    const reader = readerIn(c);
    const said = task.proposal
      ? c.t.tasks.datePut({
          ref: task.ref,
          when: showWhen(c.work, task.proposal, reader),
          to: task.proposal.agencyId === task.lead.id ? task.requesterAgency.name : task.lead.name,
        })
      : c.t.tasks.dateSet({ ref: task.ref, when: showWhen(c.work, when, reader) });
    return answered(c, task, said);
  },
});
