import type { Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { answeredBy, shownNow } from "../command/reply.js";
import type { Training } from "./model.js";
import { trainingCard } from "./notifications.js";
import { cardOf } from "./views.js";

/** After an act. */
export const answered = (c: Context, item: Training, text: string): Promise<Reply> =>
  answeredBy(c, text, { notification: trainingCard, params: { training: item.id }, ref: item.ref });

/** @param page of what was written about a session */
export const shown = (c: Context, item: Training, page: number): Promise<Reply> =>
  shownNow(c, (reader) => cardOf(c.work, item, reader, page));
