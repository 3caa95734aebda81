import { ref } from "../src/args.js";
import { record } from "../src/audit/record.js";
import { defineCommand } from "../src/command.js";
import { findShare } from "../src/information/acts/sharing.js";
import { itemOf } from "../src/information/model.js";
import { outcomesForm } from "../src/information/views.js";
import { isProvider } from "../src/policy/index.js";
import { refuse } from "../src/refusal.js";
import { readerIn } from "../src/reply.js";

export const outcomes = defineCommand({
  name: "outcomes",
  group: "information",
  summary: (t) => t.commands.outcomes,
  example: "outcomes I-31",
  args: { ref: ref("information", "I") },
  async run(c, { ref }) {
    const share = await findShare(c, ref);
    if (!isProvider(c.viewer, share.subject))
      refuse(
        (t) => t.errors.shareAct.control({ ref: share.ref, provider: share.providerAgency.name }),
        "party.share.outcomes",
      );
    await record(c.work, { action: "share.outcomes_read", actorId: c.person.id, item: itemOf(share) });
    return { form: await outcomesForm(c.work, share, readerIn(c)) };
  },
});
