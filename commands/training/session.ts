import {
  agenciesInvited,
  httpsUrl,
  invited,
  keyed,
  optional,
  ref,
  rest,
  text,
  wholeNumber,
} from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { length } from "../../src/meetings/args.js";
import { splitMeeting } from "../../src/meetings/schedule/index.js";
import { callSession, checkHolds } from "../../src/training/acts/sessions.js";
import { sessionDay } from "../../src/training/args.js";
import { withDays } from "../../src/training/day-words.js";
import { findTraining } from "../../src/training/find.js";
import { heldOf, TRAININGS } from "../../src/training/store.js";
import { whenOf } from "../../src/training/views.js";

const MINUTES = 120;

/** `training session K-2 first Tue of March 10:00 3h with @police, @iom`: a meeting, called by the rules of meetings. */
export const trainingsession = defineCommand({
  name: "training-session",
  group: "training",
  summary: (t) => t.commands["training-session"],
  example: "training session K-2 first Tue of March 10:00 3h with @police, @iom seats:20",
  may: "meeting.call",
  args: {
    ref: ref(TRAININGS),
    line: { ...optional(rest({ label: (t) => t.args.scheduleShown })), given: true as const, silent: true as const },
    when: sessionDay(),
    minutes: optional(length({ label: (t) => t.args.length })),
    with: optional(invited({ label: (t) => t.args.invited, hint: (t) => t.args.sessionInvitedHint })),
    seats: keyed("seats", wholeNumber({ label: (t) => t.args.seats, hint: (t) => t.args.seatsHint })),
    place: keyed("place", text({ label: (t) => t.args.place, max: 200 })),
    link: keyed("link", httpsUrl({ label: (t) => t.args.link, hint: (t) => t.args.linkHint })),
    follow: keyed("follow", wholeNumber({ label: (t) => t.args.followDays })),
  },
  refine({ line, ...raws }, time) {
    if (line === undefined) return raws;
    const { title, quoted: _, when, ...rest } = splitMeeting(withDays(line, time), time);
    const said = Object.entries(raws).filter(([, raw]) => raw !== undefined);
    // A session has its title from its topic: words that are no date go to where it is said what is wrong with them.
    return { ...rest, when: [title, when].filter(Boolean).join(" "), ...Object.fromEntries(said) };
  },
  allows: async (c, ref) => checkHolds(c, await findTraining(c, ref)),
  async run(c, { ref, when, minutes, with: asked, seats, place, link, follow }) {
    const source = await findTraining(c, ref);
    const session = await callSession(
      c,
      source,
      {
        minutes: minutes ?? when.minutes ?? MINUTES,
        agencies: asked ? await agenciesInvited(c, asked) : [],
        persons: asked?.persons ?? [],
        place,
        link,
        seats,
        followDays: follow,
      },
      when,
    );
    const held = session.meetingId ? await heldOf(c.work, session.meetingId) : undefined;
    if (!held) throw new Error("a session without a meeting");
    const shown = whenOf(c.work, held, readerIn(c));
    return sentence(c, c.t.training.called({ ref: session.ref, meeting: held.meeting.ref, when: shown }));
  },
});
