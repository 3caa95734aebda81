import { addDays } from "date-fns";
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
} from "../../src/command/args.js";
import { defineCommand } from "../../src/command/define.js";
import { readerIn, withMarking } from "../../src/command/reply.js";
import { schedule as call } from "../../src/meetings/acts/calling.js";
import { undoable } from "../../src/meetings/answer.js";
import { length, schedule, sure } from "../../src/meetings/args.js";
import { clashesOf } from "../../src/meetings/clashes.js";
import type { Occurrence } from "../../src/meetings/model.js";
import { describeRule } from "../../src/meetings/rule-words.js";
import { meetingRules } from "../../src/meetings/rules.js";
import { splitMeeting } from "../../src/meetings/schedule/index.js";
import { occurrencesOf } from "../../src/meetings/store.js";
import { showsWords, whenLine } from "../../src/meetings/views.js";
import { formatDay } from "../../src/time/index.js";

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
    sure: sure(),
  },
  refine(raws, time) {
    if (raws.title === undefined) return raws;
    // What was said by key stands; the words give the rest.
    const said = Object.entries(raws).filter(([name, raw]) => name !== "title" && raw !== undefined);
    const { quoted, ...parts } = splitMeeting(raws.title, time);
    return { ...parts, ...(quoted ? { sure: "yes" } : {}), ...Object.fromEntries(said) };
  },
  async run(c, { title, when, minutes, with: asked, sure: _, ...more }) {
    const { t, work } = c;
    const calling = {
      ...more,
      title,
      minutes: minutes ?? when.minutes ?? 60,
      agencies: await agenciesInvited(c, asked),
      persons: asked.persons,
      all: asked.all,
    };
    const meeting = await call(c, calling, when);
    const reader = readerIn(c);
    const shown = (one: Occurrence) => whenLine(work, meeting, one, reader);
    const coming = (await occurrencesOf(work, meeting)).filter(({ startsAt }) => startsAt > work.now);
    const [first, ...next] = coming.slice(0, SHOWN);
    const said = [
      withMarking(
        c,
        t.meetings.called({
          ref: meeting.ref,
          said: showsWords(meeting, reader) ? meeting.title : undefined,
          when: first ? shown(first) : when.start,
          repeats: when.rule && describeRule(when.rule, when.start, c.person.lang, when.zone, when.except),
          next: next.map(({ startsAt }) => formatDay(startsAt, reader.zone, reader.lang, { now: work.now })),
        }),
        meeting.label,
        more.label,
      ),
    ];
    const { noticeDays } = meetingRules(work.body);
    if (first && first.startsAt < addDays(work.now, noticeDays))
      said.push(t.meetings.shortNotice({ days: noticeDays }));
    said.push(...(await clashesOf(work, meeting, reader)));
    return undoable(c, meeting, said.join(" "));
  },
});

/** So many dates are told before the others are left to the calendar. */
const SHOWN = 3;
