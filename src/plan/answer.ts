import type { Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { answeredBy } from "../command/reply.js";
import type { Objective } from "./model.js";
import { planCard } from "./notifications.js";

/** After an act on an objective. */
export const answered = (c: Context, objective: Objective, text: string): Promise<Reply> =>
  answeredBy(c, text, { notification: planCard, params: { objective: objective.id }, ref: objective.ref });
