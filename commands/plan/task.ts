import { keyed, label, optional, party, ref, rest, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { addLink, checkTends, findObjective } from "../../src/plan/acts.js";
import { OBJECTIVE } from "../../src/plan/model.js";
import { OBJECTIVES } from "../../src/plan/store.js";
import { ask } from "../../src/tasks/acts.js";
import { askedMessage } from "../../src/tasks/asked.js";

/** A task that serves an objective: it came from it, and feeds it. */
export const plantask = defineCommand({
  name: "plan-task",
  group: "plan",
  summary: (t) => t.commands["plan-task"],
  example: "plan task O-5 @labour Find two houses in Kilkis by Fri 17:00",
  may: "task.create",
  args: {
    ref: ref(OBJECTIVES),
    to: party({ label: (t) => t.args.partyLabel, hint: (t) => t.args.partyHint }),
    title: rest({ label: (t) => t.args.title, max: 200 }),
    by: optional(when({ label: (t) => t.args.by })),
    label: keyed("tlp", label({ label: (t) => t.args.label, hint: (t) => t.args.labelHint })),
  },
  allows: async (c, ref) => checkTends(c, await findObjective(c, ref)),
  async run(c, { ref, to, title, by, label }) {
    const objective = await findObjective(c, ref);
    checkTends(c, objective);
    const source = { kind: OBJECTIVE, id: objective.id };
    const made = await ask({ ...c, source }, { lead: to.agency, assignee: to.person, title, due: by, label });
    await addLink(c, objective, "task", made.id);
    return { private: true, post: await askedMessage(c, made, { due: by, label }) };
  },
});
