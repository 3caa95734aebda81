import { agencies, agency, choice, keyed, label, optional, ref, rest, text } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import { type Context, defineCommand, type Raws } from "../../src/command/define.js";
import { withMarking } from "../../src/command/reply.js";
import { checkTends, editObjective, findObjective } from "../../src/plan/acts.js";
import { answered } from "../../src/plan/answer.js";
import { planLabel } from "../../src/plan/args.js";
import { type Objective, PILLARS, STATES } from "../../src/plan/model.js";
import { OBJECTIVES } from "../../src/plan/store.js";

/** With nothing to change it shows how the objective stands, in a form. */
export const planedit = defineCommand({
  name: "plan-edit",
  group: "plan",
  summary: (t) => t.commands["plan-edit"],
  example: "plan edit O-5 status:under_way",
  may: "plan.write",
  args: {
    ref: ref(OBJECTIVES),
    state: keyed(
      "status",
      choice({ label: (t) => t.args.planStatus, values: STATES, show: (t, value) => t.plan.states[value] }),
    ),
    pillar: keyed(
      "pillar",
      choice({ label: (t) => t.args.pillar, values: PILLARS, show: (t, value) => t.plan.pillars[value] }),
    ),
    title: optional(rest({ label: (t) => t.args.planTitle, max: 200 })),
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
    lead: keyed("lead", agency({ label: (t) => t.args.leadAgency })),
    with: { ...agencies({ label: (t) => t.args.with }), key: "with" },
    start: keyed("start", day({ label: (t) => t.args.planStart })),
    due: keyed("due", day({ label: (t) => t.args.planDue })),
    label: keyed("tlp", planLabel(label({ label: (t) => t.args.planLabel, hint: (t) => t.args.planLabelHint }))),
  },
  allows: async (c, ref) => checkTends(c, await findObjective(c, ref)),
  async run(c, { ref, review, lead, with: supporting, start, due, requirement, measure, ...rest }) {
    const objective = await findObjective(c, ref);
    const given = [review, lead, supporting, start, due, requirement, measure, ...Object.values(rest)];
    if (c.via !== "form" && given.every((value) => value === undefined))
      return c.form("plan-edit", standing(objective));
    const changed = await editObjective(c, objective, {
      ...rest,
      legalReview: review === undefined ? undefined : review === "yes",
      lead,
      startsOn: start,
      dueOn: due,
      ...emptied(c, { supporting, requirement, measure }),
    });
    const said = withMarking(c, c.t.plan.changed({ ref: changed.ref }), changed.label, rest.label);
    return answered(c, changed, said);
  },
});

const standing = (objective: Objective): Raws => ({
  ref: objective.ref,
  state: objective.state,
  pillar: objective.pillar,
  title: objective.title,
  requirement: objective.requirement,
  measure: objective.measure,
  review: objective.legalReview ? "yes" : "no",
  lead: `@${objective.lead.handle}`,
  with: objective.supporting.map(({ handle }) => `@${handle}`).join(" ") || undefined,
  start: objective.startsOn,
  due: objective.dueOn,
  label: objective.label,
});

/** A form shows everything, so what comes back empty was emptied; a line says only what changes. */
function emptied<A>(
  { via }: Context,
  { supporting, requirement, measure }: { supporting?: A[]; requirement?: string; measure?: string },
) {
  return via === "form"
    ? { supporting: supporting ?? [], requirement: requirement ?? null, measure: measure ?? null }
    : { supporting, requirement, measure };
}
