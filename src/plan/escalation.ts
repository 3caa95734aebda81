import { readPolicy } from "../escalation/notation.js";
import { type ScheduledStep, scheduledSteps } from "../escalation/schedule.js";
import { addSteps, type NewStep, scheduleSteps } from "../escalation/store.js";
import { agencyCalendar, bodyCalendar } from "../people/model.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { type Day, plusDays } from "../time/index.js";
import { dueMoment, todayIn } from "./days.js";
import { INDICATOR, type Indicator, isPursued, type Objective } from "./model.js";
import { ASKED_DAYS, askedOn, beginOf, dueAfter } from "./rules.js";

/** A body's own policy for figures stands in its rules as `plan`. The shortest period is a month: none outlasts it. */
const POLICY = "7d before, 1d before, due, 3d late, 7d late, 14d late desk";

/** The figure that is asked for now; undefined where none is. */
export const askedNow = (work: UnitOfWork, objective: Objective, indicator: Indicator): Day | undefined =>
  isPursued(objective.state) ? askedOn(indicator, indicator.last?.period, todayIn(work.body, work.now)) : undefined;

/**
 * The agency that answers hears of the figure that is asked for, before it is due and after. When the next one comes
 * near, unanswered or not, the clock schedules the steps of that one.
 */
export async function scheduleIndicator(work: UnitOfWork, objective: Objective, indicator: Indicator): Promise<void> {
  const { ladder } = await work.tx
    .updateTable("indicators")
    .set((eb) => ({ ladder: eb("ladder", "+", 1) }))
    .where("id", "=", indicator.id)
    .returning("ladder")
    .executeTakeFirstOrThrow();
  const asked = askedNow(work, objective, indicator);
  const about = asked === undefined ? undefined : dueMoment(work.body, asked);
  await scheduleSteps(
    work,
    { kind: INDICATOR, id: indicator.id },
    ladder,
    about,
    asked && about ? stepsOf(work, indicator, asked, about) : [],
  );
}

function stepsOf(work: UnitOfWork, indicator: Indicator, asked: Day, about: Date): ScheduledStep[] {
  const { body, now } = work;
  const year = about.getUTCFullYear();
  const calendars = { own: agencyCalendar(indicator.agency, year), desk: bodyCalendar(body, year) };
  const steps = readPolicy(body.rules.ladders?.plan ?? POLICY).flatMap((rule) =>
    scheduledSteps([rule], {
      about,
      zone: body.zone,
      deadline: about,
      calendar: rule.to === "desk" ? calendars.desk : calendars.own,
      now,
      lifeSafety: false,
    }),
  );
  const next = dueAfter(indicator, asked);
  const turns = next && beginOf(plusDays(next, -ASKED_DAYS), body.zone);
  return turns && turns > now ? [...steps, { step: "next", to: "clock", at: turns, nominal: turns }] : steps;
}

/** The same for objectives that have just come, of whose indicators nothing was scheduled yet; in few statements for many. */
export async function scheduleNew(work: UnitOfWork, objectives: readonly Objective[]): Promise<void> {
  const indicators = objectives.flatMap((objective) =>
    objective.indicators.map((indicator) => ({ objective, indicator })),
  );
  if (indicators.length === 0) return;
  await work.tx
    .updateTable("indicators")
    .set({ ladder: FIRST })
    .where(
      "id",
      "in",
      indicators.map(({ indicator }) => indicator.id),
    )
    .execute();
  const steps = indicators.flatMap(({ objective, indicator }): NewStep[] => {
    const asked = askedNow(work, objective, indicator);
    if (asked === undefined) return [];
    const about = dueMoment(work.body, asked);
    const item = { kind: INDICATOR, id: indicator.id };
    return stepsOf(work, indicator, asked, about).map((step) => ({ item, scheduleVersion: FIRST, about, step }));
  });
  for (let from = 0; from < steps.length; from += MOST_STEPS)
    await addSteps(work, steps.slice(from, from + MOST_STEPS));
}
const FIRST = 1;
/** A statement takes 65,535 values (PostgreSQL's protocol), and a step is eleven. */
const MOST_STEPS = 5_000;

/** Of every indicator of an objective, after what they depend on has changed. */
export async function scheduleObjective(work: UnitOfWork, objective: Objective): Promise<void> {
  for (const indicator of objective.indicators) await scheduleIndicator(work, objective, indicator);
}
