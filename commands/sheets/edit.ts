import { optional, ref, version } from "../../src/command/args.js";
import { defineCommand, type Raws } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { checkSeen } from "../../src/items/kind.js";
import { changeSheet, type SheetEdit } from "../../src/sheets/acts.js";
import { ofSheet, possible, receiving } from "../../src/sheets/args.js";
import { SAID, type Sheet } from "../../src/sheets/model.js";
import { SHEETS } from "../../src/sheets/store.js";
import { saidOf } from "../../src/sheets/views.js";

/** With nothing to change it shows what the sheet says, in a form. */
export const sheetedit = defineCommand({
  name: "sheet-edit",
  group: "directory",
  summary: (t) => t.commands["sheet-edit"],
  example: "sheet edit P-3 takes:2 months",
  may: "authority.write",
  args: { ref: ref(SHEETS), seen: optional(version()), possible: optional(possible()), ...ofSheet() },
  allows: (c, ref) => SHEETS.find(c, ref),
  async run(c, { ref, seen, receives, ...said }) {
    const sheet = await SHEETS.find(c, ref);
    checkSeen(sheet, seen);
    if (c.via !== "form" && [receives, ...Object.values(said)].every((value) => value === undefined))
      return c.form("sheet-edit", standing(sheet));
    const edit = { ...said, receives: await receiving(c, receives, sheet.country) };
    const changed = await changeSheet(c, sheet, c.via === "form" ? emptied(edit) : edit);
    return sentence(
      c,
      c.t.sheets.changed({ ref: changed.ref, said: saidOf(c.work, changed, sheet, readerIn(c)) || undefined }),
    );
  },
});

/** A form shows everything, so what comes back empty was emptied; a line says only what changes. */
const emptied = (edit: SheetEdit): SheetEdit => ({
  ...Object.fromEntries(SAID.map((one) => [one, edit[one] ?? null])),
  ...{ possible: edit.possible, receives: edit.receives ?? null, langs: edit.langs ?? [] },
});

const standing = (sheet: Sheet): Raws => ({
  ...{ ref: sheet.ref, seen: `v${sheet.version}`, possible: sheet.possible, receives: sheet.receives?.ref },
  ...{ langs: sheet.langs.join(" ") || undefined },
  ...Object.fromEntries(SAID.map((one) => [one, sheet[one]])),
});
