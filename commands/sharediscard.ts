import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { discard, findShare } from "../src/information/acts/sharing.js";
import { answered } from "../src/information/answer.js";
import { nameOf } from "../src/information/model.js";

export const sharediscard = defineCommand({
  name: "share-discard",
  group: "information",
  summary: (t) => t.commands["share-discard"],
  example: "share discard I-31",
  args: { ref: ref("information", "I") },
  async run(c, { ref }) {
    const share = await findShare(c, ref, "edit");
    await discard(c, share);
    return answered(c, share, c.t.information.discarded({ what: nameOf(share) }));
  },
});
