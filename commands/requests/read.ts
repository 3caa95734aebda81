import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { openRequest } from "../../src/requests/acts/asking.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { REQUESTS } from "../../src/requests/store.js";
import { readingForm } from "../../src/requests/views.js";

/** All of it, in a dialog; each opening is on the record. */
export const requestread = defineCommand({
  name: "request-read",
  group: "requests",
  summary: (t) => t.commands["request-read"],
  example: "request read R-9",
  may: "request.see",
  args: { ref: ref(REQUESTS) },
  allows: (c, ref) => findRequest(c, ref, "read"),
  async run(c, { ref }) {
    const one = await findRequest(c, ref, "read");
    await openRequest(c, one);
    return { form: await readingForm(c.work, one, readerIn(c)) };
  },
});
