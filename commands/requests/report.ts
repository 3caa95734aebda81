import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { reportResults } from "../../src/requests/acts/sea.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestreport = defineCommand({
  name: "request-report",
  group: "requests",
  summary: (t) => t.commands["request-report"],
  example: "request report R-9 boarded 22:10, 31 people safe",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    results: words((t) => t.args.requestResults),
  },
  allows: (c, ref) => findRequest(c, ref, "report"),
  async run(c, { ref, results }) {
    const one = await findRequest(c, ref, "report");
    return answered(c, await reportResults(c, one, results), "report");
  },
});
