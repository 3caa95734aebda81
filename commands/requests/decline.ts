import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { declineConditions } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestdecline = defineCommand({
  name: "request-decline",
  group: "requests",
  summary: (t) => t.commands["request-decline"],
  example: "request decline R-9 the time is too short",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    why: words((t) => t.args.requestWhy),
  },
  allows: (c, ref) => findRequest(c, ref, "decline_conditions"),
  async run(c, { ref, why }) {
    const one = await findRequest(c, ref, "decline_conditions");
    return answered(c, await declineConditions(c, one, why), "decline_conditions");
  },
});
