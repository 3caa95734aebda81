import { defineFolder } from "../../src/command/folder.js";
import { matchadd } from "./add.js";
import { matchhits } from "./hits.js";
import { matchimport } from "./import.js";
import { matchlist } from "./list.js";
import { matchremove } from "./remove.js";
import { matchrenew } from "./renew.js";

export const folder = defineFolder({
  order: 31,
  commands: [matchadd, matchlist, matchremove, matchrenew, matchhits, matchimport],
});
