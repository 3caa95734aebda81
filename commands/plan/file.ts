import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { fileLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";

export const planfile = defineCommand({
  name: "plan-file",
  group: "plan",
  summary: (t) => t.commands["plan-file"],
  example: "plan file",
  may: "plan.see",
  args: {},
  async run(c) {
    const link = await fileLink(c.work, c.person.id, "plan", c.work.body.id);
    if (!link) return refuse((t) => t.errors.noSite);
    return linked(c, c.t.plan.word({ minutes: link.minutes }), c.t.meetings.calendar.download, link.url);
  },
});
