import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { insteadOf, readerIn } from "../../src/command/reply.js";
import { askFirst, sure } from "../../src/command/sure.js";
import { removeSheet } from "../../src/sheets/acts.js";
import { SHEETS } from "../../src/sheets/store.js";
import { titled } from "../../src/sheets/views.js";

export const sheetremove = defineCommand({
  name: "sheet-remove",
  group: "directory",
  summary: (t) => t.commands["sheet-remove"],
  example: "sheet remove P-3",
  may: "authority.write",
  args: { ref: ref(SHEETS), sure: sure() },
  allows: (c, ref) => SHEETS.find(c, ref),
  async run(c, { ref, sure }) {
    const sheet = await SHEETS.find(c, ref);
    if (!sure) {
      const text = c.t.sheets.removeAsk({ what: titled(sheet, readerIn(c)) });
      return askFirst(c, "sheet-remove", sheet.ref, { text, yes: c.t.sure.removeYes });
    }
    const removed = await removeSheet(c, sheet);
    return insteadOf(c, c.t.sheets.removed({ ref: removed.ref, what: titled(removed, readerIn(c)) }));
  },
});
