import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { findShare, submit } from "../src/information/acts/sharing.js";
import { shareCardOf } from "../src/information/answer.js";
import { nameOf } from "../src/information/model.js";
import { sentence, turned } from "../src/reply.js";

export const sharesend = defineCommand({
  name: "share-send",
  group: "information",
  summary: (t) => t.commands["share-send"],
  example: "share send I-31",
  args: { ref: ref("information", "I") },
  async run(c, { ref }) {
    const sent = await submit(c, await findShare(c, ref, "edit"));
    const turns = await turned(c, shareCardOf(sent));
    return turns ?? sentence(c, c.t.information.sent({ what: nameOf(sent), waits: sent.state === "review" }));
  },
});
