import type { Duration } from "date-fns";
import type { Audience, StepRule } from "./schedule.js";

/**
 * How people write an escalation policy: steps separated by commas, each `N before`, `due` or `N late`, or `daily late`
 * and `hourly late` for one that comes again, and who hears of it where that is not the person itself:
 * `3d before, 1d before, due, daily late, 3d late focal, 7d late desk`.
 */
const STEP =
  /^(?:(due)|(?:(\d{1,3})\s*(m|h|d|w))\s+(before|late)|(hourly|daily|weekly)\s+late)(?:\s+(own|focal|desk))?$/i;

const UNITS = { m: "minutes", h: "hours", d: "days", w: "weeks" } as const satisfies Record<string, keyof Duration>;
const AGAIN = { hourly: { hours: 1 }, daily: { days: 1 }, weekly: { weeks: 1 } } as const satisfies Record<
  string,
  Duration
>;
const MOST_STEPS = 24;

/** @returns the first part that is no step, or the rules */
export function parsePolicy(text: string): { ok: true; rules: StepRule[] } | { ok: false; said: string } {
  const parts = text.split(",").map((part) => part.trim().toLowerCase().replace(/\s+/g, " "));
  const rules: StepRule[] = [];
  for (const part of parts) {
    const rule = stepOf(part);
    if (!rule || rules.length >= MOST_STEPS || rules.some(({ step }) => step === rule.step))
      return { ok: false, said: part };
    rules.push(rule);
  }
  return { ok: true, rules };
}

/** A policy that was checked when it was written. @throws Error on any other */
export function readPolicy(text: string): StepRule[] {
  const found = parsePolicy(text);
  if (!found.ok) throw new Error("a ladder at rest is not readable");
  return found.rules;
}

function stepOf(part: string): StepRule | undefined {
  const [, due, count, unit, side, again, to = "own"] = STEP.exec(part) ?? [];
  const audience = to as Audience;
  const name = (base: string) => (audience === "own" ? base : `${base}-${audience}`);
  if (due) return { step: name("due"), after: {}, to: audience };
  if (again) {
    const every = AGAIN[again as keyof typeof AGAIN];
    return { step: name(`late-${again}`), after: every, to: audience, every };
  }
  if (!count || !unit || Number(count) === 0) return undefined;
  const after = { [UNITS[unit as keyof typeof UNITS]]: side === "before" ? -Number(count) : Number(count) };
  return { step: name(`${side}-${count}${unit}`), after, to: audience };
}
