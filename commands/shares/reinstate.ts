import { agency, ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { reinstate as giveBack } from "../../src/shares/acts/opening.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

export const reinstate = defineCommand({
  name: "reinstate",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.reinstate,
  example: "reinstate I-31 @labour",
  args: { ref: ref(SHARES), who: agency({ label: (t) => t.args.agencyLabel }) },
  allows: (c, ref) => findShare(c, ref, "control"),
  async run(c, { ref, who }) {
    const share = await giveBack(c, await findShare(c, ref, "control"), who.id);
    return answered(c, share, c.t.information.reinstated({ what: nameOf(share), agency: who.name }));
  },
});
