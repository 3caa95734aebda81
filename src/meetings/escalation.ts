import { addHours, addMinutes, max, sub, subMilliseconds, subMinutes } from "date-fns";
import type { Step } from "../escalation/fire.js";
import type { Audience, ScheduledStep } from "../escalation/schedule.js";
import { scheduleSteps } from "../escalation/store.js";
import { bodyCalendar, type Person, personCalendar } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { addWorkingDays, dayOf, plusDays, previousWorking, workingMoment } from "../time/index.js";
import { resolve, splitDay } from "../time/local.js";
import { voicesOf } from "./invited.js";
import { invitedTo, type Meeting, type Occurrence, occurrenceItem } from "./model.js";
import { slotsOf } from "./poll-results.js";
import { freezesAt, meetingRules, packAt } from "./rules.js";

/** The steps of an occurrence: what people are reminded of, and what the clock does by itself. */
export const OCCURRENCE = "occurrence";
export const POLL = "poll";

/** So long before it closes, agencies are asked for their items. */
const AGENDA_CALL_WORKING_DAYS = 1;
const RSVP_WORKING_DAYS = 3;
/** Shortly before, at any hour: whoever comes to an early meeting wants it early. */
const SOON_MINUTES = 15;
/** Still running so long after its end: somebody forgot to press End. */
const FORGOTTEN_MINUTES = 30;

export async function scheduleOccurrence(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence): Promise<void> {
  const about = occurrence.state === "ended" ? occurrence.correctBy : occurrence.startsAt;
  await scheduleSteps(
    work,
    occurrenceItem(occurrence),
    occurrence.scheduleVersion,
    about,
    await scheduledStepsOf(work, meeting, occurrence),
  );
}

async function scheduledStepsOf(work: UnitOfWork, meeting: Meeting, occurrence: Occurrence): Promise<ScheduledStep[]> {
  const { now, body } = work;
  const stepAt = (step: string, to: Audience, nominal: Date, at = nominal): ScheduledStep[] =>
    at > now ? [{ step, to, at, nominal }] : [];
  const asking = async (step: AskingStep): Promise<ScheduledStep[]> => {
    const about = aboutOf(work, occurrence, step);
    return about ? personal(work, step, about, await askedIn(work, meeting, occurrence, step)) : [];
  };
  switch (occurrence.state) {
    case "scheduled": {
      if (meeting.state === "cancelled") return [];
      const start = occurrence.startsAt;
      const pack = packAt(body, occurrence);
      const soonest = addMinutes(now, 1);
      return [
        ...(await asking("agenda")),
        ...(await asking("rsvp")),
        // Called at short notification: who was asked has the card, and the pack follows at once where there is still time.
        ...(pack > now ? stepAt("pack", "clock", pack) : soonest < start ? stepAt("pack", "clock", soonest) : []),
        ...stepAt("soon", "own", subMinutes(start, SOON_MINUTES)),
        ...stepAt("start", "officers", start),
      ];
    }
    case "running":
      return stepAt("end", "officers", addMinutes(max([occurrence.endsAt, now]), FORGOTTEN_MINUTES));
    case "ended": {
      if (occurrence.minutesState !== "circulated" || !occurrence.correctBy) return [];
      const by = occurrence.correctBy;
      return [
        ...(await asking("correct")),
        ...(meetingRules(body).approval === "silence"
          ? stepAt("silence", "clock", by)
          : stepAt("corrected", "officers", by)),
      ];
    }
    case "cancelled":
      return [];
  }
}

/** What those who are asked are reminded of, each in their own working time. */
export type AskingStep = "agenda" | "rsvp" | "correct";
type About = { nominal: Date; deadline: Date };

/** When it is to be said, counted in the body's working days, and by when at the latest. */
function aboutOf({ body }: UnitOfWork, occurrence: Occurrence, step: AskingStep): About | undefined {
  const calendar = bodyCalendar(body, occurrence.startsAt.getUTCFullYear());
  const { startsAt: start, correctBy: by } = occurrence;
  const freeze = freezesAt(body, occurrence);
  const before = (deadline: Date, days: number): About | undefined => {
    const nominal = addWorkingDays(calendar, deadline, -days);
    return nominal && { nominal, deadline };
  };
  switch (step) {
    case "agenda":
      return before(freeze, AGENDA_CALL_WORKING_DAYS);
    case "rsvp":
      return before(start, RSVP_WORKING_DAYS);
    case "correct":
      return by && before(by, 1);
  }
}

/** An agency is asked for its items through who speaks for it: its focal points, else whoever does. */
export const askedIn = (work: UnitOfWork, meeting: Meeting, { n }: Occurrence, step: AskingStep): Promise<Person[]> =>
  voicesOf(
    work,
    invitedTo(meeting, n).filter(({ person }) => step !== "agenda" || !person || person.roles.includes("focal_point")),
  );

/** `agenda`, when it is the moment of the body's own week, `agenda@2026-11-26T07:00:00.000Z` for who works at other times. */
const stepAt = (step: string, at: Date, usual: Date): string =>
  at.getTime() === usual.getTime() ? step : `${step}@${at.toISOString()}`;
export const kindOf = (step: string): string => step.replace(/@.*$/, "");

function momentOf(work: UnitOfWork, { nominal, deadline }: About, person?: Person): Date {
  const year = nominal.getUTCFullYear();
  const calendar = person ? personCalendar(person, year) : bodyCalendar(work.body, year);
  return workingMoment(nominal, { calendar, lifeSafety: false, deadline });
}

/** One step a moment at which some of them are told; the body's where there is nobody. */
function personal(work: UnitOfWork, step: string, about: About, persons: readonly Person[]): ScheduledStep[] {
  const usual = momentOf(work, about);
  const moments = new Map<string, Date>();
  for (const one of persons) {
    // Who works at the same hours hears at the same moment: reckoned once.
    const key = [one.agencyId, one.zone, one.workFrom, one.workTo].join(" ");
    if (!moments.has(key)) moments.set(key, momentOf(work, about, one));
  }
  const distinct = new Map([...moments.values(), ...(moments.size ? [] : [usual])].map((at) => [at.getTime(), at]));
  return [...distinct.values()]
    .filter((at) => at > work.now)
    .map((at) => ({ step: stepAt(step, at, usual), to: "own", at, nominal: about.nominal }));
}

/** Of these, those whose moment a step is: the first that is not before their own, else the last that there is. */
export async function dueNow(
  work: UnitOfWork,
  step: Step,
  about: About,
  persons: readonly Person[],
): Promise<Person[]> {
  const kind = kindOf(step.step);
  const rows = await work.tx
    .selectFrom("reminder_steps")
    .select(["step", "due_at"])
    .where("item_kind", "=", step.item.kind)
    .where("item_id", "=", step.item.id)
    .where("ladder", "=", step.scheduleVersion)
    .orderBy("due_at")
    .execute();
  const scheduled = rows.filter((row) => kindOf(row.step) === kind);
  return persons.filter((person) => {
    const own = momentOf(work, about, person);
    return (scheduled.find(({ due_at }) => due_at >= own) ?? scheduled.at(-1))?.step === step.step;
  });
}

/** Those asked by a step of an occurrence at this moment. */
export async function askedNow(
  work: UnitOfWork,
  meeting: Meeting,
  occurrence: Occurrence,
  step: Step,
): Promise<Person[]> {
  const kind = kindOf(step.step) as AskingStep;
  const about = aboutOf(work, occurrence, kind);
  return about ? dueNow(work, step, about, await askedIn(work, meeting, occurrence, kind)) : [];
}

const POLL_STEPS = { "before-1d": { days: 1 }, "before-2h": { hours: 2 } } as const;

/** Those who have not voted are reminded a day and two hours before a poll closes; then the clock closes it. */
export async function schedulePoll(work: UnitOfWork, meeting: Meeting): Promise<void> {
  const until = meeting.state === "polling" ? meeting.pollUntil : undefined;
  const steps: ScheduledStep[] = [];
  if (until) {
    const persons = await voicesOf(work, meeting.invitees);
    for (const [step, before] of Object.entries(POLL_STEPS))
      steps.push(...personal(work, step, { nominal: sub(until, before), deadline: until }, persons));
    steps.push({ step: "close", to: "clock", at: until, nominal: until });
  }
  if (meeting.state === "polling" && !until) {
    const last = (await slotsOf(work, meeting)).at(-1)?.startsAt;
    if (last && last > work.now) steps.push({ step: "lapse", to: "clock", at: last, nominal: last });
  }
  await scheduleSteps(work, { kind: POLL, id: meeting.id }, meeting.scheduleVersion, until, steps);
}

/** Of those who have not voted, those whose moment this step is. */
export async function votersNow(
  work: UnitOfWork,
  until: Date,
  step: Step,
  persons: readonly Person[],
): Promise<Person[]> {
  const before = POLL_STEPS[kindOf(step.step) as keyof typeof POLL_STEPS];
  return dueNow(work, step, { nominal: sub(until, before), deadline: until }, persons);
}

/** The end of the time in which minutes can be corrected: so many working days of the body, at the close of the last. */
export function correctBy(work: UnitOfWork): Date {
  const { correctDays } = meetingRules(work.body);
  const calendar = bodyCalendar(work.body, work.now.getUTCFullYear());
  const day = addWorkingDays(calendar, work.now, correctDays) ?? addHours(work.now, 24 * correctDays);
  const midnight = { ...splitDay(plusDays(dayOf(day, calendar.zone), 1)), hour: 0, minute: 0 };
  const close = previousWorking(calendar, subMilliseconds(resolve(midnight, calendar.zone).at, 1));
  return close && close > work.now ? close : day;
}
