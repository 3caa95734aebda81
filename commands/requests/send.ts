import { optional, ref, version } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkSeen } from "../../src/items/kind.js";
import { sendRequest } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { momentOf, onDay, optionalWords } from "../../src/requests/args.js";
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
    on: onDay(),
    seen: optional(version()),
    why: optionalWords((t) => t.args.requestSendWhy),
  },
  allows: (c, ref) => findRequest(c, ref, "send"),
  async run(c, { ref, on, seen, why }) {
    const one = await findRequest(c, ref, "send");
    checkSeen(one, seen);
    return answered(c, await sendRequest(c, one, { why, at: momentOf(c, on) }), "send");
  },
});
