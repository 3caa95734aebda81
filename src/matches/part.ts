import type { Part } from "../items/define.js";
import { matchHit } from "./notifications.js";
import { matchEnds } from "./reminding.js";
import { silentAsked } from "./silent.js";
import { matchesWaiting } from "./turn.js";

export const part: Part = {
  notifications: [matchHit, silentAsked],
  reminders: [matchEnds],
  waiting: matchesWaiting,
};
