import { keyed, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sendFirst } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Where life is at stake, at sea, or said by word of mouth in urgent circumstances: the paper follows (UNTOC 18(14)). */
export const requestsendnow = defineCommand({
  name: "request-sendnow",
  group: "requests",
  summary: (t) => t.commands["request-sendnow"],
  example: "request sendnow R-9 with:Sami the boat takes water",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    spokenWith: keyed("with", text({ label: (t) => t.args.requestSpokenWith, max: 200 })),
    why: words((t) => t.args.requestNowWhy),
  },
  allows: (c, ref) => findRequest(c, ref, "send_first"),
  async run(c, { ref, spokenWith, why }) {
    const one = await findRequest(c, ref, "send_first");
    return answered(c, await sendFirst(c, one, { why, spokenWith }), "send_first");
  },
});
