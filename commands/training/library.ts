import { optional, page, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn } from "../../src/command/reply.js";
import { libraryPage } from "../../src/training/library.js";

export const library = defineCommand({
  name: "library",
  group: "training",
  summary: (t) => t.commands.library,
  example: "library model law",
  may: "training.see",
  args: {
    page: page(),
    words: optional(rest({ label: (t) => t.args.text, max: 100 })),
  },
  async run(c, { page = 1, words }) {
    const message = await libraryPage(c.work, { words, page }, readerIn(c));
    return c.via === "action" && c.message ? { update: message } : { post: message, private: true };
  },
});
