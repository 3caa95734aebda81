import { keyed, optional, ref, rest } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import { defineCommand } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { readerIn } from "../../src/command/reply.js";
import { checkReports, findMeasured, report } from "../../src/plan/acts.js";
import { answered } from "../../src/plan/answer.js";
import { decimal, evidence } from "../../src/plan/args.js";
import { statusOf } from "../../src/plan/as-of.js";
import { showDay } from "../../src/plan/days.js";
import { askedNow } from "../../src/plan/escalation.js";
import { OBJECTIVES } from "../../src/plan/store.js";
import { amount, measureOf } from "../../src/plan/views.js";

/** The figure of a period, with its evidence. What was told before stays on record; a newer figure corrects it. */
export const planprogress = defineCommand({
  name: "plan-progress",
  group: "plan",
  summary: (t) => t.commands["plan-progress"],
  example: "plan progress O-5/2 34 evidence:T-104",
  may: "plan.report",
  async intro(c, { ref }) {
    const reference = ref ? parseReference(ref) : undefined;
    if (reference?.kind !== "objective") return undefined;
    const measured = await findMeasured(c, reference);
    checkReports(c, measured.indicator);
    const { name, source } = measured.indicator;
    const asked = askedNow(c.work, measured.objective, measured.indicator);
    return c.t.plan.intro({
      name,
      source,
      measure: measureOf(c.work, measured.indicator, readerIn(c)),
      period: asked && showDay(c.work.body, asked, c.person.lang),
    });
  },
  args: {
    ref: ref(OBJECTIVES),
    value: decimal({ label: (t) => t.args.figureValue, hint: (t) => t.args.figureValueHint }),
    period: keyed("for", day({ label: (t) => t.args.period })),
    evidence: keyed("evidence", evidence({ label: (t) => t.args.planEvidence, hint: (t) => t.args.planEvidenceHint })),
    words: optional(rest({ label: (t) => t.args.figureWords, max: 1_000, multiline: true })),
  },
  allows: async (c, ref) => checkReports(c, (await findMeasured(c, ref)).indicator),
  async run(c, { ref, value, period, evidence, words }) {
    const told = await report(c, await findMeasured(c, ref), { value, period, evidence, words });
    const { objective, indicator } = told;
    const { t, work, person } = c;
    const said = t.plan.reported({
      ref: indicator.ref,
      value: amount(value, indicator, person),
      day: showDay(work.body, told.period, person.lang),
      way: t.plan.ways[statusOf(objective, indicator, work.now, work.body.zone)],
    });
    return answered(c, objective, said);
  },
});
