import { nextCheck } from "../../src/authorities/model.js";
import { optional, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { verifySheet } from "../../src/sheets/acts.js";
import { SHEETS } from "../../src/sheets/store.js";
import { showDay } from "../../src/time/display.js";

export const sheetverify = defineCommand({
  name: "sheet-verify",
  group: "directory",
  summary: (t) => t.commands["sheet-verify"],
  example: "sheet verify P-3 called the desk on 3 March",
  may: "authority.write",
  formOnButton: true,
  args: {
    ref: ref(SHEETS),
    source: optional(rest({ label: (t) => t.args.sheetSource, hint: (t) => t.args.authoritySourceHint, max: 300 })),
  },
  allows: (c, ref) => SHEETS.find(c, ref),
  async run(c, { ref, source }) {
    const checked = await verifySheet(c, await SHEETS.find(c, ref), source);
    const when = showDay(c.work, readerIn(c), nextCheck(checked.verifiedOn ?? ""));
    return sentence(c, c.t.sheets.verified({ ref: checked.ref, when }));
  },
});
