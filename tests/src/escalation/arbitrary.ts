import fc from "fast-check";
import type { Audience, StepRule } from "../../../src/escalation/schedule.js";
import type { WorkCalendar } from "../../../src/time/calendar.js";
import { dayFrom } from "../../../src/time/local.js";
import { conformance } from "../../conformance.js";
import type { ZoneTransitions } from "../time/conformance.js";

const OWN_ZONES = [
  ...["Europe/Athens", "Europe/London", "America/New_York", "America/St_Johns", "Asia/Beirut", "Africa/Cairo"],
  ...["Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Pacific/Chatham", "Asia/Kathmandu", "UTC"],
];

const material = conformance<ZoneTransitions>("dates/dst-transitions-2025-2029.json");
export const zones = material?.zones.map(({ zone }) => zone) ?? OWN_ZONES;
export const zone = fc.constantFrom(...zones);

/** Instants around which something goes wrong if it can: within two days of a change of some clock. */
const changes = material?.zones.flatMap(({ transitions }) => transitions.map(({ utc }) => new Date(utc))) ?? [
  new Date("2026-03-29T01:00Z"),
  new Date("2026-10-25T01:00Z"),
  new Date("2027-04-03T15:00Z"),
];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Whole minutes of 2026 to 2028, half of them near a change of the clock. */
export const instant: fc.Arbitrary<Date> = fc
  .oneof(
    fc.date({ min: new Date("2026-01-01T00:00Z"), max: new Date("2028-11-30T00:00Z"), noInvalidDate: true }),
    fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * DAY, max: 2 * DAY })).map(([at, ms]) => plus(at, ms)),
  )
  .map((at) => new Date(Math.floor(at.getTime() / MINUTE) * MINUTE));

export const plus = (at: Date, ms: number): Date => new Date(at.getTime() + ms);
export const span = (days: number): fc.Arbitrary<number> => fc.integer({ min: -days * DAY, max: days * DAY });

const WEEKS = [
  [1, 2, 3, 4, 5],
  [7, 1, 2, 3, 4],
  [1, 2, 3, 4, 6],
  [6, 7],
  [1, 2, 3, 4, 5, 6, 7],
];
const clock = (quarter: number) =>
  `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;

/** Any of the weeks that agencies have, with holidays, in any zone. */
export const calendar: fc.Arbitrary<WorkCalendar> = fc
  .record({
    zone,
    days: fc.oneof(fc.constantFrom(...WEEKS), fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })),
    hours: fc.oneof(fc.constant([36, 68]), fc.uniqueArray(fc.nat({ max: 96 }), { minLength: 2, maxLength: 2 })),
    holidays: fc.uniqueArray(
      fc.tuple(fc.integer({ min: 2026, max: 2028 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })),
      { maxLength: 60, selector: String },
    ),
  })
  .map(({ zone, days, hours, holidays }) => {
    const [from = 0, to = 96] = [...hours].sort((a, b) => a - b);
    return { zone, days, from: clock(from), to: clock(to), holidays: new Set(holidays.map((h) => dayFrom(...h))) };
  });

type Written = { text: string; rule: StepRule };

const UNIT = { m: "minutes", h: "hours", d: "days", w: "weeks" } as const;
const EVERY = { hourly: { hours: 1 }, daily: { days: 1 }, weekly: { weeks: 1 } } as const;
const audience = fc.constantFrom<Audience>("own", "focal", "desk");

function written(base: string, words: string, to: Audience, rest: Pick<StepRule, "after" | "every">): Written {
  return {
    text: to === "own" ? words : `${words} ${to}`,
    rule: { step: to === "own" ? base : `${base}-${to}`, to, ...rest },
  };
}

/** One step, as people write it and as it is to be read. */
export const step: fc.Arbitrary<Written> = fc.oneof(
  audience.map((to) => written("due", "due", to, { after: {} })),
  fc
    .tuple(
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(...(Object.keys(UNIT) as (keyof typeof UNIT)[])),
      fc.constantFrom("before", "late"),
      audience,
    )
    .map(([n, unit, side, to]) =>
      written(`${side}-${n}${unit}`, `${n}${unit} ${side}`, to, {
        after: { [UNIT[unit]]: side === "before" ? -n : n },
      }),
    ),
  fc
    .tuple(fc.constantFrom(...(Object.keys(EVERY) as (keyof typeof EVERY)[])), audience)
    .map(([often, to]) => written(`late-${often}`, `${often} late`, to, { after: EVERY[often], every: EVERY[often] })),
);

export const ladder: fc.Arbitrary<Written[]> = fc.uniqueArray(step, {
  minLength: 1,
  maxLength: 24,
  selector: ({ rule }) => rule.step,
});
