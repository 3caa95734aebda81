import { agency, choice, ref, rest, text } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import type { Arg } from "../../src/command/define.js";
import { defineCommand } from "../../src/command/define.js";
import { checkTends, findMeasured, findObjective, setIndicator } from "../../src/plan/acts.js";
import { answered } from "../../src/plan/answer.js";
import { asMeasured, decimal, needed } from "../../src/plan/args.js";
import { showDay } from "../../src/plan/days.js";
import { FREQUENCIES, type Indicator } from "../../src/plan/model.js";
import { OBJECTIVES } from "../../src/plan/store.js";

/** `O-5` gets one more; `O-5/2` is measured so from now on, and its form shows how it is measured now. */
export const planindicator = defineCommand({
  name: "plan-indicator",
  group: "plan",
  summary: (t) => t.commands["plan-indicator"],
  example:
    'plan indicator O-5 Places in shelters unit:places from:10 to:50 every:quarterly source:"Shelter register" answers:@labour due:2026-12-31',
  may: "plan.write",
  args: {
    ref: ref(OBJECTIVES),
    name: known(rest({ label: (t) => t.args.indicatorName, max: 200 }), ({ name }) => name),
    unit: known(
      needed("unit", text({ label: (t) => t.args.unit, hint: (t) => t.args.unitHint, max: 40 })),
      ({ unit }) => unit,
    ),
    from: known(needed("from", decimal({ label: (t) => t.args.baseline })), ({ baseline }) => baseline),
    to: known(needed("to", decimal({ label: (t) => t.args.target })), ({ target }) => target),
    every: known(
      needed(
        "every",
        choice({ label: (t) => t.args.frequency, values: FREQUENCIES, show: (t, value) => t.plan.frequencies[value] }),
      ),
      ({ frequency }) => frequency,
    ),
    source: known(needed("source", text({ label: (t) => t.args.figureSource, max: 200 })), ({ source }) => source),
    answers: known(needed("answers", agency({ label: (t) => t.args.answers })), (one) => `@${one.agency.handle}`),
    due: known(needed("due", day({ label: (t) => t.args.firstDue })), ({ firstDue }) => firstDue),
  },
  allows: async (c, ref) => checkTends(c, await findObjective(c, ref)),
  async run(c, { ref, name, unit, from, to, every, source, answers, due }) {
    const { objective, indicator } = await setIndicator(
      c,
      await findObjective(c, ref),
      { name, unit, baseline: from, target: to, frequency: every, source, agency: answers, firstDue: due },
      ref.part,
    );
    const said =
      ref.part === undefined
        ? c.t.plan.measured({
            ref: indicator.ref,
            agency: answers.name,
            day: showDay(c.work.body, due, c.person.lang, c.work.now),
          })
        : c.t.plan.measuredNow({ ref: indicator.ref });
    return answered(c, objective, said);
  },
});

function known<T>(arg: Arg<T>, read: (indicator: Indicator) => string): Arg<T> {
  return asMeasured(findMeasured, arg, ({ indicator }) => read(indicator));
}
