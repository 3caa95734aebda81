import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { completeRequest } from "../../src/requests/acts/writing.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestready = defineCommand({
  name: "request-ready",
  group: "requests",
  summary: (t) => t.commands["request-ready"],
  example: "request ready R-9",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
  },
  allows: (c, ref) => findRequest(c, ref, "complete"),
  async run(c, { ref }) {
    const one = await findRequest(c, ref, "complete");
    return answered(c, await completeRequest(c, one), "complete");
  },
});
