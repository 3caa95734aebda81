import { ref, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { reviseDue } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** More time, with its reason; the first date stays on the card. */
export const requestdue = defineCommand({
  name: "request-due",
  group: "requests",
  summary: (t) => t.commands["request-due"],
  example: "request due R-9 the judge is away by 15 March",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    why: words((t) => t.args.requestWhy),
    due: when({ label: (t) => t.args.requestDue }),
  },
  allows: (c, ref) => findRequest(c, ref, "revise_due"),
  async run(c, { ref, due, why }) {
    const one = await findRequest(c, ref, "revise_due");
    return answered(c, await reviseDue(c, one, due.at, why), "revise_due");
  },
});
