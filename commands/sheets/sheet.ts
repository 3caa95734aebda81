import { optional, optionalRef, page, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { shownNow } from "../../src/command/reply.js";
import { SHEETS } from "../../src/sheets/store.js";
import { cardOf, sheetsPage } from "../../src/sheets/views.js";

/** By its number, or by the State and what is asked for. */
export const sheet = defineCommand({
  name: "sheet",
  aliases: ["sheets"],
  group: "directory",
  summary: (t) => t.commands.sheet,
  example: "sheet norland search and seizure",
  may: "authority.see",
  args: {
    page: page(),
    ref: { ...optionalRef(SHEETS), silent: true as const, given: true as const },
    words: optional(rest({ label: (t) => t.args.sheetWords, max: 200 })),
  },
  async run(c, { page = 1, ref, words }) {
    if (ref) {
      const one = await SHEETS.find(c, ref);
      return shownNow(c, async (reader) => cardOf(c.work, one, reader));
    }
    const { post } = await shownNow(c, (reader) => sheetsPage(c.work, { words, page }, reader));
    return c.via === "action" && c.message ? { update: post } : { post, private: true };
  },
});
