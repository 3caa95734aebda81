import { ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkTends, findObjective, resolveObstacle } from "../../src/plan/acts.js";
import { answered } from "../../src/plan/answer.js";
import { OBJECTIVES } from "../../src/plan/store.js";

export const planresolve = defineCommand({
  name: "plan-resolve",
  group: "plan",
  summary: (t) => t.commands["plan-resolve"],
  example: "plan resolve O-5 1",
  may: "plan.see",
  args: { ref: ref(OBJECTIVES), n: wholeNumber({ label: (t) => t.args.obstacleNumber }) },
  allows: async (c, ref) => checkTends(c, await findObjective(c, ref)),
  async run(c, { ref, n }) {
    const objective = await resolveObstacle(c, await findObjective(c, ref), n);
    const said = c.t.plan.resolved({ ref: objective.ref, n });
    return answered(c, objective, said);
  },
});
