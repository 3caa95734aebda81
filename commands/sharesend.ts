import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { findShare, submit } from "../src/information/acts/sharing.js";
import { shareCardOf } from "../src/information/answer.js";
import { nameOf } from "../src/information/model.js";
import { releaseQuestion } from "../src/information/questions.js";
import { turned } from "../src/reply.js";
import { askFirst, sure } from "../src/sure.js";
import { rememberAct, undoable } from "../src/undoing.js";

export const sharesend = defineCommand({
  name: "share-send",
  group: "information",
  summary: (t) => t.commands["share-send"],
  example: "share send I-31",
  args: { ref: ref("information", "I"), sure: sure() },
  async run(c, { ref, sure }) {
    const share = await findShare(c, ref, "edit");
    if (!sure && share.written) return askFirst(c, "share-send", share.ref, releaseQuestion(share, c.t));
    const sent = await submit(c, share);
    await rememberAct(c, { item: { kind: "share", id: sent.id }, act: "release", version: sent.version });
    const turns = await turned(c, shareCardOf(sent));
    return turns ?? undoable(c, c.t.information.sent({ what: nameOf(sent), waits: sent.state === "review" }));
  },
});
