import { removeRule, ruleOf } from "../../src/authorities/rule-acts.js";
import { AUTHORITIES } from "../../src/authorities/store.js";
import { whenSaid } from "../../src/authorities/views.js";
import { ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { insteadOf } from "../../src/command/reply.js";
import { askFirst, sure } from "../../src/command/sure.js";

/** By its number, as the card numbers them; asked first, since the others have other numbers after it. */
export const authorityunrule = defineCommand({
  name: "authority-unrule",
  group: "directory",
  summary: (t) => t.commands["authority-unrule"],
  example: "authority unrule A-55 1",
  may: "authority.write",
  args: { ref: ref(AUTHORITIES), number: wholeNumber({ label: (t) => t.args.ruleNumber, max: 20 }), sure: sure() },
  allows: (c, ref) => AUTHORITIES.find(c, ref),
  async run(c, { ref, number, sure }) {
    const authority = await AUTHORITIES.find(c, ref);
    const rule = await ruleOf(c, authority, number);
    const what = {
      ...{ ref: authority.ref, n: number, when: whenSaid(rule.when, c.t) },
      function: c.t.directory.functions[rule.function],
    };
    if (!sure) {
      const text = c.t.directory.ruleAsk(what);
      return askFirst(c, "authority-unrule", `${authority.ref} ${number}`, { text, yes: c.t.sure.removeYes });
    }
    await removeRule(c, authority, rule);
    return insteadOf(c, c.t.directory.ruleRemoved(what));
  },
});
