import { optional, ref, version } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { checkSeen } from "../../src/items/kind.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { settlePaper } from "../../src/requests/acts/writing.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestpaper = defineCommand({
  name: "request-paper",
  group: "requests",
  summary: (t) => t.commands["request-paper"],
  example: "request paper R-9",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    seen: optional(version()),
  },
  allows: (c, ref) => findRequest(c, ref, "settle_paper"),
  async run(c, { ref, seen }) {
    const one = await findRequest(c, ref, "settle_paper");
    checkSeen(one, seen);
    return answered(c, await settlePaper(c, one), "settle_paper");
  },
});
