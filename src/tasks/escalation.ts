import { readPolicy } from "../escalation/notation.js";
import { type Audience, type ScheduledStep, type StepRule, scheduledSteps } from "../escalation/schedule.js";
import type { Body } from "../people/model.js";
import type { Priority } from "../store/schema.js";
import { addWorkingDays, dayOf, type WorkCalendar, workingMoment } from "../time/index.js";
import type { Moment, Task } from "./model.js";

/** The default policies about the deadline (docs/reminders.md), in the notation in which a body writes its own. */
const DEFAULTS: Record<Priority, string> = {
  "life-safety": "24h before, 4h before, 1h before, 15m before, due, due focal, hourly late, 1h late desk",
  urgent: "3d before, 1d before, 2h before, due, daily late, 3d late focal, 7d late desk",
  normal: "1d before, due, 1d late, 3d late focal, 7d late desk",
  low: "due, 7d late focal",
};

/** The task's own policy, else the body's for its priority, else the default. */
export function policyOf(body: Body, task: Pick<Task, "priority" | "ownPolicy">): readonly StepRule[] {
  return readPolicy(task.ownPolicy ?? bodyPolicy(body, task.priority));
}

export const bodyPolicy = (body: Body, priority: Priority): string =>
  body.rules.ladders?.[`task.${priority}`] ?? DEFAULTS[priority];

/** How long an unanswered task waits for the agency, in working days of that agency; life-safety in minutes. */
const UNANSWERED_WORKING_DAYS = { deputy: 2, desk: 4 } as const;
const UNANSWERED_LIFE_SAFETY: readonly StepRule[] = [
  { step: "unanswered-duty", after: { minutes: 15 }, to: "duty" },
  { step: "unanswered-desk", after: { minutes: 30 }, to: "desk" },
];

/** Silence of the requester for so many working days takes a finished task for accepted (docs/tasks.md, States). */
export const SILENCE_WORKING_DAYS = 5;
const SILENCE_REMINDER_DAYS = 3;

/**
 * The working time of the person it is with, of the agency that leads, of the one that asked, and of the coordinators.
 */
export type Calendars = { own: WorkCalendar; lead: WorkCalendar; requester: WorkCalendar; coordinator: WorkCalendar };

/** Whoever hears of a step hears of it in their own working time. */
function calendarFor(to: Audience, calendars: Calendars): WorkCalendar {
  switch (to) {
    case "focal":
    case "deputy":
    case "duty":
      return calendars.lead;
    case "desk":
      return calendars.coordinator;
    case "requester":
      return calendars.requester;
    case "own":
    case "officers":
    case "clock":
      return calendars.own;
  }
}

/** Every step that a task has still before it, in the state it is in. */
export function stepsOf(body: Body, task: Task, calendars: Calendars, now: Date): ScheduledStep[] {
  const lifeSafety = task.priority === "life-safety";
  switch (task.state) {
    case "asked":
      // With another date on the table it was answered: the turn is the other side's.
      return [
        ...(task.proposal ? decide(task, calendars, now) : unanswered(task, calendars, now, lifeSafety)),
        ...due(body, task, calendars, now, lifeSafety),
      ];
    case "agreed":
      return [...decide(task, calendars, now), ...due(body, task, calendars, now, lifeSafety)];
    case "done":
      return silence(task, calendars.requester, now);
    case "closed":
    case "declined":
    case "cancelled":
      return [];
  }
}

function due(body: Body, task: Task, calendars: Calendars, now: Date, lifeSafety: boolean): ScheduledStep[] {
  if (!task.due) return [];
  const scheduling = { about: task.due.at, zone: task.due.zone, deadline: task.due.at, now, lifeSafety };
  const scheduled = policyOf(body, task).flatMap((rule) =>
    scheduledSteps([rule], { ...scheduling, calendar: calendarFor(rule.to, calendars) }),
  );
  // Whoever wrote a policy for this task meant each step of it.
  return lifeSafety || task.ownPolicy ? scheduled : onceADay(scheduled, task.due, calendars);
}

/** That it comes near is said to somebody once a day, the first time: "due" two hours after "coming up" says nothing new. */
function onceADay(scheduled: readonly ScheduledStep[], due: Moment, calendars: Calendars): ScheduledStep[] {
  const said = new Set<string>();
  return scheduled.filter(({ to, at, nominal }) => {
    if (nominal > due.at) return true;
    const day = `${to} ${dayOf(at, calendarFor(to, calendars).zone)}`;
    return !said.has(day) && said.add(day);
  });
}

function unanswered(task: Task, calendars: Calendars, now: Date, lifeSafety: boolean): ScheduledStep[] {
  const { lead } = calendars;
  if (lifeSafety)
    return scheduledSteps(UNANSWERED_LIFE_SAFETY, { about: task.createdAt, calendar: lead, now, lifeSafety });
  return (["deputy", "desk"] as const).flatMap((to) =>
    workingDays(
      `unanswered-${to}`,
      to,
      task.createdAt,
      UNANSWERED_WORKING_DAYS[to],
      lead,
      now,
      calendarFor(to, calendars),
    ),
  );
}

/** Who has to agree to another date is reminded of it, a working day later and two. */
function decide(task: Task, { own, requester }: Calendars, now: Date): ScheduledStep[] {
  if (!task.proposal) return [];
  const byLead = task.proposal.agencyId === task.lead.id;
  const [to, calendar] = byLead ? (["requester", requester] as const) : (["own", own] as const);
  return [1, 2].flatMap((days) => workingDays(`decide-${days}d`, to, now, days, calendar, now));
}

function silence(task: Task, calendar: WorkCalendar, now: Date): ScheduledStep[] {
  const since = task.doneAt ?? now;
  return [
    ...workingDays("silence-reminder", "requester", since, SILENCE_REMINDER_DAYS, calendar, now),
    ...workingDays("silence", "clock", since, SILENCE_WORKING_DAYS, calendar, now),
  ];
}

function workingDays(
  step: string,
  to: ScheduledStep["to"],
  since: Date,
  days: number,
  counted: WorkCalendar,
  now: Date,
  reader = counted,
): ScheduledStep[] {
  const nominal = addWorkingDays(counted, since, days);
  // What was asked or finished in the evening is asked after in the morning.
  const at = nominal && workingMoment(nominal, { calendar: reader, lifeSafety: false });
  return at && at > now ? [{ step, to, at, nominal }] : [];
}

/**
 * The next turn of a step that comes again.
 * @param calendars asked for only where there is one: working out holidays for each of ten thousand steps would take
 * long
 */
export function nextTurn(
  body: Body,
  task: Task,
  step: string,
  calendars: () => Calendars,
  now: Date,
): ScheduledStep | undefined {
  const [, name, turn] = /^(.*?)(?:~(\d+))?$/.exec(step) ?? [];
  const rule = policyOf(body, task).find((candidate) => candidate.step === name && candidate.every);
  if (!rule || !task.due) return undefined;
  const lifeSafety = task.priority === "life-safety";
  const { at, zone } = task.due;
  const calendar = calendarFor(rule.to, calendars());
  const [next] = scheduledSteps([rule], { about: at, zone, deadline: at, calendar, now, lifeSafety });
  return next && { ...next, step: `${rule.step}~${Number(turn ?? 1) + 1}` };
}
