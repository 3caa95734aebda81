import { keyed, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { offerConditions } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { registry, words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestconditions = defineCommand({
  name: "request-conditions",
  group: "requests",
  summary: (t) => t.commands["request-conditions"],
  example: "request conditions R-9 board and search, no diversion",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    registry: keyed("registry", registry()),
    conditions: words((t) => t.args.requestConditions),
  },
  allows: (c, ref) => findRequest(c, ref, "offer_conditions"),
  async run(c, { ref, registry, conditions }) {
    const one = await findRequest(c, ref, "offer_conditions");
    return answered(c, await offerConditions(c, one, { conditions, registry }), "offer_conditions");
  },
});
