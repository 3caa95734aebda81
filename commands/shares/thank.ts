import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { refuse } from "../../src/lib/refusal.js";
import { isProvider } from "../../src/policy/index.js";
import { thank as sayThanks } from "../../src/shares/acts/outcomes.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

export const thank = defineCommand({
  name: "thank",
  aliases: ["thanks"],
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.thank,
  example: "thank I-31",
  args: { ref: ref(SHARES) },
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
