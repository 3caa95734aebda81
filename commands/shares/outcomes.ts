import { recordAct } from "../../src/audit/record.js";
import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { inParts, partArgs, partIn } from "../../src/command/reading.js";
import { readerIn } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { isProvider } from "../../src/policy/index.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { itemOf, nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";
import { outcomeLines } from "../../src/shares/views.js";

export const outcomes = defineCommand({
  name: "outcomes",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.outcomes,
  example: "outcomes I-31",
  args: { ref: ref(SHARES), ...partArgs() },
  refine: partIn,
  async run(c, { ref, part }) {
    const share = await findShare(c, ref);
    if (!isProvider(c.viewer, share.subject))
      refuse(
        (t) => t.errors.shareAct.control({ ref: share.ref, provider: share.providerAgency.name }),
        "party.share.outcomes",
      );
    await recordAct(c, { action: "share.outcomes_read", item: itemOf(share) });
    const lines = await outcomeLines(c.work, share, readerIn(c));
    const form = { id: "outcomes", title: nameOf(share), live: share.id };
    return inParts(c, form, lines, { part, again: `outcomes ${share.ref}` });
  },
});
