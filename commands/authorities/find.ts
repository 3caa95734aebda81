import { AUTHORITIES } from "../../src/authorities/store.js";
import { cardOf, findPage } from "../../src/authorities/views.js";
import { optional, page, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { parseReference } from "../../src/command/references.js";
import { shownNow } from "../../src/command/reply.js";

export const find = defineCommand({
  name: "find",
  group: "directory",
  summary: (t) => t.commands.find,
  example: "find mla france",
  may: "authority.see",
  args: {
    page: page(),
    words: optional(rest({ label: (t) => t.args.text, max: 200 })),
  },
  async run(c, { page: said, words }) {
    // Whoever says nothing is asked what it is about.
    if (words === undefined && c.via === "text" && said === undefined) return c.form("competent", {});
    const page = said ?? 1;
    const reference = words && parseReference(words.trim());
    if (reference && reference.kind === AUTHORITIES.kind) {
      const one = await AUTHORITIES.find(c, reference);
      return shownNow(c, async (reader) => cardOf(c.work, one, reader));
    }
    // What is said of when something was checked is true of this moment.
    const { post } = await shownNow(c, (reader) => findPage(c.work, { words, page }, reader));
    return c.via === "action" && c.message ? { update: post } : { post, private: true };
  },
});
