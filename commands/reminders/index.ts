import { defineFolder } from "../../src/command/folder.js";
import { gotit } from "./acknowledge.js";
import { ladder } from "./ladder.js";
import { remind } from "./remind.js";
import { snooze } from "./snooze.js";

export const folder = defineFolder({
  order: 11,
  commands: [snooze, remind, gotit, ladder],
});
