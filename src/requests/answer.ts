import type { Reply } from "../chat/index.js";
import type { Context } from "../command/define.js";
import { answeredBy, readerIn } from "../command/reply.js";
import type { RequestAct } from "../policy/index.js";
import { showAt } from "../time/display.js";
import { type CoopRequest, calledTo } from "./model.js";
import { requestCard } from "./notifications.js";

/** After an act: what was understood, with the clock that runs from now on. */
export function answered(c: Context, one: CoopRequest, act: RequestAct): Promise<Reply> {
  const { t, work } = c;
  const due = one.dueAt && showAt(work, readerIn(c), one.dueAt);
  const until = one.postponedUntil && showAt(work, readerIn(c), one.postponedUntil);
  const said = t.requests.done[act]({ ref: one.ref, to: calledTo(one), from: one.from.name, until });
  const text =
    due && one.clock ? `${said} ${t.requests.dueNow({ what: t.requests.clocks[one.clock], when: due })}` : said;
  return answeredBy(c, text, { notification: requestCard, params: { request: one.id }, ref: one.ref });
}
