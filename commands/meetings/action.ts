import { keyed, label, optional, party, ref, rest, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { DECISIONS, findDecision } from "../../src/meetings/decisions.js";
import { strictest } from "../../src/policy/index.js";
import { ask } from "../../src/tasks/acts.js";
import { askedMessage } from "../../src/tasks/asked.js";

/** A task that carries out a decision. */
export const action = defineCommand({
  name: "action",
  group: "meetings",
  summary: (t) => t.commands.action,
  example: "action D-7 @border Draw up the rota by Fri 17:00",
  may: "task.create",
  args: {
    ref: ref(DECISIONS),
    to: party({ label: (t) => t.args.partyLabel, hint: (t) => t.args.partyHint }),
    title: rest({ label: (t) => t.args.title, max: 200 }),
    by: optional(when({ label: (t) => t.args.by })),
    label: keyed("tlp", label({ label: (t) => t.args.label, hint: (t) => t.args.labelHint })),
  },
  allows: findDecision,
  async run(c, { ref, to, title, by, label }) {
    const { decision } = await findDecision(c, ref);
    const source = { kind: "decision", id: decision.id };
    const made = await ask(
      { ...c, source },
      {
        lead: to.agency,
        assignee: to.person,
        title,
        due: by,
        label: strictest(decision.label, ...(label ? [label] : [])),
      },
    );
    return { private: true, post: await askedMessage(c, made, { due: by, label }) };
  },
});
