import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { findTask } from "../../src/tasks/acts.js";
import { TASKS } from "../../src/tasks/store.js";
import { cardOf } from "../../src/tasks/views.js";

/** A channel's card as the one who looks at it may see it; their client asks by itself. */
export const mine = defineCommand({
  name: "mine",
  group: "tasks",
  summary: (t) => t.commands.show,
  example: "T-12",
  hidden: true,
  args: { ref: ref(TASKS) },
  async run(c, { ref }) {
    const task = await findTask(c, ref);
    const card = await cardOf(c.work, task, readerIn(c));
    return { view: { ...card, refresh: { id: "mine", value: `${c.work.body.slug}/${task.ref}` } } };
  },
});
