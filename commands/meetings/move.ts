import { choice, optional, ref, rest } from "../../src/command/args.js";
import { type Arg, defineCommand } from "../../src/command/define.js";
import { wholePick } from "../../src/command/picker.js";
import { readerIn, sentence } from "../../src/command/reply.js";
import { inAny } from "../../src/i18n/grammar/index.js";
import { refuse } from "../../src/lib/refusal.js";
import { moveAll, moveOne } from "../../src/meetings/acts/calling.js";
import { mayMove } from "../../src/meetings/allows.js";
import { readSchedule, scheduleField } from "../../src/meetings/args.js";
import { clashesOf } from "../../src/meetings/clashes.js";
import { findHeld } from "../../src/meetings/find.js";
import type { Meeting } from "../../src/meetings/model.js";
import { retimed, toLocalTime } from "../../src/meetings/recurrence.js";
import { MEETINGS, occurrenceByN, occurrencesOf } from "../../src/meetings/store.js";
import { whenLine } from "../../src/meetings/views.js";

const BARE_TIME = new RegExp(
  `^(?:(?:${inAny(({ time }) => time.atFigure)}) )?([01]?\\d|2[0-3])[:h.]([0-5]\\d)?$`,
  "iu",
);

function bareTime(said: string): string | undefined {
  const time = BARE_TIME.exec(said.trim());
  return time ? `${time[1]?.padStart(2, "0")}:${time[2] ?? "00"}` : undefined;
}

/** A time that is picked alone is that time on the day that it has. */
const picked = (said: Arg<string>): Arg<string> => ({
  ...said,
  async parse(c, raw) {
    const bare = raw.replace(/^T(?=\d\d:\d\d$)/, "");
    wholePick(c, bare, { words: true });
    return said.parse(c, bare);
  },
  field: async (c, raw) => scheduleField(c, raw),
});

export const meetmove = defineCommand({
  name: "meet-move",
  aliases: ["reschedule"],
  group: "meetings",
  summary: (t) => t.commands["meet-move"],
  example: "meet move M-12 Thu 11:00",
  args: {
    ref: ref(MEETINGS),
    scope: optional(
      choice({
        label: (t) => t.args.scope,
        values: ["this", "all"] as const,
        show: (t, value) => t.args.scopes[value],
      }),
    ),
    when: picked(rest({ label: (t) => t.args.schedule, max: 120 })),
  },
  allows: mayMove,
  async run(c, { ref, scope, when }) {
    const { work, t } = c;
    const { meeting, occurrence } = await findHeld(c, ref, "run");
    const all = scope === "all" && meeting.rule !== undefined;
    const changed = all ? await series() : await one();
    const now = all
      ? (await occurrencesOf(work, changed)).find(({ state, startsAt }) => state === "scheduled" && startsAt > work.now)
      : await occurrenceByN(work, changed, occurrence.n);
    const reader = readerIn(c);
    const shown = now ?? occurrence;
    const text = [
      t.meetings.moved({ ref: all ? changed.ref : shown.ref, when: whenLine(work, changed, shown, reader) }),
    ];
    text.push(...(await clashesOf(work, changed, reader)));
    return sentence(c, text.join(" "));

    /** A series keeps its own zone. Without a rule only its time can change: which days it falls on is for the rule to say. */
    async function series(): Promise<Meeting> {
      const { starts, zone, rule, except } = meeting;
      const time = bareTime(when);
      if (time === undefined || !starts || !rule) {
        const said = readSchedule(c, when, zone);
        return said.rule ? moveAll(c, meeting, said) : refuse((m) => m.errors.keepRule({ said: when.slice(0, 60) }));
      }
      // The day that the rule gives the next one, wherever that one was moved to by itself.
      const next = (await occurrencesOf(work, meeting)).find(
        ({ state, startsAt }) => state === "scheduled" && startsAt > work.now,
      );
      if (!next) return refuse((m) => m.errors.nothingToCome({ ref: meeting.ref }));
      const { start, zone: kept } = readSchedule(c, `${next.ruleWall.slice(0, 10)} ${time}`, zone);
      return moveAll(c, meeting, retimed({ start: starts, zone: kept, rule, except }, next.ruleWall, start.slice(11)));
    }

    /** One occurrence is said in the zone of who moves it, and by a time alone stays on the day that it has there. */
    async function one(): Promise<Meeting> {
      const time = bareTime(when);
      const day = toLocalTime(occurrence.startsAt, c.person.zone).slice(0, 10);
      const said = readSchedule(c, time === undefined ? when : `${day} ${time}`, c.person.zone);
      if (said.rule && meeting.rule) refuse((m) => m.errors.keepRule({ said: when.slice(0, 60) }));
      return said.rule
        ? moveAll(c, meeting, said)
        : moveOne(c, meeting, occurrence, { wall: said.start, zone: said.zone, minutes: said.minutes });
    }
  },
});
