import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { askFirst, sure } from "../../src/command/sure.js";
import { rememberAct } from "../../src/command/undoing.js";
import { publishSummary } from "../../src/reports/acts.js";
import { answered } from "../../src/reports/answer.js";
import { findSummary } from "../../src/reports/find.js";
import { SUMMARIES } from "../../src/reports/store.js";

export const reportpublish = defineCommand({
  name: "report-publish",
  group: "reports",
  summary: (t) => t.commands["report-publish"],
  example: "report publish S-4",
  may: "report.make",
  args: { ref: ref(SUMMARIES), sure: sure() },
  async run(c, { ref, sure }) {
    const found = await findSummary(c, ref);
    if (c.via === "text" && !sure && found.state === "ready") {
      const { title, text, yes } = c.t.reports.publishConfirm;
      return askFirst(c, "report-publish", found.ref, { text: `${found.ref}: ${title} ${text}`, yes });
    }
    const summary = await publishSummary(c, found);
    await rememberAct(c, { item: { kind: "summary", id: summary.id }, act: "publish" });
    return answered(c, summary, c.t.reports.publishing({ ref: summary.ref }));
  },
});
