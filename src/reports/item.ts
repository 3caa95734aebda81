import { defineItem } from "../items/define.js";
import { summaryOpeners } from "./files.js";
import { openKey } from "./keys.js";
import { summaryCard } from "./notifications.js";
import { SUMMARIES } from "./store.js";

export const summary = defineItem({
  kind: SUMMARIES,
  notifications: [summaryCard],
  opens: { ...summaryOpeners, "report-key": openKey },
});
