import { ref, text } from "../../src/command/args.js";
import { type Context, defineCommand, type Raws } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { noteSummary } from "../../src/reports/acts.js";
import { answered } from "../../src/reports/answer.js";
import { findSummary, mustBe } from "../../src/reports/find.js";
import type { Summary } from "../../src/reports/model.js";
import { SUMMARIES } from "../../src/reports/store.js";

type Kept = "notes" | "recommendations";

/** Opens with what was written before, to be written on. */
const kept = (which: Kept) => {
  const words = text({
    shape: "form",
    optional: true,
    label: (t) => t.reports.form[which],
    hint: (t) => t.reports.form.hint,
    multiline: true,
  });
  return {
    ...words,
    optional: true as const,
    field: async (c: Context, raw: string | undefined, raws: Raws) =>
      words.field(c, raw ?? (await summaryIn(c, raws))?.[which], raws),
  };
};

async function summaryIn(c: Context, raws: Raws): Promise<Summary | undefined> {
  const reference = parseReference(raws.ref ?? "");
  return reference && findSummary(c, reference);
}

export const reportnotes = defineCommand({
  name: "report-notes",
  group: "reports",
  summary: (t) => t.commands["report-notes"],
  example: "report notes S-4",
  may: "report.make",
  formOnButton: true,
  formAlone: true,
  args: { ref: ref(SUMMARIES), notes: kept("notes"), recommendations: kept("recommendations") },
  allows: async (c, ref) => mustBe(await findSummary(c, ref), "ready"),
  async run(c, { ref, notes, recommendations }) {
    const summary = await findSummary(c, ref);
    const noted = await noteSummary(c, summary, { notes, recommendations });
    return answered(c, noted, c.t.reports.noted({ ref: noted.ref }));
  },
});
