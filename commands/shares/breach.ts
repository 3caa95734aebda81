import { agency, ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { breach as reportBreach } from "../../src/shares/acts/opening.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { answered } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { SHARES } from "../../src/shares/store.js";

export const breach = defineCommand({
  name: "breach",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.breach,
  example: "breach I-31 @labour",
  args: {
    ref: ref(SHARES),
    by: agency({ label: (t) => t.args.agencyLabel }),
    words: { ...text({ label: (t) => t.args.breachWords, multiline: true }), shape: "form" as const },
  },
  allows: (c, ref) => findShare(c, ref),
  async run(c, { ref, by, words }) {
    const share = await reportBreach(c, await findShare(c, ref), by.id, words);
    return answered(c, share, c.t.information.breachNoted({ what: nameOf(share), agency: by.name }));
  },
});
