import { ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { decline, mayDecline } from "../../src/shares/acts/opening.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

export const sharedecline = defineCommand({
  name: "share-decline",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-decline"],
  example: "share decline I-31",
  args: {
    ref: ref(SHARES),
    reason: { ...text({ label: (t) => t.args.reason, multiline: true, max: 500 }), shape: "form" as const },
  },
  allows: async (c, ref) => mayDecline(c, await findShare(c, ref, "receive")),
  async run(c, { ref, reason }) {
    const share = await decline(c, await findShare(c, ref, "receive"), reason);
    return answered(c, share, c.t.information.declined({ what: nameOf(share) }));
  },
});
