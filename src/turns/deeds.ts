import type { Messages } from "../i18n/index.js";

/**
 * What there is to do next with an item, whatever its kind. What each noun calls its own stands in its words, under
 * `turns.deeds`; with a task it mostly goes without saying.
 */
export type Deed = "accept" | "hand" | "do" | "close" | keyof Messages["turns"]["deeds"];
