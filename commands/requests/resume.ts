import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { resume } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { REQUESTS } from "../../src/requests/store.js";

export const requestresume = defineCommand({
  name: "request-resume",
  group: "requests",
  summary: (t) => t.commands["request-resume"],
  example: "request resume R-9",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
  },
  allows: (c, ref) => findRequest(c, ref, "resume"),
  async run(c, { ref }) {
    const one = await findRequest(c, ref, "resume");
    return answered(c, await resume(c, one), "resume");
  },
});
