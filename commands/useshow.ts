import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { findUse } from "../src/information/acts/using.js";
import { useCardOf } from "../src/information/views.js";
import { shownNow } from "../src/reply.js";

export const useshow = defineCommand({
  name: "use-show",
  group: "information",
  summary: (t) => t.commands["use-show"],
  example: "U-3",
  args: { ref: ref("use_request", "U") },
  async run(c, { ref }) {
    const { share, request } = await findUse(c, ref);
    return shownNow(c, async (reader) => useCardOf(c.work, share, request, reader));
  },
});
