import { keyed, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { formalise } from "../../src/requests/acts/writing.js";
import { addressee, kind } from "../../src/requests/args.js";
import { REQUESTS } from "../../src/requests/store.js";
import { checkOf } from "../../src/requests/views.js";

/** What was asked informally is asked so that a court can use it: a new draft, linked with the first. */
export const requestformalise = defineCommand({
  name: "request-formalise",
  group: "requests",
  summary: (t) => t.commands["request-formalise"],
  example: "request formalise R-9 mla",
  may: "request.write",
  args: { ref: ref(REQUESTS), kind: kind(), to: keyed("to", addressee({ shape: "key" })) },
  allows: (c, ref) => findRequest(c, ref, "formalise"),
  async run(c, { ref, kind, to }) {
    const one = await findRequest(c, ref, "formalise");
    const drafted = await formalise(c, one, kind, to);
    const message = await checkOf(c.work, drafted, readerIn(c));
    const text = c.t.requests.formalised({ ref: drafted.ref, first: one.ref, kind: c.t.requests.kinds[kind] });
    return { private: true, post: { ...message, text, blocks: [{ type: "text", text }, ...message.blocks] } };
  },
});
