import { keyed, ref, text } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import { defineCommand } from "../../src/command/define.js";
import { answerRequest, findRequest } from "../../src/requests/acts.js";
import { answered } from "../../src/requests/answer.js";
import { ground, mayBeEvidence, momentOf, words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestanswer = defineCommand({
  name: "request-answer",
  group: "requests",
  summary: (t) => t.commands["request-answer"],
  example: "request answer R-9 the phone belongs to nobody we know",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    limits: keyed("limits", text({ label: (t) => t.args.requestLimits, max: 1_000, multiline: true })),
    evidence: keyed("evidence", mayBeEvidence()),
    without: keyed("without", text({ label: (t) => t.args.requestWithout, max: 1_000, multiline: true })),
    ground: keyed("ground", ground("refuse")),
    reasons: keyed("reasons", text({ label: (t) => t.args.requestReasons, max: 2_000, multiline: true })),
    on: keyed("on", day({ label: (t) => t.args.requestOn, hint: (t) => t.args.requestOnHint })),
    answer: words((t) => t.args.requestAnswer),
  },
  allows: (c, ref) => findRequest(c, ref, "answer"),
  async run(c, { ref, on, ...given }) {
    const one = await findRequest(c, ref, "answer");
    return answered(c, await answerRequest(c, one, { ...given, at: momentOf(c, on) }, false), "answer");
  },
});
