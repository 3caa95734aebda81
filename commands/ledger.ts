import { defineCommand } from "../src/command.js";
import { ledgerOf } from "../src/information/acts/outcomes.js";

/** Figures of one's own agency with each other, and no titles (para 17). */
export const ledger = defineCommand({
  name: "ledger",
  group: "information",
  summary: (t) => t.commands.ledger,
  example: "ledger",
  may: "share.create",
  args: {},
  async run(c) {
    const { t, work, person } = c;
    const l = t.information.ledger;
    const lines = await ledgerOf(work, person.agencyId);
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
        ],
      },
    };
  },
});
