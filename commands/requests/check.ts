import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { mayRequest } from "../../src/policy/index.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { REQUESTS } from "../../src/requests/store.js";
import { checkOf } from "../../src/requests/views.js";

/** What is missing still: of a draft, and of what went first and owes its paper. */
export const requestcheck = defineCommand({
  name: "request-check",
  group: "requests",
  summary: (t) => t.commands["request-check"],
  example: "request check R-9",
  may: "request.use",
  args: { ref: ref(REQUESTS) },
  allows: (c, ref) => findRequest(c, ref),
  async run(c, { ref }) {
    const one = await findRequest(c, ref);
    // What is missing says what stands there: only who may write it is told.
    if (mayRequest(c.viewer, "fill", one.subject) === "party") await findRequest(c, ref, "fill");
    if (one.subject.sent && !one.flags.includes("owes_paper")) refuse((t) => t.errors.requestSent({ ref: one.ref }));
    return { private: true, post: await checkOf(c.work, one, readerIn(c)) };
  },
});
