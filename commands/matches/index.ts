import { matchadd } from "./add.js";
import { matchhits } from "./hits.js";
import { matchimport } from "./import.js";
import { matchlist } from "./list.js";
import { matchremove } from "./remove.js";
import { matchrenew } from "./renew.js";

/** In the order in which help shows them. */
export const matchesCommands = [matchadd, matchlist, matchremove, matchrenew, matchhits, matchimport];
