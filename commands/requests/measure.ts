import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { recordMeasure } from "../../src/requests/acts/sea.js";
import { answered } from "../../src/requests/answer.js";
import { basis, words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** What was done at sea, and what it rested on (Protocol 8(1), 8(5), 8(7)); its results are owed to the flag State. */
export const requestmeasure = defineCommand({
  name: "request-measure",
  group: "requests",
  summary: (t) => t.commands["request-measure"],
  example: "request measure R-9 basis:danger 31 people taken aboard, water in the hull",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    // Asked where it was not told: a measure that rests on nothing is a breach.
    basis: { ...basis(), shape: "key", key: "basis" },
    what: words((t) => t.args.requestMeasure),
  },
  allows: (c, ref) => findRequest(c, ref, "measure"),
  async run(c, { ref, basis, what }) {
    const one = await findRequest(c, ref, "measure");
    return answered(c, await recordMeasure(c, one, what, basis), "measure");
  },
});
