import { gotit } from "./acknowledge.js";
import { ladder } from "./ladder.js";
import { remind } from "./remind.js";
import { snooze } from "./snooze.js";

/** In the order in which help shows them. */
export const remindersCommands = [snooze, remind, gotit, ladder];
