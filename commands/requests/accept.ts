import { optional, ref, version } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkSeen } from "../../src/items/kind.js";
import { acceptConditions } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestaccept = defineCommand({
  name: "request-accept",
  group: "requests",
  summary: (t) => t.commands["request-accept"],
  example: "request accept R-9",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    seen: optional(version()),
  },
  allows: (c, ref) => findRequest(c, ref, "accept_conditions"),
  async run(c, { ref, seen }) {
    const one = await findRequest(c, ref, "accept_conditions");
    checkSeen(one, seen);
    return answered(c, await acceptConditions(c, one), "accept_conditions");
  },
});
