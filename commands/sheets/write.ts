import { countryOf } from "../../src/authorities/views.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { writeSheet } from "../../src/sheets/acts.js";
import { measure, ofSheet, possible, receiving, state } from "../../src/sheets/args.js";
import { measureName } from "../../src/sheets/measures.js";
import { saidOf } from "../../src/sheets/views.js";

export const sheetwrite = defineCommand({
  name: "sheet-write",
  aliases: ["sheet-add", "sheet-new"],
  group: "directory",
  summary: (t) => t.commands["sheet-write"],
  example: "sheet write FR video_testimony possible:partly instead:written questions langs:fr takes:3 months",
  may: "authority.write",
  args: { country: state(), measure: measure(), possible: possible(), ...ofSheet() },
  async run(c, { country, measure, langs = [], receives, ...facts }) {
    const sheet = await writeSheet(c, country, measure, {
      ...facts,
      ...{ langs, receives: await receiving(c, receives, country) },
    });
    return sentence(
      c,
      c.t.sheets.written({
        ...{ ref: sheet.ref, country: countryOf(sheet, c.person.lang), measure: measureName(c.t, measure) },
        said: saidOf(c.work, sheet, undefined, readerIn(c)),
      }),
    );
  },
});
