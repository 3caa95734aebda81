import { optional, ref, text } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { findShare, recall as takeBack } from "../src/information/acts/sharing.js";
import { answered } from "../src/information/answer.js";
import { nameOf } from "../src/information/model.js";
import { readersOf } from "../src/information/tell.js";

/** Typed, it is recalled at once: at 3 a.m. nobody should have to fill in a form first. */
export const recall = defineCommand({
  name: "recall",
  group: "information",
  summary: (t) => t.commands.recall,
  example: "recall I-31",
  formOnButton: true,
  despiteWords: true,
  args: {
    ref: ref("information", "I"),
    reason: optional({ ...text({ label: (t) => t.args.reason, multiline: true, max: 500 }), shape: "form" as const }),
  },
  async run(c, { ref, reason }) {
    const share = await findShare(c, ref, "control");
    await takeBack(c, share, reason);
    const readers = (await readersOf(c.work, share)).length;
    const done = c.t.information.recalled({ what: nameOf(share), readers });
    return answered(c, share, c.dropped ? `${done} ${c.t.errors.wordsDropped}` : done);
  },
});
