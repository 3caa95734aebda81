import { choice, optional, optionalRef, page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, shownNow } from "../../src/command/reply.js";
import { findObjective } from "../../src/plan/acts.js";
import { PILLARS } from "../../src/plan/model.js";
import { OBJECTIVES } from "../../src/plan/store.js";
import { detailOf, planPage } from "../../src/plan/views.js";

export const plan = defineCommand({
  name: "plan",
  aliases: ["objectives"],
  group: "plan",
  summary: (t) => t.commands.plan,
  example: "plan protection",
  may: "plan.see",
  args: {
    ref: { ...optionalRef(OBJECTIVES), silent: true as const, given: true as const },
    pillar: optional(
      choice({ label: (t) => t.args.pillar, values: PILLARS, show: (t, value) => t.plan.pillars[value] }),
    ),
    page: page(),
  },
  async run(c, { ref, pillar, page = 1 }) {
    if (ref) {
      const objective = await findObjective(c, ref);
      return shownNow(c, (reader) => detailOf(c.work, objective, reader));
    }
    const message = await planPage(c.work, { pillar, page }, readerIn(c));
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
