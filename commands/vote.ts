import { ref } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { vote as castVote } from "../src/meetings/acts/rsvp.js";
import { answered } from "../src/meetings/answer.js";
import { slotNumbers } from "../src/meetings/args.js";
import { findMeeting } from "../src/meetings/find.js";
import { slotsOf } from "../src/meetings/tally.js";
import { refuse } from "../src/refusal.js";
import type { Vote } from "../src/store/meeting-tables.js";

export const vote = defineCommand({
  name: "vote",
  group: "meetings",
  summary: (t) => t.commands.vote,
  example: "vote M-12 yes:1,3 maybe:2",
  formOnButton: true,
  args: {
    ref: ref("meeting", "M"),
    yes: slotNumbers({ key: "yes", label: (t) => t.meetings.poll.yes }),
    maybe: slotNumbers({ key: "maybe", label: (t) => t.meetings.poll.maybe }),
  },
  async run(c, { ref, yes = [], maybe = [] }) {
    const meeting = await findMeeting(c, ref);
    const slots = new Set((await slotsOf(c.work, meeting)).map(({ n }) => n));
    for (const n of [...yes, ...maybe])
      if (!slots.has(n) && meeting.state === "polling")
        refuse((t) => t.errors.noSlot({ ref: meeting.ref, slots: slots.size }));
    const said = new Map<number, Vote>([
      ...maybe.map((n) => [n, "maybe"] as const),
      ...yes.map((n) => [n, "yes"] as const),
    ]);
    const changed = await castVote(c, meeting, said);
    return answered(c, changed, c.t.meetings.poll.voted({ ref: meeting.ref, yes: said.size }));
  },
});
