import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { checkTends, findObjective, unlink } from "../../src/plan/acts.js";
import { anyRef } from "../../src/plan/args.js";
import { OBJECTIVES } from "../../src/plan/store.js";

export const planunlink = defineCommand({
  name: "plan-unlink",
  group: "plan",
  summary: (t) => t.commands["plan-unlink"],
  example: "plan unlink O-5 T-104",
  may: "plan.see",
  args: {
    ref: ref(OBJECTIVES),
    to: anyRef({ label: (t) => t.args.linkTo, hint: (t) => t.args.linkToHint }),
  },
  allows: async (c, ref) => checkTends(c, await findObjective(c, ref)),
  async run(c, { ref, to }) {
    const objective = await findObjective(c, ref);
    await unlink(c, objective, to);
    return sentence(c, c.t.plan.unlinked({ ref: objective.ref, to: to.text }));
  },
});
