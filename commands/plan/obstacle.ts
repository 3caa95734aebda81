import { ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkRaises, findObjective, raise } from "../../src/plan/acts.js";
import { answered } from "../../src/plan/answer.js";
import { OBJECTIVES } from "../../src/plan/store.js";

export const planobstacle = defineCommand({
  name: "plan-obstacle",
  group: "plan",
  summary: (t) => t.commands["plan-obstacle"],
  example: "plan obstacle O-5 No interpreters on the islands",
  may: "plan.report",
  args: {
    ref: ref(OBJECTIVES),
    words: rest({ label: (t) => t.args.obstacleWords, max: 1_000, multiline: true }),
  },
  allows: async (c, ref) => checkRaises(c, await findObjective(c, ref)),
  async run(c, { ref, words }) {
    const objective = await raise(c, await findObjective(c, ref), words);
    return answered(c, objective, c.t.plan.raised({ ref: objective.ref }));
  },
});
