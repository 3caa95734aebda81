import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { thank as sayThanks } from "../src/information/acts/outcomes.js";
import { findShare } from "../src/information/acts/sharing.js";
import { answered } from "../src/information/answer.js";
import { nameOf } from "../src/information/model.js";
import { isProvider } from "../src/policy/index.js";
import { refuse } from "../src/refusal.js";

export const thank = defineCommand({
  name: "thank",
  aliases: ["thanks"],
  group: "information",
  summary: (t) => t.commands.thank,
  example: "thank I-31",
  args: { ref: ref("information", "I") },
  async run(c, { ref }) {
    const share = await findShare(c, ref);
    if (!isProvider(c.viewer, share.subject))
      refuse(
        (t) => t.errors.shareAct.control({ ref: share.ref, provider: share.providerAgency.name }),
        "party.share.thank",
      );
    await sayThanks(c, share);
    return answered(c, share, c.t.information.thankedDone({ what: nameOf(share) }));
  },
});
