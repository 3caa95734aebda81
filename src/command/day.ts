import { addDays, subMonths, subYears } from "date-fns";
import type { Messages } from "../i18n/index.js";
import { refuse } from "../lib/refusal.js";
import { type Day, dayOf, isDay, parseWhen, type WhenContext } from "../time/index.js";
import { pastDay } from "../time/past.js";
import { clean, whenContext } from "./args.js";
import type { Arg, Context } from "./define.js";
import { dayField } from "./picker.js";

type Options = { label: (t: Messages) => string; hint?: (t: Messages) => string };

/**
 * A day of the body, also one that has passed: `2026-12-31`, or a coming one in words. With `done` something was done on it:
 * in words the last such day.
 */
export function day(o: Options & { shape?: "by" | "word"; done?: true }): Arg<Day> {
  const dayMeant = o.done ? doneOn : coming;
  return {
    shape: o.shape ?? "by",
    optional: false,
    moment: "day",
    shown: (t) => t.args.planDayShown,
    parse: async (c, raw) => dayMeant(c, raw) ?? refuse((t) => t.errors.planDay({ said: clean(raw).slice(0, 40) })),
    field: async (c, raw) =>
      dayField(c, { label: o.label(c.t), hint: o.hint?.(c.t), raw }, raw === undefined ? undefined : dayMeant(c, raw)),
  };
}

/** The last such day: yesterday, monday, the 15th, 1/12, 30 December. What can only lie ahead stays ahead. */
function doneOn(c: Context, raw: string): Day | undefined {
  return dayDone(clean(raw), whenContext(c), c.work.body.zone) ?? coming(c, raw);
}

/** The same where no coming day is meant. @param zone whose days are counted */
export function dayDone(said: string, context: WhenContext, zone: string): Day | undefined {
  if (isDay(said)) return said;
  const today = dayOf(context.now, zone);
  return pastDay(said, today, context.lang) ?? lastDate(said, today, context, zone);
}

/**
 * A date by its figures. Readers of moments look ahead, so they are asked as if it were a month ago, a year, or long ago;
 * one that moves with the moment of asking (in 3 days) is no date.
 */
function lastDate(said: string, today: Day, context: WhenContext, zone: string): Day | undefined {
  if (!/\d/.test(said)) return undefined;
  const asked = (now: Date): Day | undefined => {
    const found = parseWhen(said, { ...context, now });
    // With a time of the day it is more than a day, and a weekday is read by its own rule.
    return found.ok && !found.hasTime ? dayOf(found.at, zone) : undefined;
  };
  for (const back of [subMonths(context.now, 1), subYears(context.now, 1), LONG_AGO]) {
    const found = asked(addDays(back, 1));
    if (found && found <= today && found === asked(addDays(back, 2))) return found;
  }
  return undefined;
}

const LONG_AGO = new Date("2000-01-01T00:00:00Z");

function coming(c: Context, raw: string): Day | undefined {
  const said = clean(raw);
  if (isDay(said)) return said;
  const found = parseWhen(said, whenContext(c));
  return found.ok ? dayOf(found.at, c.work.body.zone) : undefined;
}
