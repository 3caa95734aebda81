import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest, sendRequest } from "../../src/requests/acts.js";
import { answered } from "../../src/requests/answer.js";
import { optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestsend = defineCommand({
  name: "request-send",
  group: "requests",
  summary: (t) => t.commands["request-send"],
  example: "request send R-9",
  may: "request.use",
  formOnButton: true,
  args: {
    ref: ref(REQUESTS),
    why: optionalWords((t) => t.args.requestSendWhy),
  },
  allows: (c, ref) => findRequest(c, ref, "send"),
  async run(c, { ref, why }) {
    const one = await findRequest(c, ref, "send");
    return answered(c, await sendRequest(c, one, why), "send");
  },
});
