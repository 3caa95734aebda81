import type { Reply } from "../../src/chat/index.js";
import { optional, ref, rest } from "../../src/command/args.js";
import type { Context } from "../../src/command/define.js";
import { defineCommand } from "../../src/command/define.js";
import { refuse } from "../../src/lib/refusal.js";
import { vote as castVote } from "../../src/meetings/acts/rsvp.js";
import { mayVote } from "../../src/meetings/allows.js";
import { answered } from "../../src/meetings/answer.js";
import { slotNumbers } from "../../src/meetings/args.js";
import { findMeeting } from "../../src/meetings/find.js";
import type { Meeting } from "../../src/meetings/model.js";
import { slotsOf } from "../../src/meetings/poll-results.js";
import { MEETINGS } from "../../src/meetings/store.js";
import type { Vote } from "../../src/store/meeting-tables.js";

export const vote = defineCommand({
  name: "vote",
  group: "meetings",
  summary: (t) => t.commands.vote,
  example: "vote M-12 yes:1,3 maybe:2",
  formOnButton: true,
  args: {
    ref: ref(MEETINGS),
    yes: slotNumbers({ key: "yes", label: (t) => t.meetings.poll.yes }),
    maybe: slotNumbers({ key: "maybe", label: (t) => t.meetings.poll.maybe }),
    words: { ...optional(rest({ label: (t) => t.meetings.poll.yes })), given: true as const, silent: true as const },
  },
  allows: mayVote,
  async run(c, { ref, yes, maybe, words }) {
    const meeting = await findMeeting(c, ref);
    // A vote is changed by a vote alone: what is none opens the form, which shows what was said before.
    if (c.via === "text" && meeting.state === "polling" && (words !== undefined || (!yes && !maybe))) {
      const numbers = words === undefined || !/^[\d\s,;.]+$/.test(words) ? undefined : words.replace(/[\s,;.]+/g, ",");
      const said = yes ?? numbers;
      return c.form("vote", { ref: ref.text, yes: said?.toString(), maybe: maybe?.join(",") });
    }
    return voted(c, meeting, yes ?? [], maybe ?? []);
  },
});

async function voted(c: Context, meeting: Meeting, yes: number[], maybe: number[]): Promise<Reply> {
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
}
