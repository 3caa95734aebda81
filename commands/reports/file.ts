import { choice, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { linked } from "../../src/command/reply.js";
import { fileLink } from "../../src/files/links.js";
import { refuse } from "../../src/lib/refusal.js";
import { findSummary, mustBe } from "../../src/reports/find.js";
import { SUMMARIES } from "../../src/reports/store.js";

const FORMATS = { word: "docx", excel: "xlsx", csv: "csv", json: "json" } as const;

export const reportfile = defineCommand({
  name: "report-file",
  group: "reports",
  summary: (t) => t.commands["report-file"],
  example: "report file S-4 word",
  may: "report.read",
  args: {
    ref: ref(SUMMARIES),
    format: choice({
      label: (t) => t.args.format,
      values: ["word", "excel", "csv", "json"] as const,
      show: (t, value) => t.reports.buttons[value],
    }),
  },
  allows: async (c, ref) => mustBe(await findSummary(c, ref), "ready", "published"),
  async run(c, { ref, format }) {
    const summary = await findSummary(c, ref);
    mustBe(summary, "ready", "published");
    const who = c.person.id;
    const link = await fileLink(c.work, who, `summary.${FORMATS[format]}`, summary.id);
    if (!link) return refuse((t) => t.errors.noSite);
    const { reports } = c.t;
    const words = reports.file({ ref: summary.ref, format: reports.buttons[format], minutes: link.minutes });
    return linked(c, words, reports.download, link.url);
  },
});
