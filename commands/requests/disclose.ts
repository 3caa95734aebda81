import { keyed, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { disclose } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/**
 * What clears an accused person is disclosed in the proceedings whatever limit stands on its use: the side that gave it is told
 * before; where that could not be, at once, with the reason (UNTOC 18(5), 18(19)).
 */
export const requestdisclose = defineCommand({
  name: "request-disclose",
  group: "requests",
  summary: (t) => t.commands["request-disclose"],
  example: "request disclose R-9 the statement of the driver, to the defence, on Friday",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    unnoticed: keyed("unnoticed", text({ label: (t) => t.args.requestUnnoticed, max: 500, multiline: true })),
    what: words(
      (t) => t.args.requestDisclosed,
      (t) => t.args.requestDisclosedHint,
    ),
  },
  allows: (c, ref) => findRequest(c, ref, "disclose"),
  async run(c, { ref, what, unnoticed }) {
    const one = await findRequest(c, ref, "disclose");
    return answered(c, await disclose(c, one, { what, unnoticed }), "disclose");
  },
});
