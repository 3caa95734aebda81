import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { shownNow } from "../../src/command/reply.js";
import { findRequest } from "../../src/requests/acts/moving.js";
import { REQUESTS } from "../../src/requests/store.js";
import { cardOf } from "../../src/requests/views.js";

export const request = defineCommand({
  name: "request",
  group: "requests",
  summary: (t) => t.commands.request,
  example: "R-9",
  may: "request.see",
  args: { ref: ref(REQUESTS) },
  async run(c, { ref }) {
    const one = await findRequest(c, ref);
    return shownNow(c, async (reader) => cardOf(c.work, one, reader));
  },
});
