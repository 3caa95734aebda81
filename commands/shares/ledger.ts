import { page } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { pageFoot, pageOf } from "../../src/command/pages.js";
import { ledgerOf } from "../../src/shares/outcomes.js";

const PAGE = 20;

/** Figures of one's own agency with each other, and no titles (para 17). */
export const ledger = defineCommand({
  name: "ledger",
  group: "information",
  dialogOnly: true,
  summary: (t) => t.commands.ledger,
  example: "ledger",
  may: "share.create",
  args: { page: page() },
  async run(c, { page = 1 }) {
    const { t, work, person } = c;
    const l = t.information.ledger;
    const { items: lines, part } = pageOf(await ledgerOf(work, person.agencyId), page, PAGE);
    return {
      private: true,
      post: {
        text: l.title,
        lang: person.lang,
        blocks: [
          { type: "heading", text: l.title },
          lines.length
            ? { type: "list", items: lines.map((line) => ({ title: [{ bold: line.agency }], detail: l.line(line) })) }
            : { type: "text", text: l.empty },
          ...pageFoot(t, work.body.slug, { ...part, again: { id: "ledger", words: [] } }),
        ],
      },
    };
  },
});
