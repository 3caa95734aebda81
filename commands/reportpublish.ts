import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { answeredBy } from "../src/reply.js";
import { publishSummary } from "../src/reports/acts.js";
import { findSummary } from "../src/reports/find.js";
import { summaryMessage } from "../src/reports/views.js";

export const reportpublish = defineCommand({
  name: "report-publish",
  group: "reports",
  summary: (t) => t.commands["report-publish"],
  example: "report publish S-4",
  may: "report.make",
  args: { ref: ref("summary", "S") },
  async run(c, { ref }) {
    const summary = await publishSummary(c, await findSummary(c, ref));
    return answeredBy(c, c.t.reports.publishing({ ref: summary.ref }), (reader) =>
      summaryMessage(c.work, summary, reader),
    );
  },
});
