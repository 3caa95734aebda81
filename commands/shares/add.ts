import { agenciesInvited, invited, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findShare, widen } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

export const shareadd = defineCommand({
  name: "share-add",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-add"],
  example: "share add I-31 @iom",
  args: {
    ref: ref(SHARES),
    with: { ...invited({ label: (t) => t.args.shareWith, hint: (t) => t.args.shareWithHint }), shape: "rest" as const },
  },
  allows: (c, ref) => findShare(c, ref, "control"),
  async run(c, { ref, with: to }) {
    const share = await findShare(c, ref, "control");
    const wider = await widen(c, share, await agenciesInvited(c, to), to.persons);
    const count = wider.recipients.length - share.recipients.length;
    return answered(c, wider, c.t.information.widened({ what: nameOf(share), count }));
  },
});
