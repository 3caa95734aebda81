import { keyed, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answerRequest, findRequest } from "../../src/requests/acts.js";
import { answered } from "../../src/requests/answer.js";
import { ground, mayBeEvidence, words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestpart = defineCommand({
  name: "request-part",
  group: "requests",
  summary: (t) => t.commands["request-part"],
  example: "request part R-9 the registry says: owner unknown",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    limits: keyed("limits", text({ label: (t) => t.args.requestLimits, max: 1_000, multiline: true })),
    evidence: keyed("evidence", mayBeEvidence()),
    without: keyed("without", text({ label: (t) => t.args.requestWithout, max: 1_000, multiline: true })),
    ground: keyed("ground", ground("refuse")),
    reasons: keyed("reasons", text({ label: (t) => t.args.requestReasons, max: 2_000, multiline: true })),
    answer: words((t) => t.args.requestAnswer),
  },
  allows: (c, ref) => findRequest(c, ref, "answer_part"),
  async run(c, { ref, ...given }) {
    const one = await findRequest(c, ref, "answer_part");
    return answered(c, await answerRequest(c, one, given, true), "answer_part");
  },
});
