import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findShare, review } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

/** The second person agrees: it is released. */
export const sharereview = defineCommand({
  name: "share-review",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-review"],
  example: "share review I-31",
  args: { ref: ref(SHARES) },
  async run(c, { ref }) {
    const released = await review(c, await findShare(c, ref, "review"), true);
    return answered(c, released, c.t.information.sent({ what: nameOf(released), waits: false }));
  },
});
