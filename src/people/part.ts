import type { Part } from "../items/define.js";
import { joinAsked, pleaseBind, secondAsked, secondJoined, welcome } from "./notifications.js";
import { joinersWaiting } from "./turn.js";

export const part: Part = {
  notifications: [welcome, joinAsked, pleaseBind, secondAsked, secondJoined],
  waiting: joinersWaiting,
};
