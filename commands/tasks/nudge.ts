import { optional, ref } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { findTask } from "../../src/tasks/acts.js";
import { lateTasks, nudgeAll } from "../../src/tasks/nudge.js";
import { TASKS } from "../../src/tasks/store.js";
import { lineOf } from "../../src/tasks/views.js";

/** With a reference: asks at once. Alone: shows what would go out, and a button sends it. */
export const nudge = defineCommand({
  name: "nudge",
  group: "tasks",
  summary: (t) => t.commands.nudge,
  example: "nudge T-12",
  args: { ref: { ...optional(ref(TASKS)), given: true as const } },
  async run(c, { ref }) {
    if (ref) return sentence(c, c.t.tasks.nudged({ count: await nudgeAll(c, [await findTask(c, ref, "nudge")]) }));
    const late = await lateTasks(c);
    if (late.length === 0) refuse((t) => t.errors.nothingLate);
    return preview(c, late);
  },
});

function preview(c: Context, late: Awaited<ReturnType<typeof lateTasks>>) {
  const reader = readerIn(c);
  const text = c.t.tasks.nudgePreview({ count: late.length });
  return {
    private: true as const,
    post: {
      text,
      lang: c.person.lang,
      blocks: [
        { type: "text" as const, text },
        { type: "list" as const, items: late.slice(0, 20).map((task) => lineOf(c.work, task, reader, "requester")) },
        {
          type: "actions" as const,
          actions: [
            {
              type: "button" as const,
              id: "nudgeall",
              label: c.t.tasks.nudgeSend,
              value: `${c.work.body.slug}/`,
              style: "primary" as const,
            },
          ],
        },
      ],
    },
  };
}
