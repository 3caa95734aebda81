import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { controls } from "../../src/policy/index.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { SHARES } from "../../src/shares/store.js";
import { logMessage } from "../../src/shares/views.js";

/** Who opened it, when and why: the provider's to see, also once it is recalled. */
export const sharelog = defineCommand({
  name: "share-log",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-log"],
  example: "share log I-31",
  args: { ref: ref(SHARES) },
  async run(c, { ref }) {
    const share = await findShare(c, ref);
    if (!controls(c.viewer, share.subject))
      refuse(
        (t) => t.errors.shareAct.control({ ref: share.ref, provider: share.providerAgency.name }),
        "party.share.log",
      );
    return { private: true, post: await logMessage(c, share, readerIn(c)) };
  },
});
