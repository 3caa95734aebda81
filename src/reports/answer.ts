import type { Reply } from "../chat/index.js";
import type { Context } from "../command.js";
import { answeredBy } from "../reply.js";
import type { Summary } from "./model.js";
import { summaryCard } from "./notices.js";

/** After an act on a summary. */
export const answered = (c: Context, summary: Summary, text: string): Promise<Reply> =>
  answeredBy(c, text, { notice: summaryCard, params: { summary: summary.id }, ref: summary.ref });
