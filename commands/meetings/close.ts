import type { Reply } from "../../src/chat/index.js";
import { choice, optional, ref, wholeNumber } from "../../src/command/args.js";
import type { Context } from "../../src/command/define.js";
import { defineCommand } from "../../src/command/define.js";
import { offered, readerIn } from "../../src/command/reply.js";
import { closePoll, slotPicked } from "../../src/meetings/acts/poll.js";
import { answered } from "../../src/meetings/answer.js";
import { findMeeting } from "../../src/meetings/find.js";
import type { Meeting } from "../../src/meetings/model.js";
import type { PollResult } from "../../src/meetings/poll-results.js";
import { currentOccurrence, MEETINGS } from "../../src/meetings/store.js";
import { slotWhen, whenLine } from "../../src/meetings/views.js";

export const meetclose = defineCommand({
  name: "meet-close",
  group: "meetings",
  summary: (t) => t.commands["meet-close"],
  example: "meet close M-12 2",
  args: {
    ref: ref(MEETINGS),
    slot: optional(wholeNumber({ label: (t) => t.args.slot, max: 10 })),
    anyway: {
      ...optional(
        choice({ label: (t) => t.args.slot, values: ["anyway"] as const, show: (t) => t.meetings.poll.anyway }),
      ),
      silent: true as const,
    },
  },
  async run(c, { ref, slot, anyway }) {
    const polling = await findMeeting(c, ref, "run");
    const picked = await slotPicked(c, polling, slot);
    // Said before it is done: nobody would come.
    if (anyway === undefined && picked.yes.length + picked.maybe.length === 0) return nobodyCan(c, polling, picked);
    if (anyway === undefined && picked.taken) return takenBefore(c, polling, picked);
    const meeting = await closePoll(c, polling, picked);
    const first = await currentOccurrence(c.work, meeting);
    const when = first ? whenLine(c.work, meeting, first, readerIn(c)) : "";
    return answered(c, meeting, c.t.meetings.poll.closed({ ref: meeting.ref, when }));
  },
});

function nobodyCan(c: Context, meeting: Meeting, slot: PollResult): Reply {
  const when = slotWhen(c.work, meeting, slot, readerIn(c));
  return askAnyway(c, meeting, slot, c.t.meetings.poll.nobodyCan({ ref: meeting.ref, when, n: slot.n }));
}

/** Another meeting has come into the hour since it was offered. */
function takenBefore(c: Context, meeting: Meeting, slot: PollResult): Reply {
  const when = slotWhen(c.work, meeting, slot, readerIn(c));
  const slots = [c.t.meetings.poll.slot({ when, ref: slot.taken?.ref })];
  return askAnyway(c, meeting, slot, c.t.meetings.poll.takenAnyway({ ref: meeting.ref, n: slot.n, slots }));
}

function askAnyway(c: Context, meeting: Meeting, slot: PollResult, text: string): Reply {
  const { t, work } = c;
  const value = `${work.body.slug}/${meeting.ref} ${slot.n} anyway`;
  const button = { type: "button" as const, id: "meet-close", label: t.meetings.poll.anyway, value };
  return offered(c, text, c.onBehalf ? [] : [button]);
}
