import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { findShare } from "../src/information/acts/sharing.js";
import { cardOf } from "../src/information/views.js";
import { readerIn } from "../src/reply.js";

export const shareshow = defineCommand({
  name: "share-show",
  group: "information",
  summary: (t) => t.commands["share-show"],
  example: "I-31",
  args: { ref: ref("information", "I") },
  run: async (c, { ref }) => ({ private: true, post: await cardOf(c.work, await findShare(c, ref), readerIn(c)) }),
});
