import { optional, page, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { decisionsPage } from "../../src/meetings/decisions.js";

export const decisions = defineCommand({
  name: "decisions",
  group: "meetings",
  summary: (t) => t.commands.decisions,
  example: "decisions joint checks",
  may: "meeting.list",
  args: {
    page: page(),
    words: optional(rest({ label: (t) => t.args.text, max: 100 })),
  },
  async run(c, { page = 1, words }) {
    const message = await decisionsPage(c.work, c.viewer, { words, page }, readerIn(c));
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
