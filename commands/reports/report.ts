import { choice, keyed, rest } from "../../src/command/args.js";
import { defineCommand, type Raws } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { inAny } from "../../src/i18n/grammar/index.js";
import { refuse } from "../../src/lib/refusal.js";
import { askSummary } from "../../src/reports/acts.js";
import { SUMMARY_CUTS } from "../../src/reports/model.js";
import { readPeriod } from "../../src/reports/period.js";
import { dayOf } from "../../src/time/index.js";

const cutWord = (name: "by" | "agency" | "kind"): RegExp =>
  new RegExp(`^(?:${inAny(({ line }) => line.cut[name])})$`, "i");
const BY = cutWord("by");
const AGENCY = cutWord("agency");
const KIND = cutWord("kind");

/** `last month by agency`: the breakdown stands at the end, as people say it. */
function refine(raws: Raws): Raws {
  const said = (raws.period ?? "").trimEnd();
  const [cut = "", by = ""] = said.slice(-40).split(/\s+/).reverse();
  if (!BY.test(by) || !(AGENCY.test(cut) || KIND.test(cut))) return raws;
  const period = said.slice(0, -cut.length).trimEnd().slice(0, -by.length).trimEnd();
  if (period === "") return raws;
  return { ...raws, period, cut: raws.cut ?? (AGENCY.test(cut) ? "agency" : "kind") };
}

export const report = defineCommand({
  name: "report",
  group: "reports",
  summary: (t) => t.commands.report,
  example: "report 2026-Q3 by agency",
  may: "report.make",
  args: {
    cut: keyed(
      "by",
      choice({ label: (t) => t.args.first, values: SUMMARY_CUTS, show: (t, value) => t.reports.cuts[value] }),
    ),
    period: rest({ label: (t) => t.args.periodLabel, hint: (t) => t.args.periodHint, max: 80 }),
  },
  refine,
  async run(c, { period, cut }) {
    const { work, person } = c;
    const found = readPeriod(period, dayOf(work.now, work.body.zone), person.lang);
    if (!found.ok) return refuse((t) => t.errors.period({ said: period.slice(0, 40), reason: found.reason }));
    const summary = await askSummary(c, found.period, cut);
    return sentence(c, c.t.reports.asked({ ref: summary.ref, period: summary.period.key }));
  },
});
