import { page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { summaryList } from "../../src/reports/views.js";

export const reports = defineCommand({
  name: "reports",
  group: "reports",
  summary: (t) => t.commands.reports,
  example: "reports",
  may: "report.read",
  args: { page: page() },
  async run(c, { page = 1 }) {
    const message = await summaryList(c.work, page, readerIn(c));
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
