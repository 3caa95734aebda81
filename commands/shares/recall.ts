import { optional, ref, text } from "../../src/command/args.js";
import { type Context, defineCommand } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { sentence, turned } from "../../src/command/reply.js";
import { askFirst, sure } from "../../src/command/sure.js";
import { rememberAct, undoable } from "../../src/command/undoing.js";
import { sightOfShare } from "../../src/policy/index.js";
import { findShare, recall as takeBack } from "../../src/shares/acts/sharing.js";
import { shareCardOf } from "../../src/shares/answer.js";
import { nameOf, type Share } from "../../src/shares/model.js";
import { readersOf } from "../../src/shares/notify.js";
import { recallQuestion } from "../../src/shares/questions.js";
import { SHARES } from "../../src/shares/store.js";

/** Of RED whose provider is not there: who recalls it learns no more than the reference they typed. */
const isUnread = (c: Context, share: Share): boolean => sightOfShare(c.viewer, share.subject) === "none";

const question = (c: Context, share: Share) =>
  isUnread(c, share)
    ? { text: c.t.sure.recallRed({ name: share.ref }), yes: c.t.sure.recallYes }
    : recallQuestion(share, c.t);

/** Typed, it is asked about once, and no form stands before it: at 3 a.m. one tap is enough. */
export const recall = defineCommand({
  name: "recall",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.recall,
  example: "recall I-31",
  formOnButton: true,
  despiteWords: true,
  intro: async (c, { ref }) => {
    const reference = parseReference(ref ?? "");
    return reference && question(c, await findShare(c, reference, "recall")).text;
  },
  args: {
    ref: ref(SHARES),
    sure: sure(),
    reason: optional({ ...text({ label: (t) => t.args.reason, multiline: true, max: 500 }), shape: "form" as const }),
  },
  allows: (c, ref) => findShare(c, ref, "recall"),
  async run(c, { ref, reason, sure }) {
    const share = await findShare(c, ref, "recall");
    if (c.via === "text" && !sure) {
      const { text, yes } = question(c, share);
      return askFirst(c, "recall", share.ref, { text: c.dropped ? `${text} ${c.t.errors.wordsDropped}` : text, yes });
    }
    const unread = isUnread(c, share);
    const gone = await takeBack(c, share, reason);
    if (unread) return sentence(c, c.t.information.recalledUnread({ name: share.ref }));
    await rememberAct(c, { item: { kind: "share", id: gone.id }, act: "recall", version: gone.version });
    const readers = (await readersOf(c.work, share)).length;
    const done = c.t.information.recalled({ what: nameOf(share), readers });
    const said = c.dropped ? `${done} ${c.t.errors.wordsDropped}` : done;
    return (await turned(c, shareCardOf(gone))) ?? undoable(c, said);
  },
});
