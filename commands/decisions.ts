import { keyed, optional, rest, text } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { decisionsPage } from "../src/meetings/register.js";
import { refuse } from "../src/refusal.js";
import { readerIn } from "../src/reply.js";

export const decisions = defineCommand({
  name: "decisions",
  group: "meetings",
  summary: (t) => t.commands.decisions,
  example: "decisions joint checks",
  may: "meeting.list",
  args: {
    page: keyed("page", text({ label: (t) => t.args.page, max: 6 })),
    words: optional(rest({ label: (t) => t.args.text, max: 100 })),
  },
  async run(c, { page = "1", words }) {
    if (!/^[1-9]\d{0,4}$/.test(page)) refuse((m) => m.errors.page({ said: page }));
    const message = await decisionsPage(c.work, c.viewer, { words, page: Number(page) }, readerIn(c));
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
