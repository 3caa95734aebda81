import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { findShare } from "../src/information/acts/sharing.js";
import { logMessage } from "../src/information/views.js";
import { controls } from "../src/policy/index.js";
import { refuse } from "../src/refusal.js";
import { readerIn } from "../src/reply.js";

/** Who opened it, when and why: the provider's to see, also once it is recalled. */
export const sharelog = defineCommand({
  name: "share-log",
  group: "information",
  summary: (t) => t.commands["share-log"],
  example: "share log I-31",
  args: { ref: ref("information", "I") },
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
