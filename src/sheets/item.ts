import { defineItem } from "../items/define.js";
import { remindOfSheets, sheetChecksDue } from "./checks.js";
import { SHEETS } from "./store.js";

export const sheet = defineItem({
  kind: SHEETS,
  notifications: [sheetChecksDue],
  lookOut: remindOfSheets,
});
