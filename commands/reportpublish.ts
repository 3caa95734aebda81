import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { publishSummary } from "../src/reports/acts.js";
import { answered } from "../src/reports/answer.js";
import { findSummary } from "../src/reports/find.js";

export const reportpublish = defineCommand({
  name: "report-publish",
  group: "reports",
  summary: (t) => t.commands["report-publish"],
  example: "report publish S-4",
  may: "report.make",
  args: { ref: ref("summary", "S") },
  async run(c, { ref }) {
    const summary = await publishSummary(c, await findSummary(c, ref));
    return answered(c, summary, c.t.reports.publishing({ ref: summary.ref }));
  },
});
