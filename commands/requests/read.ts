import { keyed, optional, ref, wholeNumber } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { openRequest } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { REQUESTS } from "../../src/requests/store.js";
import { readingForm } from "../../src/requests/views.js";

const part = () => wholeNumber({ label: (t) => t.args.page, max: 99 });

/** All of it, in as many dialogs as it needs; each opening is on the record. */
export const requestread = defineCommand({
  name: "request-read",
  group: "requests",
  summary: (t) => t.commands["request-read"],
  example: "request read R-9",
  may: "request.see",
  args: { ref: ref(REQUESTS), part: optional(part()), byKey: { ...keyed("page", part()), silent: true } },
  refine: ({ byKey, ...raws }) => ({ ...raws, part: raws.part ?? byKey }),
  allows: (c, ref) => findRequest(c, ref, "read"),
  async run(c, { ref, part = 1 }) {
    const one = await findRequest(c, ref, "read");
    await openRequest(c, one);
    const read = await readingForm(c.work, one, readerIn(c), part);
    return "form" in read ? read : refuse((t) => t.errors.requestNoReadPart({ ref: one.ref, part, parts: read.parts }));
  },
});
