import { optional, ref, text } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { findShare, recall as takeBack } from "../src/information/acts/sharing.js";
import { answered } from "../src/information/answer.js";
import { nameOf } from "../src/information/model.js";
import { recallQuestion } from "../src/information/questions.js";
import { readersOf } from "../src/information/tell.js";
import { parseReference } from "../src/references.js";
import { askFirst, sure } from "../src/sure.js";

/** Typed, it is asked about once, and no form stands before it: at 3 a.m. one tap is enough. */
export const recall = defineCommand({
  name: "recall",
  group: "information",
  summary: (t) => t.commands.recall,
  example: "recall I-31",
  formOnButton: true,
  despiteWords: true,
  intro: async (c, { ref }) => {
    const reference = parseReference(ref ?? "");
    return reference && recallQuestion(await findShare(c, reference, "control"), c.t).text;
  },
  args: {
    ref: ref("information", "I"),
    sure: sure(),
    reason: optional({ ...text({ label: (t) => t.args.reason, multiline: true, max: 500 }), shape: "form" as const }),
  },
  allows: (c, ref) => findShare(c, ref, "control"),
  async run(c, { ref, reason, sure }) {
    const share = await findShare(c, ref, "control");
    if (c.via === "text" && !sure) {
      const { text, yes } = recallQuestion(share, c.t);
      return askFirst(c, "recall", share.ref, { text: c.dropped ? `${text} ${c.t.errors.wordsDropped}` : text, yes });
    }
    await takeBack(c, share, reason);
    const readers = (await readersOf(c.work, share)).length;
    const done = c.t.information.recalled({ what: nameOf(share), readers });
    return answered(c, share, c.dropped ? `${done} ${c.t.errors.wordsDropped}` : done);
  },
});
