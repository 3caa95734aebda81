import { addHours, addMinutes, max, subDays, subHours, subMinutes } from "date-fns";
import { bodyCalendar } from "../people/model.js";
import type { Audience, Rung } from "../reminders/ladder.js";
import { lay } from "../reminders/store.js";
import { addWorkingDays, humaneMoment, type WorkCalendar } from "../time/index.js";
import type { Work } from "../work.js";
import { type Meeting, type Occurrence, occurrenceItem } from "./model.js";
import { freezesAt, meetingRules, packAt } from "./rules.js";

/** The steps of an occurrence: what people are reminded of, and what the clock does by itself. */
export const OCCURRENCE = "occurrence";
export const POLL = "poll";

/** So long before it closes, agencies are asked for their items. */
const AGENDA_CALL_HOURS = 24;
const RSVP_WORKING_DAYS = 3;
/** Shortly before, at any hour: whoever comes to an early meeting wants it early. */
const SOON_MINUTES = 15;
/** Still running so long after its end: somebody forgot to press End. */
const FORGOTTEN_MINUTES = 30;

export async function layOccurrence(work: Work, meeting: Meeting, occurrence: Occurrence): Promise<void> {
  const about = occurrence.state === "ended" ? occurrence.correctBy : occurrence.startsAt;
  await lay(work, occurrenceItem(occurrence), occurrence.ladder, about, rungsOf(work, meeting, occurrence));
}

function rungsOf(work: Work, meeting: Meeting, occurrence: Occurrence): Rung[] {
  const { now, body } = work;
  const calendar = bodyCalendar(body, occurrence.startsAt.getUTCFullYear());
  const rung = (step: string, to: Audience, nominal: Date, at = nominal): Rung[] =>
    at > now ? [{ step, to, at, nominal }] : [];
  const humane = (step: string, to: Audience, nominal: Date | undefined, deadline: Date): Rung[] =>
    nominal ? rung(step, to, nominal, humaneMoment(nominal, { calendar, lifeSafety: false, deadline })) : [];
  switch (occurrence.state) {
    case "scheduled": {
      if (meeting.state === "cancelled") return [];
      const start = occurrence.startsAt;
      const freeze = freezesAt(body, occurrence);
      const pack = packAt(body, occurrence);
      const soonest = addMinutes(now, 1);
      return [
        ...humane("agenda", "own", subHours(freeze, AGENDA_CALL_HOURS), freeze),
        ...humane("rsvp", "own", addWorkingDays(calendar, start, -RSVP_WORKING_DAYS), start),
        // Called at short notice: who was asked has the card, and the pack follows at once where there is still time.
        ...(pack > now ? rung("pack", "clock", pack) : soonest < start ? rung("pack", "clock", soonest) : []),
        ...rung("soon", "own", subMinutes(start, SOON_MINUTES)),
        ...rung("start", "officers", start),
      ];
    }
    case "running":
      return rung(
        "end",
        "officers",
        addMinutes(max([occurrence.endsAt, occurrence.startedAt ?? now]), FORGOTTEN_MINUTES),
      );
    case "ended": {
      if (occurrence.minutesState !== "circulated" || !occurrence.correctBy) return [];
      const by = occurrence.correctBy;
      return [
        ...humane("correct", "own", addWorkingDays(calendar, by, -1), by),
        ...(meetingRules(body).approval === "silence"
          ? rung("silence", "clock", by)
          : rung("corrected", "officers", by)),
      ];
    }
    case "cancelled":
      return [];
  }
}

/** Those who have not voted are reminded a day and two hours before a poll closes; then the clock closes it. */
export async function layPoll(work: Work, meeting: Meeting): Promise<void> {
  const { now, body } = work;
  const until = meeting.state === "polling" ? meeting.pollUntil : undefined;
  const rungs: Rung[] = [];
  if (until) {
    const calendar: WorkCalendar = bodyCalendar(body, until.getUTCFullYear());
    for (const [step, nominal] of [
      ["before-1d", subDays(until, 1)],
      ["before-2h", subHours(until, 2)],
    ] as const) {
      const at = humaneMoment(nominal, { calendar, lifeSafety: false, deadline: until, notBefore: now });
      if (at > now) rungs.push({ step, to: "own", at, nominal });
    }
    rungs.push({ step: "close", to: "clock", at: until, nominal: until });
  }
  await lay(work, { kind: POLL, id: meeting.id }, meeting.ladder, until, rungs);
}

/** The end of the time in which minutes can be corrected: so many working days of the body, at the end of the day. */
export function correctBy(work: Work): Date {
  const calendar = bodyCalendar(work.body, work.now.getUTCFullYear());
  return (
    addWorkingDays(calendar, work.now, meetingRules(work.body).correctDays) ??
    addHours(work.now, 24 * meetingRules(work.body).correctDays)
  );
}
