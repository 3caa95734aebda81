import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { discard, findShare } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

export const sharediscard = defineCommand({
  name: "share-discard",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-discard"],
  example: "share discard I-31",
  args: { ref: ref(SHARES) },
  async run(c, { ref }) {
    const share = await findShare(c, ref, "edit");
    await discard(c, share);
    return answered(c, share, c.t.information.discarded({ what: nameOf(share) }));
  },
});
