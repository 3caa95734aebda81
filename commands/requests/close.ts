import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { closeRequest } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestclose = defineCommand({
  name: "request-close",
  group: "requests",
  summary: (t) => t.commands["request-close"],
  example: "request close R-9 two arrests",
  may: "request.use",
  formOnButton: true,
  args: {
    ref: ref(REQUESTS),
    outcome: optionalWords((t) => t.args.requestOutcome),
  },
  allows: (c, ref) => findRequest(c, ref, "close"),
  async run(c, { ref, outcome }) {
    const one = await findRequest(c, ref, "close");
    return answered(c, await closeRequest(c, one, outcome), "close");
  },
});
