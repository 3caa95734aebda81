import { optional, ref, version } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkSeen } from "../../src/items/kind.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { approveRequest } from "../../src/requests/acts/writing.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestapprove = defineCommand({
  name: "request-approve",
  group: "requests",
  summary: (t) => t.commands["request-approve"],
  example: "request approve R-9",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    seen: optional(version()),
  },
  allows: (c, ref) => findRequest(c, ref, "approve"),
  async run(c, { ref, seen }) {
    const one = await findRequest(c, ref, "approve");
    checkSeen(one, seen);
    return answered(c, await approveRequest(c, one), "approve");
  },
});
