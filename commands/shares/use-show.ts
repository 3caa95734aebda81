import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { shownNow } from "../../src/command/reply.js";
import { findUse } from "../../src/shares/acts/using.js";
import { USES } from "../../src/shares/use-requests.js";
import { useCardOf } from "../../src/shares/views.js";

export const useshow = defineCommand({
  name: "use-show",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["use-show"],
  example: "U-3",
  args: { ref: ref(USES) },
  async run(c, { ref }) {
    const { share, request } = await findUse(c, ref);
    return shownNow(c, async (reader) => useCardOf(c.work, share, request, reader));
  },
});
