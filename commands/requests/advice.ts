import { optional } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { adviceOn } from "../../src/requests/advice.js";
import { yesNo } from "../../src/requests/args.js";

/** Informal, formal or both: four questions, and why (CTOC/COP/WG.7/2012/3 paras 6, 8 to 11). */
export const requestadvice = defineCommand({
  name: "request-advice",
  group: "requests",
  summary: (t) => t.commands["request-advice"],
  example: "request advice danger:no coercive:yes evidence:yes channel:no",
  may: "request.write",
  args: {
    danger: yesNo("danger", (t) => t.requests.advice.questions.danger),
    coercive: yesNo("coercive", (t) => t.requests.advice.questions.coercive),
    evidence: yesNo("evidence", (t) => t.requests.advice.questions.evidence),
    channel: optional(yesNo("channel", (t) => t.requests.advice.questions.channel)),
  },
  async run(c, { danger, coercive, evidence, channel = "no" }) {
    const yes = { danger: danger === "yes", coercive: coercive === "yes", evidence: evidence === "yes" };
    const advice = adviceOn({ ...yes, channel: channel === "yes" });
    return sentence(c, c.t.requests.advice.given[advice]);
  },
});
