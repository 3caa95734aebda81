import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { inParts, partArgs, partIn } from "../../src/command/reading.js";
import { readerIn } from "../../src/command/reply.js";
import { openRequest } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { REQUESTS } from "../../src/requests/store.js";
import { readingLines } from "../../src/requests/views.js";

/** All of it, in as many dialogs as it needs; each opening is on the record. */
export const requestread = defineCommand({
  name: "request-read",
  group: "requests",
  summary: (t) => t.commands["request-read"],
  example: "request read R-9",
  may: "request.see",
  args: { ref: ref(REQUESTS), ...partArgs() },
  refine: partIn,
  allows: (c, ref) => findRequest(c, ref, "read"),
  async run(c, { ref, part }) {
    const one = await findRequest(c, ref, "read");
    await openRequest(c, one);
    const lines = await readingLines(c.work, one, readerIn(c));
    return inParts(c, { id: "read", title: one.ref }, lines, { part, again: `request read ${one.ref}` });
  },
});
