import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { uploadLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";

export const planimport = defineCommand({
  name: "plan-import",
  group: "plan",
  summary: (t) => t.commands["plan-import"],
  example: "plan import",
  may: "plan.write",
  args: {},
  async run(c) {
    const link = await uploadLink(c.work, c.person.id, "plan_import", c.work.body.id);
    if (!link) return refuse((t) => t.errors.noSite);
    return linked(c, c.t.plan.import({ minutes: link.minutes }), c.t.information.buttons.chooseFile, link.url);
  },
});
