import { recordAct } from "../../src/audit/record.js";
import { ladder as ladderArg, optional, priority } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { setRules } from "../../src/people/rules.js";
import { bodyPolicy } from "../../src/tasks/escalation.js";

/** The body's reminders for a priority. What is scheduled already stays; what is asked or changed from now on follows the new one. */
export const ladder = defineCommand({
  name: "ladder",
  group: "desk",
  summary: (t) => t.commands.ladder,
  example: "ladder urgent 2d before, 1d before, due, daily late, 2d late focal",
  may: "body.rules",
  args: {
    priority: priority({ label: (t) => t.args.priority }),
    ladder: optional(ladderArg({ label: (t) => t.args.ladder, hint: (t) => t.args.ladderHint })),
  },
  async run(c, { priority, ladder }) {
    const { work, t } = c;
    const key = `task.${priority}`;
    if (ladder !== undefined) {
      const { [key]: _old, ...others } = work.body.rules.ladders ?? {};
      const ladders: Record<string, string> = ladder === "default" ? others : { ...others, [key]: ladder };
      await setRules(work, { ladders });
      await recordAct(c, { action: "body.ladder", code: key, detail: { ladder } });
    }
    return sentence(c, t.reminders.ladder({ what: t.priority[priority], ladder: bodyPolicy(work.body, priority) }));
  },
});
