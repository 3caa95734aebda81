import { person, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { handOver } from "../../src/requests/acts/writing.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

/** To a colleague, or to somebody of an authority here that may ask for it. */
export const requesthand = defineCommand({
  name: "request-hand",
  group: "requests",
  summary: (t) => t.commands["request-hand"],
  example: "request hand R-9 @petra",
  may: "request.use",
  args: { ref: ref(REQUESTS), to: person({ label: (t) => t.args.requestHandTo }) },
  allows: (c, ref) => findRequest(c, ref, "hand_over"),
  async run(c, { ref, to }) {
    const one = await findRequest(c, ref, "hand_over");
    return answered(c, await handOver(c, one, to), "hand_over");
  },
});
