import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { reworkRequest } from "../../src/requests/acts/writing.js";
import { answered } from "../../src/requests/answer.js";
import { optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestback = defineCommand({
  name: "request-back",
  group: "requests",
  summary: (t) => t.commands["request-back"],
  example: "request back R-9 the law is missing",
  may: "request.use",
  formOnButton: true,
  args: {
    ref: ref(REQUESTS),
    why: optionalWords((t) => t.args.requestWhy),
  },
  allows: (c, ref) => findRequest(c, ref, "rework"),
  async run(c, { ref, why }) {
    const one = await findRequest(c, ref, "rework");
    return answered(c, await reworkRequest(c, one, why), "rework");
  },
});
