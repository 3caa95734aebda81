import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { shownNow } from "../../src/command/reply.js";
import { findSummary } from "../../src/reports/find.js";
import { SUMMARIES } from "../../src/reports/store.js";
import { summaryMessage } from "../../src/reports/views.js";

export const reportshow = defineCommand({
  name: "report-show",
  group: "reports",
  summary: (t) => t.commands["report-show"],
  example: "report show S-4",
  may: "report.read",
  args: { ref: ref(SUMMARIES) },
  async run(c, { ref }) {
    const summary = await findSummary(c, ref);
    return shownNow(c, (reader) => summaryMessage(c.work, summary, reader));
  },
});
