import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { answeredBy } from "../src/reply.js";
import { cancelSummary } from "../src/reports/acts.js";
import { findSummary } from "../src/reports/find.js";
import { summaryMessage } from "../src/reports/views.js";

export const reportcancel = defineCommand({
  name: "report-cancel",
  group: "reports",
  summary: (t) => t.commands["report-cancel"],
  example: "report cancel S-4",
  may: "report.make",
  args: { ref: ref("summary", "S") },
  async run(c, { ref }) {
    const summary = await cancelSummary(c, await findSummary(c, ref));
    return answeredBy(c, c.t.reports.cancelled({ ref: summary.ref }), (reader) =>
      summaryMessage(c.work, summary, reader),
    );
  },
});
