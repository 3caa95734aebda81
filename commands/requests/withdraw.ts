import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { withdrawRequest } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestwithdraw = defineCommand({
  name: "request-withdraw",
  group: "requests",
  summary: (t) => t.commands["request-withdraw"],
  example: "request withdraw R-9 no longer needed",
  may: "request.use",
  formOnButton: true,
  args: {
    ref: ref(REQUESTS),
    why: optionalWords((t) => t.args.requestWhy),
  },
  allows: (c, ref) => findRequest(c, ref, "withdraw"),
  async run(c, { ref, why }) {
    const one = await findRequest(c, ref, "withdraw");
    return answered(c, await withdrawRequest(c, one, why), "withdraw");
  },
});
