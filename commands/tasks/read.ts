import { recordAct } from "../../src/audit/record.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { inParts, partArgs, partIn } from "../../src/command/reading.js";
import { readerIn } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { sightOfTask } from "../../src/policy/index.js";
import { findTask } from "../../src/tasks/acts.js";
import { itemOf } from "../../src/tasks/model.js";
import { TASKS } from "../../src/tasks/store.js";
import { readingLines } from "../../src/tasks/views.js";

export const read = defineCommand({
  name: "read",
  group: "tasks",
  summary: (t) => t.commands.read,
  example: "read T-12",
  args: { ref: ref(TASKS), ...partArgs() },
  refine: partIn,
  async run(c, { ref, part }) {
    const task = await findTask(c, ref);
    if (sightOfTask(c.viewer, task.subject) !== "full") refuse((t) => t.errors.noTask({ ref: ref.text }), "hidden");
    await recordAct(c, { action: "task.read", item: itemOf(task) });
    const lines = await readingLines(c.work, task, readerIn(c));
    return inParts(c, { id: "read", title: task.ref }, lines, { part, again: `read ${task.ref}` });
  },
});
