import { keyed, person, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { agree } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { dayTyped, leftOut, momentOf, onDay, optionalWords, registry } from "../../src/requests/args.js";
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
    ...leftOut(),
    on: onDay(),
    scope: optionalWords((t) => t.args.requestScope),
  },
  refine: dayTyped({ name: "scope", whole: true }),
  allows: (c, ref) => findRequest(c, ref, "agree"),
  async run(c, { ref, on, ...given }) {
    const one = await findRequest(c, ref, "agree");
    return answered(c, await agree(c, one, { ...given, at: momentOf(c, on) }), "agree");
  },
});
