import { ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findShare, review } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

/** The second person does not agree: back to its author, with the reason. */
export const sharereturn = defineCommand({
  name: "share-return",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-return"],
  example: "share return I-31",
  args: {
    ref: ref(SHARES),
    reason: { ...text({ label: (t) => t.args.reason, multiline: true, max: 500 }), shape: "form" as const },
  },
  allows: (c, ref) => findShare(c, ref, "review"),
  async run(c, { ref, reason }) {
    const back = await review(c, await findShare(c, ref, "review"), false, reason);
    return answered(c, back, c.t.information.returned({ what: nameOf(back) }));
  },
});
