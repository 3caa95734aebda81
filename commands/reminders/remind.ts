import { ladder, optional, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { findTask, setPolicy } from "../../src/tasks/acts.js";
import { bodyPolicy } from "../../src/tasks/escalation.js";
import { TASKS } from "../../src/tasks/store.js";

/** A task's own reminders: shown, set, or given back to the body's with `default`. */
export const remind = defineCommand({
  name: "remind",
  group: "tasks",
  summary: (t) => t.commands.remind,
  example: "remind T-12 2d before, 2h before, due, daily late",
  args: {
    ref: ref(TASKS),
    ladder: optional(ladder({ label: (t) => t.args.ladder, hint: (t) => t.args.ladderHint })),
  },
  async run(c, { ref, ladder }) {
    const task = await findTask(c, ref);
    if (ladder === undefined)
      return sentence(
        c,
        c.t.reminders.ladder({ what: task.ref, ladder: task.ownPolicy ?? bodyPolicy(c.work.body, task.priority) }),
      );
    const changed = await setPolicy(c, task, ladder === "default" ? null : ladder);
    return sentence(
      c,
      c.t.reminders.ladder({ what: task.ref, ladder: changed.ownPolicy ?? bodyPolicy(c.work.body, task.priority) }),
    );
  },
});
