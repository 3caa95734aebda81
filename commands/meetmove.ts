import { choice, optional, ref, rest } from "../src/args.js";
import { defineCommand } from "../src/command.js";
import { moveAll, moveOne } from "../src/meetings/acts/calling.js";
import { readSchedule } from "../src/meetings/args.js";
import { clashesOf } from "../src/meetings/clashes.js";
import { findHeld } from "../src/meetings/find.js";
import { currentOccurrence, occurrenceByN } from "../src/meetings/store.js";
import { whenLine } from "../src/meetings/views.js";
import { refuse } from "../src/refusal.js";
import { readerIn, sentence } from "../src/reply.js";

const BARE_TIME = /^(?:at |à )?([01]?\d|2[0-3])[:h.]([0-5]\d)?$/i;

export const meetmove = defineCommand({
  name: "meet-move",
  aliases: ["reschedule"],
  group: "meetings",
  summary: (t) => t.commands["meet-move"],
  example: "meet move M-12 Thu 11:00",
  args: {
    ref: ref("meeting", "M"),
    scope: optional(
      choice({
        label: (t) => t.args.scope,
        values: ["this", "all"] as const,
        show: (t, value) => t.args.scopes[value],
      }),
    ),
    when: rest({ label: (t) => t.args.schedule, hint: (t) => t.args.scheduleHint, max: 120 }),
  },
  async run(c, { ref, scope, when }) {
    const { work, t } = c;
    const { meeting, occurrence } = await findHeld(c, ref, "run");
    const all = scope === "all" && meeting.rule !== undefined;
    // A series keeps its own zone; one occurrence is said in the zone of who moves it.
    const said = readSchedule(c, keptDay(when), all ? meeting.zone : c.person.zone);
    if (!all && said.rule && meeting.rule) refuse((m) => m.errors.keepRule({ said: when.slice(0, 60) }));
    const bare = BARE_TIME.test(when.trim());
    const changed = all
      ? await moveAll(c, meeting, said.rule ? said : { ...said, start: keepsRule(said.start), rule: meeting.rule })
      : meeting.rule || !said.rule
        ? await moveOne(c, meeting, occurrence, { wall: said.start, zone: said.zone, minutes: said.minutes })
        : await moveAll(c, meeting, said);
    const now =
      (all ? await currentOccurrence(work, changed) : await occurrenceByN(work, changed, occurrence.n)) ?? occurrence;
    const reader = readerIn(c);
    const text = [t.meetings.moved({ ref: all ? changed.ref : now.ref, when: whenLine(work, changed, now, reader) })];
    text.push(...(await clashesOf(work, changed, reader)));
    return sentence(c, text.join(" "));

    /** A time alone keeps the day of the occurrence. */
    function keptDay(words: string): string {
      const time = BARE_TIME.exec(words.trim());
      return time ? `${occurrence.wall.slice(0, 10)} ${time[1]?.padStart(2, "0")}:${time[2] ?? "00"}` : words;
    }

    /** Without a rule only the time of a series can change: which days it should fall on is for the rule to say. */
    function keepsRule(start: string): string {
      return bare ? start : refuse((m) => m.errors.keepRule({ said: when.slice(0, 60) }));
    }
  },
});
