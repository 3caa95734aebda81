import { keyed, optional, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { editRequest } from "../../src/requests/acts/writing.js";
import { answered } from "../../src/requests/answer.js";
import { addressee, urgency } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** The first line, how urgent it is, to whom it goes; what was approved is approved no longer. */
export const requestedit = defineCommand({
  name: "request-edit",
  group: "requests",
  summary: (t) => t.commands["request-edit"],
  example: "request edit R-9 urgency:urgent",
  may: "request.use",
  formAlone: true,
  formOnButton: true,
  args: {
    ref: ref(REQUESTS),
    to: keyed("to", addressee({ shape: "key" })),
    urgency: keyed("urgency", urgency()),
    subject: optional(text({ label: (t) => t.args.requestSubject, shape: "rest", max: 120 })),
  },
  allows: (c, ref) => findRequest(c, ref, "fill"),
  async run(c, { ref, to, urgency, subject }) {
    const one = await findRequest(c, ref, "fill");
    if (!to && !urgency && subject === undefined) return sentence(c, c.t.requests.unchanged({ ref: one.ref }));
    return answered(c, await editRequest(c, one, { to, urgency, subjectLine: subject }), "fill");
  },
});
