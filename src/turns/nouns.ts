import { matchesWaiting } from "../matches/turn.js";
import { joinersWaiting } from "../people/turn.js";
import { figuresWaiting } from "../plan/turn.js";
import { sharesWaiting, usesWaiting } from "../shares/turn.js";
import { tasksWaiting } from "../tasks/turn.js";
import { trainingWaiting } from "../training/turn.js";
import type { Waiter } from "./turn.js";

/** Every kind of item that can wait for somebody, beside meetings, which also show what is merely to come. */
export const NOUNS: readonly Waiter[] = [
  tasksWaiting,
  sharesWaiting,
  usesWaiting,
  figuresWaiting,
  trainingWaiting,
  matchesWaiting,
  joinersWaiting,
];
