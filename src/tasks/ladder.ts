import { type Rung, rungs, type StepRule } from "../reminders/ladder.js";
import type { Priority } from "../store/schema.js";
import { addWorkingDays, type WorkCalendar } from "../time/index.js";
import type { Task } from "./model.js";

/** The default ladders (DESIGN 5), about the deadline. */
const DUE: Record<Priority, readonly StepRule[]> = {
  "life-safety": [
    { step: "before-24h", after: { hours: -24 }, to: "own" },
    { step: "before-4h", after: { hours: -4 }, to: "own" },
    { step: "before-1h", after: { hours: -1 }, to: "own" },
    { step: "before-15m", after: { minutes: -15 }, to: "own" },
    { step: "due", after: {}, to: "own" },
    { step: "due-focal", after: {}, to: "focal" },
    { step: "late-hourly", after: { hours: 1 }, to: "own", every: { hours: 1 } },
    { step: "late-desk", after: { hours: 1 }, to: "desk" },
  ],
  urgent: [
    { step: "before-3d", after: { days: -3 }, to: "own" },
    { step: "before-1d", after: { days: -1 }, to: "own" },
    { step: "before-2h", after: { hours: -2 }, to: "own" },
    { step: "due", after: {}, to: "own" },
    { step: "late-daily", after: { days: 1 }, to: "own", every: { days: 1 } },
    { step: "late-3d", after: { days: 3 }, to: "focal" },
    { step: "late-7d", after: { days: 7 }, to: "desk" },
  ],
  normal: [
    { step: "before-1d", after: { days: -1 }, to: "own" },
    { step: "due", after: {}, to: "own" },
    { step: "late-1d", after: { days: 1 }, to: "own" },
    { step: "late-3d", after: { days: 3 }, to: "focal" },
    { step: "late-7d", after: { days: 7 }, to: "desk" },
  ],
  low: [
    { step: "due", after: {}, to: "own" },
    { step: "late-7d", after: { days: 7 }, to: "focal" },
  ],
};

/** How long an unanswered task waits for the agency, in working days of that agency; life-safety in minutes. */
const UNANSWERED_WORKING_DAYS = { deputy: 2, desk: 4 } as const;
const UNANSWERED_LIFE_SAFETY: readonly StepRule[] = [
  { step: "unanswered-duty", after: { minutes: 15 }, to: "duty" },
  { step: "unanswered-desk", after: { minutes: 30 }, to: "desk" },
];

/** Silence of the requester for so many working days takes a finished task for accepted (DESIGN 4). */
export const SILENCE_WORKING_DAYS = 5;
const SILENCE_REMINDER_DAYS = 3;

export type Calendars = { own: WorkCalendar; lead: WorkCalendar; requester: WorkCalendar };

/** Every step that a task has still before it, in the state it is in. */
export function rungsOf(task: Task, calendars: Calendars, now: Date): Rung[] {
  const lifeSafety = task.priority === "life-safety";
  switch (task.state) {
    case "asked":
      return [...unanswered(task, calendars.lead, now, lifeSafety), ...due(task, calendars.own, now, lifeSafety)];
    case "agreed":
      return due(task, calendars.own, now, lifeSafety);
    case "done":
      return silence(task, calendars.requester, now);
    case "closed":
    case "declined":
    case "cancelled":
      return [];
  }
}

function due(task: Task, calendar: WorkCalendar, now: Date, lifeSafety: boolean): Rung[] {
  if (!task.due) return [];
  return rungs(DUE[task.priority], { about: task.due.at, deadline: task.due.at, calendar, now, lifeSafety });
}

function unanswered(task: Task, calendar: WorkCalendar, now: Date, lifeSafety: boolean): Rung[] {
  if (lifeSafety) return rungs(UNANSWERED_LIFE_SAFETY, { about: task.createdAt, calendar, now, lifeSafety });
  return (["deputy", "desk"] as const).flatMap((to) =>
    workingDays(`unanswered-${to}`, to, task.createdAt, UNANSWERED_WORKING_DAYS[to], calendar, now),
  );
}

function silence(task: Task, calendar: WorkCalendar, now: Date): Rung[] {
  const since = task.doneAt ?? now;
  return [
    ...workingDays("silence-reminder", "requester", since, SILENCE_REMINDER_DAYS, calendar, now),
    ...workingDays("silence", "clock", since, SILENCE_WORKING_DAYS, calendar, now),
  ];
}

function workingDays(
  step: string,
  to: Rung["to"],
  since: Date,
  days: number,
  calendar: WorkCalendar,
  now: Date,
): Rung[] {
  const at = addWorkingDays(calendar, since, days);
  return at && at > now ? [{ step, to, at, nominal: at }] : [];
}

/** The next turn of a step that comes again. */
export function nextTurn(task: Task, step: string, calendar: WorkCalendar, now: Date): Rung | undefined {
  const turn = /^(.*?)(?:-(\d+))?$/.exec(step);
  const rule = DUE[task.priority].find((candidate) => candidate.step === turn?.[1] && candidate.every);
  if (!rule || !task.due) return undefined;
  const lifeSafety = task.priority === "life-safety";
  const [next] = rungs([rule], { about: task.due.at, deadline: task.due.at, calendar, now, lifeSafety });
  return next && { ...next, step: `${rule.step}-${Number(turn?.[2] ?? 1) + 1}` };
}
