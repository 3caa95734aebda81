import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { checkStoppable, restart } from "../../src/requests/acts/stopping.js";
import { answered } from "../../src/requests/answer.js";
import { optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Once every side has answered anew that the people are safe; each State starts for itself. */
export const requestrestart = defineCommand({
  name: "request-restart",
  group: "requests",
  summary: (t) => t.commands["request-restart"],
  example: "request restart R-9 a patrol boat is beside them now",
  may: "request.use",
  formOnButton: true,
  args: { ref: ref(REQUESTS), why: optionalWords((t) => t.args.requestStopped) },
  allows: async (c, ref) => checkStoppable(await findRequest(c, ref)),
  async run(c, { ref, why }) {
    const one = await findRequest(c, ref);
    return answered(c, await restart(c, one, why), "restart");
  },
});
