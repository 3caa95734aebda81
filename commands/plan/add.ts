import { agencies, agency, choice, keyed, label, rest, text } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import { defineCommand } from "../../src/command/define.js";
import { withMarking } from "../../src/command/reply.js";
import { addObjective } from "../../src/plan/acts.js";
import { answered } from "../../src/plan/answer.js";
import { needed, planLabel } from "../../src/plan/args.js";
import { PILLARS } from "../../src/plan/model.js";

export const planadd = defineCommand({
  name: "plan-add",
  group: "plan",
  summary: (t) => t.commands["plan-add"],
  example: "plan add protection Shelter for all by 2027-12-31 lead:@labour",
  may: "plan.write",
  args: {
    pillar: choice({ label: (t) => t.args.pillar, values: PILLARS, show: (t, value) => t.plan.pillars[value] }),
    title: rest({ label: (t) => t.args.planTitle, max: 200 }),
    requirement: keyed(
      "requirement",
      text({ label: (t) => t.args.requirement, hint: (t) => t.args.requirementHint, max: 1_000, multiline: true }),
    ),
    measure: keyed("measure", text({ label: (t) => t.args.measure, max: 1_000, multiline: true })),
    review: keyed(
      "review",
      choice({
        label: (t) => t.args.legalReview,
        values: ["yes", "no"] as const,
        show: (t, value) => t.args.yesNoWords[value],
      }),
    ),
    lead: needed("lead", agency({ label: (t) => t.args.leadAgency })),
    with: { ...agencies({ label: (t) => t.args.with }), key: "with" },
    start: keyed("start", day({ label: (t) => t.args.planStart })),
    due: day({ label: (t) => t.args.planDue }),
    label: keyed("tlp", planLabel(label({ label: (t) => t.args.planLabel, hint: (t) => t.args.planLabelHint }))),
  },
  async run(c, { pillar, title, requirement, measure, review, lead, with: supporting = [], start, due, label }) {
    const objective = await addObjective(c, {
      title,
      pillar,
      requirement,
      measure,
      legalReview: review === "yes",
      lead,
      supporting,
      startsOn: start,
      dueOn: due,
      label,
    });
    const said = withMarking(c, c.t.plan.added({ ref: objective.ref }), objective.label, label);
    return answered(c, objective, said);
  },
});
