import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { readerIn } from "../../src/command/reply.js";
import { addLink, checkNeeds, findObjective } from "../../src/plan/acts.js";
import { missedOf } from "../../src/plan/as-of.js";
import { OBJECTIVES } from "../../src/plan/store.js";
import { measureOf } from "../../src/plan/views.js";
import { enter } from "../../src/training/acts/entering.js";
import { answered } from "../../src/training/answer.js";
import { ofNeed } from "../../src/training/args.js";

/** What is missed for want of skills or means becomes a need that others can answer (para 29); it feeds the objective. */
export const planneed = defineCommand({
  name: "plan-need",
  group: "plan",
  summary: (t) => t.commands["plan-need"],
  example: "plan need O-5 interviewing Interviewing children at first contact by 31 March",
  may: "training.write",
  async intro(c, { ref }) {
    const reference = ref ? parseReference(ref) : undefined;
    if (reference?.kind !== "objective") return undefined;
    const objective = await findObjective(c, reference);
    checkNeeds(c, objective);
    const missed = missedOf(objective, c.work.now, c.work.body.zone);
    const lines = missed.map((one) => `${one.ref} ${one.name} · ${measureOf(c.work, one, readerIn(c))}`);
    return [...lines, c.t.training.knownToAll].join("\n");
  },
  args: {
    ref: ref(OBJECTIVES),
    ...ofNeed(),
  },
  allows: async (c, ref) => checkNeeds(c, await findObjective(c, ref)),
  async run(c, { ref, by, ...entry }) {
    const objective = await findObjective(c, ref);
    checkNeeds(c, objective);
    const need = await enter(c, "need", { ...entry, label: objective.label, until: by?.at });
    await addLink(c, objective, "training", need.id);
    return answered(c, need, c.t.plan.needed({ ref: need.ref, objective: objective.ref }));
  },
});
