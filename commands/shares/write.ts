import { ref, text } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { findShare, write } from "../../src/shares/acts/sharing.js";
import { shown } from "../../src/shares/answer.js";
import { asWritten, writtenSoFar } from "../../src/shares/args.js";
import { returnReason } from "../../src/shares/content.js";
import { SHARES } from "../../src/shares/store.js";

export const sharewrite = defineCommand({
  name: "share-write",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands["share-write"],
  example: "share write I-31",
  formOnButton: true,
  // Why it came back stands above what is to be changed.
  async intro(c, raws) {
    const share = await writtenSoFar(c, raws.ref);
    return share && returnReason(c.work, share);
  },
  live: async (c, raws) => (await writtenSoFar(c, raws.ref))?.id,
  args: {
    ref: ref(SHARES),
    title: asWritten("title", { ...text({ label: (t) => t.args.shareTitle, max: 150 }), shape: "form" as const }),
    content: asWritten("content", {
      ...text({ label: (t) => t.args.shareContent, multiline: true }),
      shape: "form" as const,
    }),
  },
  allows: (c, ref) => findShare(c, ref, "edit"),
  async run(c, { ref, title, content }) {
    const written = await write(c, await findShare(c, ref, "edit"), title, content);
    return shown(c, written);
  },
});
