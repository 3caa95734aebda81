import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { notEnough } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestmissing = defineCommand({
  name: "request-missing",
  group: "requests",
  summary: (t) => t.commands["request-missing"],
  example: "request missing R-9 the list of calls",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    what: words((t) => t.args.requestMissing),
  },
  allows: (c, ref) => findRequest(c, ref, "not_enough"),
  async run(c, { ref, what }) {
    const one = await findRequest(c, ref, "not_enough");
    return answered(c, await notEnough(c, one, what), "not_enough");
  },
});
