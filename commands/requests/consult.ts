import { keyed, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { consult } from "../../src/requests/acts/deciding.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { answered } from "../../src/requests/answer.js";
import { words } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Before a refusal or a postponement it is asked whether it may be given on terms and conditions (UNTOC 18(26)). */
export const requestconsult = defineCommand({
  name: "request-consult",
  group: "requests",
  summary: (t) => t.commands["request-consult"],
  example: "request consult R-9 with:Petra how:phone we offered to answer without the names, they will think about it",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    with: keyed("with", text({ label: (t) => t.args.requestConsulted, max: 200 })),
    how: keyed("how", text({ label: (t) => t.args.requestHow, max: 200 })),
    consulted: words(
      (t) => t.args.requestSaid,
      (t) => t.args.requestSaidHint,
    ),
  },
  allows: (c, ref) => findRequest(c, ref, "consult"),
  async run(c, { ref, with: who, how, consulted }) {
    const one = await findRequest(c, ref, "consult");
    const said = { ...(who ? { with: who } : {}), ...(how ? { how } : {}), consulted };
    return answered(c, await consult(c, one, said), "consult");
  },
});
