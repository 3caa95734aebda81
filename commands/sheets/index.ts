import { defineFolder } from "../../src/command/folder.js";
import { sheetedit } from "./edit.js";
import { sheetremove } from "./remove.js";
import { sheet } from "./sheet.js";
import { sheetverify } from "./verify.js";
import { sheetwrite } from "./write.js";

export const folder = defineFolder({
  order: 71,
  commands: [sheet, sheetwrite, sheetedit, sheetverify, sheetremove],
  topics: {},
});
