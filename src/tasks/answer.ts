import type { Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { answeredBy, shownNow } from "../command/reply.js";
import type { Task } from "./model.js";
import { taskCard } from "./notifications.js";
import { cardOf } from "./views.js";

/** After an act on a task. */
export const answered = (c: Context, task: Task, text: string): Promise<Reply> =>
  answeredBy(c, text, { notification: taskCard, params: { task: task.id }, ref: task.ref });

export const shown = (c: Context, task: Task): Promise<Reply> => shownNow(c, (reader) => cardOf(c.work, task, reader));
