import type { Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { answeredBy } from "../command/reply.js";
import type { Summary } from "./model.js";
import { summaryCard } from "./notifications.js";

/** After an act on a summary. */
export const answered = (c: Context, summary: Summary, text: string): Promise<Reply> =>
  answeredBy(c, text, { notification: summaryCard, params: { summary: summary.id }, ref: summary.ref });
