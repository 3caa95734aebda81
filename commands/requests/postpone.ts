import { ref, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { postpone } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { ground, optionalWords } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Until when; where no end was named, when it is asked again (UNTOC 18(25)). */
export const requestpostpone = defineCommand({
  name: "request-postpone",
  group: "requests",
  summary: (t) => t.commands["request-postpone"],
  example: "request postpone R-9 ongoing_proceedings our own trial ends in March until 31 March",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    ground: ground("postpone"),
    reasons: optionalWords((t) => t.args.requestReasons),
    until: when({ label: (t) => t.args.requestUntil }),
  },
  allows: (c, ref) => findRequest(c, ref, "postpone"),
  async run(c, { ref, ground, reasons, until }) {
    const one = await findRequest(c, ref, "postpone");
    return answered(c, await postpone(c, one, { ground, reasons, until: until.at }), "postpone");
  },
});
