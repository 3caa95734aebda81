import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { askProgress } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestprogress = defineCommand({
  name: "request-progress",
  group: "requests",
  summary: (t) => t.commands["request-progress"],
  example: "request progress R-9",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
  },
  allows: (c, ref) => findRequest(c, ref, "progress"),
  async run(c, { ref }) {
    const one = await findRequest(c, ref, "progress");
    return answered(c, await askProgress(c, one), "progress");
  },
});
