import { optional, ref, text, when } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answerable, decideUse, findUse } from "../../src/shares/acts/using.js";
import { useAnswered } from "../../src/shares/answer.js";
import { USES } from "../../src/shares/use-requests.js";

export const usegrant = defineCommand({
  name: "use-grant",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["use-grant"],
  example: "use grant U-3",
  args: {
    ref: ref(USES),
    until: { ...when({ label: (t) => t.args.expires }), shape: "form" as const },
    conditions: optional({
      ...text({ label: (t) => t.args.useConditions, multiline: true, max: 1_000 }),
      shape: "form" as const,
    }),
  },
  allows: answerable,
  async run(c, { ref, until, conditions }) {
    const { share, request } = await findUse(c, ref);
    const settled = await decideUse(c, share, request, { granted: true, expiresAt: until.at, conditions });
    return useAnswered(c, settled, c.t.information.use.decided({ ref: settled.ref, granted: true }));
  },
});
