import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { supplyInfo } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestreply = defineCommand({
  name: "request-reply",
  group: "requests",
  summary: (t) => t.commands["request-reply"],
  example: "request reply R-9 the account that ends in 44",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    what: words((t) => t.args.requestReply),
  },
  allows: (c, ref) => findRequest(c, ref, "supply_info"),
  async run(c, { ref, what }) {
    const one = await findRequest(c, ref, "supply_info");
    return answered(c, await supplyInfo(c, one, what), "supply_info");
  },
});
