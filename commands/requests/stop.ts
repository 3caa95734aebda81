import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answeredBy } from "../../src/command/reply.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { checkStoppable, stopRequest } from "../../src/requests/acts/stopping.js";
import { optionalWords } from "../../src/requests/args.js";
import { requestCard } from "../../src/requests/notifications.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Whoever knows of it stops it everywhere at once, with or without a word why (CTOC/COP/WG.7/2012/3 para 23). */
export const requeststop = defineCommand({
  name: "request-stop",
  group: "requests",
  summary: (t) => t.commands["request-stop"],
  example: "request stop R-9 the boat takes in water",
  may: "request.use",
  formOnButton: true,
  args: { ref: ref(REQUESTS), what: optionalWords((t) => t.args.requestStop) },
  allows: async (c, ref) => checkStoppable(await findRequest(c, ref)),
  async run(c, { ref, what }) {
    const found = await findRequest(c, ref);
    const { one, refs } = await stopRequest(c, found, what);
    const text = [c.t.requests.done.stop({ ref: one.ref }), c.t.requests.stoppedAll({ refs })].join(" ");
    return answeredBy(c, text, { notification: requestCard, params: { request: one.id }, ref: one.ref });
  },
});
