import { removeRule } from "../../src/authorities/rule-acts.js";
import { AUTHORITIES } from "../../src/authorities/store.js";
import { whenSaid } from "../../src/authorities/views.js";
import { ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";

/** By its number, as the card numbers them. */
export const authorityunrule = defineCommand({
  name: "authority-unrule",
  group: "directory",
  summary: (t) => t.commands["authority-unrule"],
  example: "authority unrule A-55 1",
  may: "authority.write",
  args: { ref: ref(AUTHORITIES), number: wholeNumber({ label: (t) => t.args.ruleNumber, max: 20 }) },
  allows: (c, ref) => AUTHORITIES.find(c, ref),
  async run(c, { ref, number }) {
    const authority = await AUTHORITIES.find(c, ref);
    const rule = await removeRule(c, authority, number);
    return sentence(
      c,
      c.t.directory.ruleRemoved({
        ...{ ref: authority.ref, n: number, when: whenSaid(rule.when, c.t) },
        function: c.t.directory.functions[rule.function],
      }),
    );
  },
});
