import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { turned } from "../../src/command/reply.js";
import { askFirst, sure } from "../../src/command/sure.js";
import { rememberAct, undoable } from "../../src/command/undoing.js";
import { findShare, submit } from "../../src/shares/acts/sharing.js";
import { shareCardOf } from "../../src/shares/answer.js";
import { nameOf } from "../../src/shares/model.js";
import { releaseQuestion } from "../../src/shares/questions.js";
import { SHARES } from "../../src/shares/store.js";

export const sharesend = defineCommand({
  name: "share-send",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-send"],
  example: "share send I-31",
  args: { ref: ref(SHARES), sure: sure() },
  async run(c, { ref, sure }) {
    const share = await findShare(c, ref, "edit");
    if (!sure && share.written) return askFirst(c, "share-send", share.ref, releaseQuestion(share, c.t));
    const sent = await submit(c, share);
    await rememberAct(c, { item: { kind: "share", id: sent.id }, act: "release", version: sent.version });
    const turns = await turned(c, shareCardOf(sent));
    return turns ?? undoable(c, c.t.information.sent({ what: nameOf(sent), waits: sent.state === "review" }));
  },
});
