import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { redirect } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { addressee, words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Another authority is competent: it goes there, with time of its own, and who asked is told at once. */
export const requestredirect = defineCommand({
  name: "request-redirect",
  group: "requests",
  summary: (t) => t.commands["request-redirect"],
  example: "request redirect R-9 A-60 not our court",
  may: "request.use",
  args: { ref: ref(REQUESTS), to: addressee(), why: words((t) => t.args.requestWhy) },
  allows: (c, ref) => findRequest(c, ref, "redirect"),
  async run(c, { ref, to, why }) {
    const one = await findRequest(c, ref, "redirect");
    return answered(c, await redirect(c, one, to, why), "redirect");
  },
});
