import { ref } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { removeSheet } from "../../src/sheets/acts.js";
import { SHEETS } from "../../src/sheets/store.js";
import { titled } from "../../src/sheets/views.js";

export const sheetremove = defineCommand({
  name: "sheet-remove",
  group: "directory",
  summary: (t) => t.commands["sheet-remove"],
  example: "sheet remove P-3",
  may: "authority.write",
  args: { ref: ref(SHEETS) },
  allows: (c, ref) => SHEETS.find(c, ref),
  async run(c, { ref }) {
    const removed = await removeSheet(c, await SHEETS.find(c, ref));
    return sentence(c, c.t.sheets.removed({ ref: removed.ref, what: titled(removed, readerIn(c)) }));
  },
});
