import { keyed, ref } from "../../src/command/args.js";
import { day } from "../../src/command/day.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest, refuseRequest } from "../../src/requests/acts.js";
import { answered } from "../../src/requests/answer.js";
import { ground, momentOf, optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** With a ground of its kind, reasons, and where the law wants it after consultation (UNTOC 18(21), 18(23), 18(26)). */
export const requestrefuse = defineCommand({
  name: "request-refuse",
  group: "requests",
  summary: (t) => t.commands["request-refuse"],
  example: "request refuse R-9 essential_interests an inquiry into our own service is under way",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    ground: ground("refuse"),
    on: keyed("on", day({ label: (t) => t.args.requestOn, hint: (t) => t.args.requestOnHint })),
    reasons: optionalWords((t) => t.args.requestReasons),
  },
  allows: (c, ref) => findRequest(c, ref, "refuse"),
  async run(c, { ref, ground, on, reasons }) {
    const one = await findRequest(c, ref, "refuse");
    return answered(c, await refuseRequest(c, one, { ground, reasons, at: momentOf(c, on) }), "refuse");
  },
});
