import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findUse, withdrawUse } from "../../src/shares/acts/using.js";
import { useAnswered } from "../../src/shares/answer.js";
import { USES } from "../../src/shares/use-requests.js";

export const usewithdraw = defineCommand({
  name: "use-withdraw",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["use-withdraw"],
  example: "use withdraw U-3",
  args: { ref: ref(USES) },
  async run(c, { ref }) {
    const { share, request } = await findUse(c, ref);
    await withdrawUse(c, share, request);
    return useAnswered(c, request, c.t.information.use.withdrawn({ ref: request.ref }));
  },
});
