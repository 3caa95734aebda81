import { ref, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { findTask } from "../../src/tasks/acts.js";
import { snooze as snoozeTask } from "../../src/tasks/snooze.js";
import { TASKS } from "../../src/tasks/store.js";
import { showAt } from "../../src/time/display.js";

export const snooze = defineCommand({
  name: "snooze",
  aliases: ["later"],
  group: "tasks",
  summary: (t) => t.commands.snooze,
  example: "snooze T-12 tomorrow 09:00",
  args: {
    ref: ref(TASKS),
    until: { ...when({ label: (t) => t.args.until, period: "first", lengths: true }), shape: "rest" },
  },
  allows: (c, ref) => findTask(c, ref, "snooze"),
  async run(c, { ref, until }) {
    const task = await findTask(c, ref, "snooze");
    const at = await snoozeTask(c, task, until);
    return sentence(c, c.t.reminders.snoozed({ ref: task.ref, when: showAt(c.work, c.person, at) }));
  },
});
