import { optional, person, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { nameOfficer } from "../../src/requests/acts/writing.js";
import { yesNo } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";

/** Who may see what protects a witness: one of either side is told by voice whom the other has named (UNTOC 24(2)(a)). */
export const requestofficer = defineCommand({
  name: "request-officer",
  group: "requests",
  summary: (t) => t.commands["request-officer"],
  example: "request officer R-9 @anna",
  may: "request.use",
  args: {
    ref: ref(REQUESTS),
    who: person({ label: (t) => t.args.requestOfficer }),
    out: optional(yesNo("out", (t) => t.args.requestOut)),
  },
  allows: (c, ref) => findRequest(c, ref, "officer"),
  async run(c, { ref, who, out }) {
    const one = await nameOfficer(c, await findRequest(c, ref, "officer"), who, out === "yes");
    const about = { ref: one.ref, name: who.name };
    return sentence(c, out === "yes" ? c.t.requests.officerOut(about) : c.t.requests.officerIn(about));
  },
});
