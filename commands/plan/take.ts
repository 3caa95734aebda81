import { text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { insteadOf } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { importPlan } from "../../src/plan/import.js";

/** The button under what an import would bring. */
export const plantake = defineCommand({
  name: "plan-take",
  group: "plan",
  summary: (t) => t.commands["plan-take"],
  example: "plan take 4f0c1f3e-7c1d-4a59-9d0a-0d6f4f1f2a11",
  may: "plan.write",
  hidden: true,
  args: { draft: text({ label: (t) => t.args.reference, max: 36 }) },
  async run(c, { draft }) {
    if (!/^[0-9a-f-]{36}$/.test(draft)) refuse((t) => t.errors.importGone);
    const objectives = await importPlan(c, draft);
    return insteadOf(c, c.t.plan.imported({ count: objectives.length }));
  },
});
