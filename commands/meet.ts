import { addDays } from "date-fns";
import { agenciesInvited, httpsUrl, invited, keyed, label, optional, person, rest, text } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { schedule as call } from "../src/meetings/acts/calling.js";
import { length, schedule } from "../src/meetings/args.js";
import { clashesOf } from "../src/meetings/clashes.js";
import { describeRule } from "../src/meetings/recurrence.js";
import { meetingRules } from "../src/meetings/rules.js";
import { splitMeeting } from "../src/meetings/schedule-words.js";
import { currentOccurrence } from "../src/meetings/store.js";
import { whenLine } from "../src/meetings/views.js";
import { readerIn, sentence, withMarking } from "../src/reply.js";

export const meet = defineCommand({
  name: "meet",
  aliases: ["meet-schedule", "schedule"],
  group: "meetings",
  summary: (t) => t.commands.meet,
  example: "meet Monthly coordination every first Tue 10:00 60m with all",
  may: "meeting.call",
  args: {
    title: rest({ label: (t) => t.args.meetingTitle, max: 200 }),
    when: schedule(),
    minutes: optional(length({ label: (t) => t.args.length })),
    with: invited({ label: (t) => t.args.invited, hint: (t) => t.args.invitedHint }),
    place: keyed("place", text({ label: (t) => t.args.place, max: 200 })),
    link: keyed("link", httpsUrl({ label: (t) => t.args.link, hint: (t) => t.args.linkHint })),
    label: keyed("tlp", label({ label: (t) => t.args.label, hint: (t) => t.args.labelHint })),
    chair: keyed("chair", person({ label: (t) => t.args.chair })),
    secretary: keyed("secretary", person({ label: (t) => t.args.secretary })),
  },
  refine(raws, time) {
    if (raws.title === undefined) return raws;
    // What was said by key stands; the words give the rest.
    const said = Object.entries(raws).filter(([name, raw]) => name !== "title" && raw !== undefined);
    return { ...splitMeeting(raws.title, time), ...Object.fromEntries(said) };
  },
  async run(c, { title, when, minutes, with: asked, ...more }) {
    const { t, work } = c;
    const calling = {
      ...more,
      title,
      minutes: minutes ?? when.minutes ?? 60,
      agencies: await agenciesInvited(c, asked),
      persons: asked.persons,
    };
    const meeting = await call(c, calling, when);
    const reader = readerIn(c);
    const first = await currentOccurrence(work, meeting);
    const said = [
      withMarking(
        c,
        t.meetings.called({
          ref: meeting.ref,
          when: first ? whenLine(work, meeting, first, reader) : when.start,
          repeats: when.rule && describeRule(when.rule, when.start, c.person.lang, when.zone),
        }),
        meeting.label,
        more.label,
      ),
    ];
    const { noticeDays } = meetingRules(work.body);
    if (first && first.startsAt < addDays(work.now, noticeDays))
      said.push(t.meetings.shortNotice({ days: noticeDays }));
    said.push(...(await clashesOf(work, meeting, reader)));
    return sentence(c, said.join(" "));
  },
});
