import { optional, ref, version } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { answeredBy } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { check, findRequest } from "../../src/requests/acts/moving.js";
import { answerSafety, checkStoppable } from "../../src/requests/acts/stopping.js";
import { answered } from "../../src/requests/answer.js";
import { safetyArgs } from "../../src/requests/args.js";
import { fieldName } from "../../src/requests/checks.js";
import type { CoopRequest } from "../../src/requests/model.js";
import { requestCard } from "../../src/requests/notifications.js";
import { ownAnswers } from "../../src/requests/safety.js";
import { REQUESTS } from "../../src/requests/store.js";

/**
 * What a side knows of the safety of the people: before it is let run, at each look at it after, and before it starts again.
 * The dialog shows what that side answered last; an answer that is not safe stops everything.
 */
export const requestsafety = defineCommand({
  name: "request-safety",
  group: "requests",
  summary: (t) => t.commands["request-safety"],
  example: "request safety R-9",
  may: "request.use",
  submit: (t) => t.requests.buttons.keep,
  args: {
    ref: ref(REQUESTS),
    // What stood still as the dialog was opened: what was thought before a stop says nothing after it.
    seen: optional(version()),
    ...safetyArgs(),
  },
  allows: async (c, ref) => checkStoppable(await findRequest(c, ref)),
  async run(c, { ref, seen, ...given }) {
    const found = await findRequest(c, ref);
    if (c.via !== "form") {
      checkStoppable(found);
      check(c, "safety", found);
      const last = await ownAnswers(c.work, found, c.viewer.agencyId);
      return c.form("request-safety", { ref: found.ref, seen: `v${stopSeen(found)}`, ...last?.said });
    }
    if (seen !== undefined && seen !== stopSeen(found)) refuse((t) => t.errors.requestStoppedSince({ ref: found.ref }));
    const words = Object.fromEntries(Object.entries(given).flatMap(([id, said]) => (said ? [[id, String(said)]] : [])));
    const { one, refs, unsafe } = await answerSafety(c, found, words);
    if (unsafe.length === 0) return answered(c, one, "safety");
    const fields = unsafe.map((id) => fieldName(c.t, id));
    const text = refs.length
      ? c.t.requests.unsafeNow({ refs, fields })
      : c.t.requests.unsafeStays({ ref: one.ref, fields });
    return answeredBy(c, text, { notification: requestCard, params: { request: one.id }, ref: one.ref });
  },
});

/** Which stop it is: its second, in as many figures as a version has; 0 where it runs. */
const stopSeen = ({ stopped }: CoopRequest): number =>
  stopped ? Math.floor(stopped.at.getTime() / 1000) % 1_000_000_000 : 0;
