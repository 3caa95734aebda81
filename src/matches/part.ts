import type { Part } from "../items/define.js";
import { takeList } from "./import.js";
import { matchHit } from "./notifications.js";
import { matchEnds } from "./reminding.js";
import { silentAsked } from "./silent.js";
import { matchesWaiting } from "./turn.js";

export const part: Part = {
  notifications: [matchHit, silentAsked],
  takes: { import: takeList },
  reminders: [matchEnds],
  waiting: matchesWaiting,
};
