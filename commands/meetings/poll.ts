import {
  agenciesInvited,
  httpsUrl,
  invited,
  keyed,
  label,
  optional,
  person,
  rest,
  text,
  when,
} from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { withMarking } from "../../src/command/reply.js";
import { refuse } from "../../src/lib/refusal.js";
import { openPoll } from "../../src/meetings/acts/calling.js";
import { proposedSlots } from "../../src/meetings/acts/poll.js";
import { undoable } from "../../src/meetings/answer.js";
import { length, readSchedule, slotsIn, slotWords, sure } from "../../src/meetings/args.js";
import { askedFor } from "../../src/meetings/invited.js";
import { type Meeting, takesPart } from "../../src/meetings/model.js";
import { pollResultsOf } from "../../src/meetings/poll-results.js";
import { splitPoll } from "../../src/meetings/poll-words.js";
import { toInstant } from "../../src/meetings/recurrence.js";
import { showAt } from "../../src/time/display.js";

/** As many dates as Coord proposes by itself. */
const PROPOSED = 5;

export const meetpoll = defineCommand({
  name: "meet-poll",
  group: "meetings",
  summary: (t) => t.commands["meet-poll"],
  example: "meet poll Joint plan for spring 60m with @police, @labour by Fri 17:00",
  may: "meeting.call",
  args: {
    title: rest({ label: (t) => t.args.meetingTitle, max: 200 }),
    minutes: optional(length({ label: (t) => t.args.length })),
    with: invited({ label: (t) => t.args.invited, hint: (t) => t.args.invitedHint }),
    until: when({ label: (t) => t.args.pollUntil }),
    slots: slotWords({ label: (t) => t.args.slots, hint: (t) => t.args.slotsHint }),
    place: keyed("place", text({ label: (t) => t.args.place, max: 200 })),
    link: keyed("link", httpsUrl({ label: (t) => t.args.link, hint: (t) => t.args.linkHint })),
    label: keyed("tlp", label({ label: (t) => t.args.label, hint: (t) => t.args.labelHint })),
    chair: keyed("chair", person({ label: (t) => t.args.chair })),
    secretary: keyed("secretary", person({ label: (t) => t.args.secretary })),
    sure: sure(),
  },
  refine(raws) {
    if (raws.title === undefined) return raws;
    const { title, minutes, with: asked } = splitPoll(raws.title);
    const said = Object.entries(raws).filter(([name, raw]) => name !== "title" && raw !== undefined);
    return { title, minutes, with: asked, ...Object.fromEntries(said) };
  },
  async run(c, { title, minutes = 60, with: asked, until, slots, sure: answered, ...more }) {
    const { t, work, person } = c;
    const agencies = await agenciesInvited(c, asked);
    const walls = slots === undefined ? await proposed() : typed(slots);
    const meeting = await openPoll(
      c,
      { ...more, title, minutes, agencies, persons: asked.persons, all: asked.all },
      walls,
      until.at,
    );
    const show = showAt(work, person, until.at);
    const said = [
      withMarking(
        c,
        t.meetings.poll.opened({ ref: meeting.ref, count: walls.length, until: show }),
        meeting.label,
        more.label,
      ),
      ...(slots === undefined || answered ? [] : await takenIn(meeting)),
    ];
    return undoable(c, meeting, said.join(" "));

    /** What was filled in is not asked about: it is said. */
    async function takenIn(poll: Meeting): Promise<string[]> {
      const found = (await pollResultsOf(work, poll, c.viewer)).flatMap(({ startsAt, taken }) =>
        taken ? [t.meetings.poll.slot({ when: showAt(work, person, startsAt), ref: taken.ref })] : [],
      );
      return found.length ? [t.meetings.poll.taken({ slots: found })] : [];
    }

    async function proposed(): Promise<string[]> {
      const all = [person, ...(await askedFor(work, agencies)), ...asked.persons].filter(takesPart);
      const people = [...new Map(all.map((one) => [one.id, one])).values()];
      const found = await proposedSlots(work, people, minutes, until.at, PROPOSED);
      return found.length < 2 ? refuse((m) => m.errors.noSlotsFound) : found;
    }

    function typed(words: string): string[] {
      const parts = slotsIn(words);
      if (parts.length < 2 || parts.length > 10) refuse((m) => m.errors.slots({ count: parts.length }));
      // Dates of a poll are in the body's zone, so that everybody reads the same list.
      const found = parts.map((part) => readSchedule(c, part, work.body.zone).start).sort();
      const early = found.find((wall) => toInstant(wall, work.body.zone) <= until.at);
      if (early) refuse((m) => m.errors.slotBeforeVote({ slot: early.replace("T", " ") }));
      return new Set(found).size < found.length ? refuse((m) => m.errors.sameSlot) : found;
    }
  },
});
