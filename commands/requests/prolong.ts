import { ref, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { checkStoppable, prolong } from "../../src/requests/acts/stopping.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** The order on which a technique rests runs longer, by whom it was given (UNTOC 20(1)). */
export const requestprolong = defineCommand({
  name: "request-prolong",
  group: "requests",
  summary: (t) => t.commands["request-prolong"],
  example: "request prolong R-9 judge of the district court, order 14 by 20 January 12:00",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    why: words((t) => t.args.requestOrder),
    until: when({ label: (t) => t.args.requestOrderUntil }),
  },
  allows: async (c, ref) => checkStoppable(await findRequest(c, ref, "prolong")),
  async run(c, { ref, why, until }) {
    const one = await findRequest(c, ref, "prolong");
    return answered(c, await prolong(c, one, until.at, why), "prolong");
  },
});
