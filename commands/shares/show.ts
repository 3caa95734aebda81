import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findShare } from "../../src/shares/acts/sharing.js";
import { shown } from "../../src/shares/answer.js";
import { SHARES } from "../../src/shares/store.js";

export const shareshow = defineCommand({
  name: "share-show",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-show"],
  example: "I-31",
  args: { ref: ref(SHARES) },
  run: async (c, { ref }) => shown(c, await findShare(c, ref)),
});
