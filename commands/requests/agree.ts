import { keyed, person, ref, text } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import { defineCommand } from "../../src/command/define.js";
import { agree, findRequest } from "../../src/requests/acts.js";
import { answered } from "../../src/requests/answer.js";
import { ground, momentOf, optionalWords, registry } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** The decision to execute it, wholly or in part. A part that is left out has a ground, like a refusal. */
export const requestagree = defineCommand({
  name: "request-agree",
  group: "requests",
  summary: (t) => t.commands["request-agree"],
  example: "request agree R-9 by:@omar",
  may: "request.use",
  formOnButton: true,
  args: {
    ref: ref(REQUESTS),
    executor: keyed("by", person({ label: (t) => t.args.requestExecutor, source: "colleague" })),
    registry: keyed("registry", registry()),
    without: keyed("without", text({ label: (t) => t.args.requestWithout, max: 1_000, multiline: true })),
    ground: keyed("ground", ground("refuse")),
    reasons: keyed("reasons", text({ label: (t) => t.args.requestReasons, max: 2_000, multiline: true })),
    on: keyed("on", day({ label: (t) => t.args.requestOn, hint: (t) => t.args.requestOnHint })),
    scope: optionalWords((t) => t.args.requestScope),
  },
  allows: (c, ref) => findRequest(c, ref, "agree"),
  async run(c, { ref, on, ...given }) {
    const one = await findRequest(c, ref, "agree");
    return answered(c, await agree(c, one, { ...given, at: momentOf(c, on) }), "agree");
  },
});
