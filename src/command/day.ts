import type { Messages } from "../i18n/index.js";
import { refuse } from "../lib/refusal.js";
import { type Day, dayOf, isDay, parseWhen } from "../time/index.js";
import { dayFrom, splitDay } from "../time/local.js";
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

/** A date without a year that lies ahead is last year's. */
function doneOn(c: Context, raw: string): Day | undefined {
  const said = clean(raw);
  const today = dayOf(c.work.now, c.work.body.zone);
  const past = isDay(said) ? undefined : pastDay(said, today, c.person.lang);
  const other = past ?? coming(c, said);
  if (other === undefined || other <= today || /\d{4}/.test(said)) return other;
  const { year, month, day } = splitDay(other);
  const before = dayFrom(year - 1, month, day);
  return /\d/.test(said) && isDay(before) ? before : other;
}

function coming(c: Context, raw: string): Day | undefined {
  const said = clean(raw);
  if (isDay(said)) return said;
  const found = parseWhen(said, whenContext(c));
  return found.ok ? dayOf(found.at, c.work.body.zone) : undefined;
}
