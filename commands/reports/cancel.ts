import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { cancelSummary } from "../../src/reports/acts.js";
import { answered } from "../../src/reports/answer.js";
import { findSummary } from "../../src/reports/find.js";
import { SUMMARIES } from "../../src/reports/store.js";

export const reportcancel = defineCommand({
  name: "report-cancel",
  group: "reports",
  summary: (t) => t.commands["report-cancel"],
  example: "report cancel S-4",
  may: "report.make",
  args: { ref: ref(SUMMARIES) },
  async run(c, { ref }) {
    const summary = await cancelSummary(c, await findSummary(c, ref));
    return answered(c, summary, c.t.reports.cancelled({ ref: summary.ref }));
  },
});
