import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { shownNow } from "../../src/command/reply.js";
import { findObjective } from "../../src/plan/acts.js";
import { OBJECTIVES } from "../../src/plan/store.js";
import { detailOf } from "../../src/plan/views.js";

export const planshow = defineCommand({
  name: "plan-show",
  group: "plan",
  summary: (t) => t.commands["plan-show"],
  example: "O-5",
  may: "plan.see",
  args: { ref: ref(OBJECTIVES) },
  async run(c, { ref }) {
    const objective = await findObjective(c, ref);
    return shownNow(c, (reader) => detailOf(c.work, objective, reader));
  },
});
