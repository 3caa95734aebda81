import { ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answerable, decideUse, findUse } from "../../src/shares/acts/using.js";
import { useAnswered } from "../../src/shares/answer.js";
import { USES } from "../../src/shares/use-requests.js";

export const userefuse = defineCommand({
  name: "use-refuse",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["use-refuse"],
  example: "use refuse U-3",
  args: {
    ref: ref(USES),
    reason: { ...text({ label: (t) => t.args.reason, multiline: true, max: 1_000 }), shape: "form" as const },
  },
  allows: answerable,
  async run(c, { ref, reason }) {
    const { share, request } = await findUse(c, ref);
    const settled = await decideUse(c, share, request, { granted: false, reason });
    return useAnswered(c, settled, c.t.information.use.decided({ ref: settled.ref, granted: false }));
  },
});
