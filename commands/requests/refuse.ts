import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { refuseRequest } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered, filesGoing } from "../../src/requests/answer.js";
import { dayTyped, ground, momentOf, onDay, optionalWords, unconsulted } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** With a ground of its kind, reasons, and where the law wants it after consultation (UNTOC 18(21), 18(23), 18(26)). */
export const requestrefuse = defineCommand({
  name: "request-refuse",
  group: "requests",
  summary: (t) => t.commands["request-refuse"],
  example: "request refuse R-9 essential_interests an inquiry into our own service is under way",
  may: "request.use",
  intro: filesGoing,
  args: {
    ref: ref(REQUESTS),
    ground: ground("refuse"),
    on: onDay(),
    unconsulted: unconsulted(),
    reasons: optionalWords((t) => t.args.requestReasons),
  },
  refine: dayTyped({ name: "reasons", whole: true }),
  allows: (c, ref) => findRequest(c, ref, "refuse"),
  async run(c, { ref, on, ...given }) {
    const one = await findRequest(c, ref, "refuse");
    return answered(c, await refuseRequest(c, one, { ...given, at: momentOf(c, on) }), "refuse");
  },
});
