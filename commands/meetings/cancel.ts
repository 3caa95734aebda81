import { choice, optional, ref, rest } from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { sentence } from "../../src/command/reply.js";
import { cancelAll, cancelOne } from "../../src/meetings/acts/calling.js";
import { findMeeting, occurrenceMeant } from "../../src/meetings/find.js";
import { isMissed } from "../../src/meetings/model.js";
import { MEETINGS } from "../../src/meetings/store.js";

/** One occurrence of a series, or with `all` everything to come; a meeting that is held once, and a poll, as a whole. */
export const meetcancel = defineCommand({
  name: "meet-cancel",
  group: "meetings",
  summary: (t) => t.commands["meet-cancel"],
  example: "meet cancel M-12 The chair is ill",
  args: {
    ref: ref(MEETINGS),
    scope: optional(
      choice({
        label: (t) => t.args.scope,
        values: ["this", "all"] as const,
        show: (t, value) => t.args.scopes[value],
      }),
    ),
    reason: optional(rest({ label: (t) => t.args.reason, multiline: true })),
  },
  async run(c, { ref, scope, reason }) {
    const meeting = await findMeeting(c, ref, "run");
    const meant = meeting.state === "scheduled" ? await occurrenceMeant(c, meeting, ref) : undefined;
    const over = meant !== undefined && isMissed(meant, c.work.now);
    const said = over ? c.t.meetings.notHeld : c.t.meetings.cancelledDone;
    if (scope === "all" || !meeting.rule || meeting.state === "polling") {
      await cancelAll(c, meeting, reason);
      return sentence(c, said({ ref: meeting.ref }));
    }
    const occurrence = meant ?? (await occurrenceMeant(c, meeting, ref));
    await cancelOne(c, meeting, occurrence, reason);
    return sentence(c, said({ ref: occurrence.ref }));
  },
});
