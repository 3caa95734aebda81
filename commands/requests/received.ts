import { keyed, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { acknowledge } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { momentOf, onDay } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** A person says so: that it was delivered or opened is no receipt. Clocks run from the day on which it came. */
export const requestreceived = defineCommand({
  name: "request-received",
  group: "requests",
  summary: (t) => t.commands["request-received"],
  example: "request received R-9 on:2026-12-01 theirs:88/26",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    on: onDay(),
    theirRef: keyed("theirs", text({ label: (t) => t.args.requestTheirRef, max: 100 })),
    contact: keyed("contact", text({ label: (t) => t.args.requestContact, max: 200 })),
  },
  allows: (c, ref) => findRequest(c, ref, "acknowledge"),
  async run(c, { ref, on, theirRef, contact }) {
    const one = await findRequest(c, ref, "acknowledge");
    return answered(c, await acknowledge(c, one, { at: momentOf(c, on), theirRef, contact }), "acknowledge");
  },
});
