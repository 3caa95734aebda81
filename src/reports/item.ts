import { defineItem } from "../items/define.js";
import { summaryCard } from "./notifications.js";
import { SUMMARIES } from "./store.js";

export const summary = defineItem({ kind: SUMMARIES, notifications: [summaryCard] });
