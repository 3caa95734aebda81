import { competence } from "../../src/authorities/args.js";
import { addRule } from "../../src/authorities/rule-acts.js";
import { STAGES } from "../../src/authorities/rules.js";
import { AUTHORITIES } from "../../src/authorities/store.js";
import { whenSaid } from "../../src/authorities/views.js";
import { choice, keyed, keyedWords, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";

/** Where a State has several that are competent, which cases this one takes; `competent` asks by these rules. */
export const authorityrule = defineCommand({
  name: "authority-rule",
  group: "directory",
  summary: (t) => t.commands["authority-rule"],
  example: "authority rule A-55 mla stage:trial region:North Coast",
  may: "authority.write",
  args: {
    ref: ref(AUTHORITIES),
    function: competence(),
    stage: keyed(
      "stage",
      choice({
        label: (t) => t.directory.questions.stage,
        values: STAGES,
        show: (t, value) => t.directory.stages[value],
      }),
    ),
    matter: keyedWords("matter", text({ label: (t) => t.args.ruleMatter, max: 60 })),
    region: keyedWords("region", text({ label: (t) => t.args.ruleRegion, max: 60 })),
    urgent: keyed(
      "urgent",
      choice({ label: (t) => t.directory.questions.urgent, values: ["yes"], show: (t) => t.directory.urgentCase.yes }),
    ),
  },
  allows: (c, ref) => AUTHORITIES.find(c, ref),
  async run(c, { ref, function: about, ...said }) {
    const authority = await AUTHORITIES.find(c, ref);
    const when = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    const tied = await addRule(c, authority, about, when);
    const added = c.t.directory.ruleAdded({
      ...{ ref: authority.ref, function: c.t.directory.functions[about], when: whenSaid(when, c.t) },
    });
    const others = tied.map((other) => other.ref);
    return sentence(c, tied.length ? `${added} ${c.t.directory.ruleTie({ others, count: tied.length })}` : added);
  },
});
