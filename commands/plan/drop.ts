import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { dropIndicator, findMeasured } from "../../src/plan/acts.js";
import { answered } from "../../src/plan/answer.js";
import { OBJECTIVES } from "../../src/plan/store.js";

export const plandrop = defineCommand({
  name: "plan-drop",
  group: "plan",
  summary: (t) => t.commands["plan-drop"],
  example: "plan drop O-5/2",
  may: "plan.write",
  args: { ref: ref(OBJECTIVES) },
  async run(c, { ref }) {
    const measured = await findMeasured(c, ref);
    const changed = await dropIndicator(c, measured);
    const said = c.t.plan.droppedIndicator({ ref: measured.indicator.ref });
    return answered(c, changed, said);
  },
});
