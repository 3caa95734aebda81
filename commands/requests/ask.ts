import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { askInfo } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestask = defineCommand({
  name: "request-ask",
  group: "requests",
  summary: (t) => t.commands["request-ask"],
  example: "request ask R-9 which account is meant?",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    what: words((t) => t.args.requestQuestion),
  },
  allows: (c, ref) => findRequest(c, ref, "ask_info"),
  async run(c, { ref, what }) {
    const one = await findRequest(c, ref, "ask_info");
    return answered(c, await askInfo(c, one, what), "ask_info");
  },
});
