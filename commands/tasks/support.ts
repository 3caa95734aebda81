import { optional, person, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { refuse } from "../../src/lib/refusal.js";
import { findTask, support as supportTask } from "../../src/tasks/acts.js";
import { answered } from "../../src/tasks/answer.js";
import { TASKS } from "../../src/tasks/store.js";

export const support = defineCommand({
  name: "support",
  group: "tasks",
  summary: (t) => t.commands.support,
  example: "support T-12 @omar",
  formAlone: true,
  args: {
    ref: ref(TASKS),
    person: optional(person({ label: (t) => t.args.who, source: "colleague" })),
    reason: optional(rest({ label: (t) => t.args.reason })),
  },
  allows: (c, ref) => findTask(c, ref, "support"),
  async run(c, { ref, person, reason }) {
    if (!person && !reason)
      refuse((t) =>
        t.errors.missing({
          what: [t.args.person, t.args.reason],
          usage: "support T-12 @person",
          example: "support T-12 no We have nobody free",
        }),
      );
    const answer = person ? { person } : { declined: (reason ?? "").replace(/^no\b[\s,:]*/i, "") || "–" };
    const task = await supportTask(c, await findTask(c, ref, "support"), answer);
    return answered(c, task, c.t.tasks.supported({ ref: task.ref }));
  },
});
