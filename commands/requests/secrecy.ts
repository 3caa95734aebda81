import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { cannotKeepSecret } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestsecrecy = defineCommand({
  name: "request-secrecy",
  group: "requests",
  summary: (t) => t.commands["request-secrecy"],
  example: "request secrecy R-9 the bank must be told",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    why: words((t) => t.args.requestWhy),
  },
  allows: (c, ref) => findRequest(c, ref, "cannot_keep_secret"),
  async run(c, { ref, why }) {
    const one = await findRequest(c, ref, "cannot_keep_secret");
    return answered(c, await cannotKeepSecret(c, one, why), "cannot_keep_secret");
  },
});
