import { addDays, addHours, addMilliseconds, addMinutes, differenceInMinutes, max } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePolicy, readPolicy } from "../../../src/escalation/notation.js";
import {
  type ScheduledStep,
  type Scheduling,
  type StepRule,
  scheduledSteps,
} from "../../../src/escalation/schedule.js";
import type { Body } from "../../../src/people/model.js";
import { bodyPolicy, nextTurn, stepsOf } from "../../../src/tasks/escalation.js";
import type { Task } from "../../../src/tasks/model.js";
import { isWorking, nextWorking, previousWorking, type WorkCalendar } from "../../../src/time/calendar.js";
import { localTimeOf, resolve } from "../../../src/time/local.js";
import { calendar, instant, ladder, plus, span, zone, zones } from "./arbitrary.js";

const RUNS = { numRuns: 300, seed: 20261123 };
const WORK: WorkCalendar = {
  zone: "Europe/Athens",
  days: [1, 2, 3, 4, 5],
  from: "09:00",
  to: "17:00",
  holidays: new Set(),
};
const at = (text: string) => new Date(text);
const rulesOf = (text: string): readonly StepRule[] => readPolicy(text);
const body = (ladders?: Record<string, string>) => ({ rules: { ladders } }) as unknown as Body;
const task = (part: Partial<Task>) => ({ priority: "normal", state: "agreed", ...part }) as Task;

describe("the notation", () => {
  test("what is written is what is read, whatever the case and the spaces", () => {
    fc.assert(
      fc.property(ladder, fc.constantFrom(", ", ",", " ,\t"), fc.boolean(), (steps, comma, loud) => {
        const text = steps.map(({ text }) => text).join(comma);
        const noisy = loud ? ` ${text.toUpperCase().replaceAll(" ", "  ")} ` : text;
        const wanted = steps.map(({ rule }) => rule);
        const found = parsePolicy(noisy);
        expect(found.ok && found.rules.map(({ every, ...rule }) => (every ? { ...rule, every } : rule))).toEqual(
          wanted,
        );
      }),
      RUNS,
    );
  });

  test("a part that is no step is named, and nothing is taken in part", () => {
    const wrong = ["", "0d before", "1000d before", "soon", "due desk focal", "3 x late", "daily before", "-1d late"];
    fc.assert(
      fc.property(ladder, fc.constantFrom(...wrong), fc.nat(), (steps, said, place) => {
        const parts = steps.map(({ text }) => text).slice(0, 23);
        parts.splice(place % (parts.length + 1), 0, said);
        expect(parsePolicy(parts.join(", "))).toEqual({ ok: false, said });
      }),
      RUNS,
    );
  });

  test("any text is read or refused, never both and never with an error; a step twice is refused", () => {
    const words = fc.constantFrom(
      "due",
      "3d",
      "before",
      "late",
      "daily",
      "focal",
      "desk",
      ",",
      " ",
      "1",
      "h",
      "~2",
      "own",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((some) => some.join(" ")),
        ),
        (text) => {
          const found = parsePolicy(text);
          if (!found.ok) expect(text.toLowerCase().replace(/\s+/g, " ")).toContain(found.said);
          else expect(new Set(found.rules.map(({ step }) => step)).size).toBe(found.rules.length);
        },
      ),
      RUNS,
    );
    expect(parsePolicy("due, 1d late, due")).toEqual({ ok: false, said: "due" });
    expect(parsePolicy("due own, due")).toEqual({ ok: false, said: "due" });
    const many = Array.from({ length: 25 }, (_, n) => `${n + 1}d late`);
    expect(parsePolicy(many.join())).toEqual({ ok: false, said: "25d late" });
    expect(parsePolicy(many.slice(1).join()).ok).toBe(true);
  });

  test("each default can be written down by a body and is then the same", () => {
    for (const priority of ["life-safety", "urgent", "normal", "low"] as const) {
      const text = bodyPolicy(body(), priority);
      expect(readPolicy(bodyPolicy(body({ [`task.${priority}`]: text }), priority))).toEqual(rulesOf(text));
    }
  });
});

/** What a laying is about: a deadline somewhere around now, in a zone of its own. */
const laying: fc.Arbitrary<Scheduling> = fc
  .record({ about: instant, zone, calendar, ahead: span(30), lifeSafety: fc.boolean() })
  .map(({ about, zone, calendar, ahead, lifeSafety }) => ({
    about,
    zone,
    calendar,
    now: plus(about, -ahead),
    lifeSafety,
    deadline: about,
  }));

/** The moment that a rule names, reckoned apart from the code: days on the wall of the deadline's zone, the rest exact. */
function named(rule: StepRule, { about, zone = "UTC" }: Scheduling): { at: Date; wall: boolean } {
  const { weeks = 0, days = 0, hours = 0, minutes = 0 } = rule.after;
  const n = weeks * 7 + days;
  if (n === 0) return { at: addMinutes(addHours(about, hours), minutes), wall: false };
  const [day, target] = [localTimeOf(about, zone), addDays(about, n)];
  // The same wall clock n days on is at most a shift of the clock from n times 24 hours.
  for (let m = -180; m <= 180; m++) {
    const probe = plus(new Date(about.getTime() + n * 86_400_000), m * 60_000);
    const wall = localTimeOf(probe, zone);
    if (wall.hour === day.hour && wall.minute === day.minute) return { at: probe, wall: true };
  }
  return { at: target, wall: false };
}

describe("the steps that are laid", () => {
  test("are at a moment when they may be sent, and by the deadline where the night alone would move them past it", () => {
    fc.assert(
      fc.property(ladder, laying, (steps, l) => {
        const laid = scheduledSteps(
          steps.map(({ rule }) => rule),
          l,
        );
        expect(new Set(laid.map(({ step }) => step)).size).toBe(laid.length);
        for (const { at, nominal } of laid) {
          expect(at >= l.now).toBe(true);
          if (l.lifeSafety) expect(at).toEqual(nominal);
          if (nominal <= l.about) expect(at <= l.about).toBe(true);
          else expect(at >= nominal).toBe(true);
          if (l.lifeSafety || isWorking(l.calendar, at)) continue;
          // Only where work neither resumes by the deadline nor has been since now.
          expect(at).toEqual(nominal);
          const next = nextWorking(l.calendar, at);
          const previous = previousWorking(l.calendar, at);
          expect(next === undefined || (at <= l.about && next > l.about)).toBe(true);
          expect(previous === undefined || previous < l.now).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("one that is past is skipped, one still to come is there, and a repeating one is always there", () => {
    fc.assert(
      fc.property(ladder, laying, (steps, l) => {
        const laid = new Map(
          scheduledSteps(
            steps.map(({ rule }) => rule),
            l,
          ).map((rung) => [rung.step, rung]),
        );
        for (const { rule } of steps) {
          const rung = laid.get(rule.step);
          const { at: moment, wall } = named(rule, l);
          if (rule.every) {
            expect(rung && rung.nominal > l.now).toBe(true);
            continue;
          }
          if (moment > l.now) expect(rung).toBeDefined();
          // Past, it comes only where it waits for work to begin again.
          else if (rung)
            expect(rung.at > l.now && nextWorking(l.calendar, moment)?.getTime() === rung.at.getTime()).toBe(true);
          else if (!l.lifeSafety && moment > l.about)
            expect((nextWorking(l.calendar, moment) ?? moment) <= l.now).toBe(true);
          if (rung && (wall || !rule.after.days)) {
            const shift = Math.abs(differenceInMinutes(rung.nominal, moment));
            // Twice on the wall: the first is taken, the search above may have found the second.
            expect(shift === 0 || wall).toBe(true);
            expect(shift).toBeLessThanOrEqual(180);
          }
        }
      }),
      RUNS,
    );
  });

  test("stay where they are when they are scheduled again later", () => {
    fc.assert(
      fc.property(ladder, laying, fc.integer({ min: 1, max: 20 * 24 * 60 }), (steps, l, minutes) => {
        const rules = steps.map(({ rule }) => rule).filter((rule) => !rule.every);
        const before = scheduledSteps(rules, l);
        const later = addMinutes(l.now, minutes);
        const after = new Map(scheduledSteps(rules, { ...l, now: later }).map((rung) => [rung.step, rung]));
        for (const rung of before)
          if (rung.at > later) expect(after.get(rung.step)).toEqual(rung);
          // Sent earlier because of a night, it has still its own moment before it: the engine knows that it was told.
          else if (after.has(rung.step)) expect(rung.at < rung.nominal && rung.nominal > later).toBe(true);
        for (const rung of after.values()) expect(before.some(({ step }) => step === rung.step)).toBe(true);
      }),
      RUNS,
    );
  });

  test("repeating ones keep the hour of the deadline in its zone, over every change of its clock", () => {
    fc.assert(
      fc.property(laying, fc.integer({ min: 0, max: 400 }), (l, days) => {
        const now = plus(addDays(l.about, days), 60_000);
        const [rung] = scheduledSteps(rulesOf("daily late"), { ...l, now, lifeSafety: true });
        if (!rung || !l.zone) throw new Error("a repeating step goes on");
        const [wall, wanted] = [localTimeOf(rung.nominal, l.zone), localTimeOf(l.about, l.zone)];
        // In the hours that a clock jumps over, it lands after the jump; from the next day it is itself again.
        const off = Math.abs((wall.hour - wanted.hour) * 60 + wall.minute - wanted.minute);
        expect([0, 30, 60, 120, 1380, 1410]).toContain(off);
        if (off) {
          const [next] = scheduledSteps(rulesOf("daily late"), { ...l, now: rung.nominal, lifeSafety: true });
          expect(next && localTimeOf(next.nominal, l.zone).minute).toBe(wanted.minute);
          expect(next && localTimeOf(next.nominal, l.zone).hour).toBe(wanted.hour);
        }
        expect(rung.nominal > now && rung.nominal <= addHours(now, 26)).toBe(true);
      }),
      RUNS,
    );
  });

  test.each(zones)(
    "a day before is the day before at that hour, twenty-four hours before are twenty-four: %s",
    (zone) => {
      for (let day = 0; day < 365; day++) {
        const { year, month, day: date } = localTimeOf(addDays(at("2026-01-02T12:00Z"), day), zone);
        const about = resolve({ year, month, day: date, hour: 15, minute: 0 }, zone).at;
        const now = addDays(about, -9);
        const l = { about, zone, calendar: { ...WORK, zone }, now, lifeSafety: true };
        const [one, exact] = scheduledSteps(rulesOf("1d before, 24h before"), l);
        const shown = one && localTimeOf(one.nominal, zone);
        expect([shown?.hour, shown?.minute]).toEqual([15, 0]);
        expect(exact?.nominal).toEqual(addHours(about, -24));
      }
    },
  );

  test("do not depend on the zone of the machine", () => {
    const l = {
      about: at("2026-03-30T12:00Z"),
      zone: "Europe/Athens",
      calendar: WORK,
      now: at("2026-03-20T12:00Z"),
      lifeSafety: true,
    };
    const kept = process.env.TZ;
    try {
      const all = ["UTC", "Europe/Athens", "America/New_York", "Asia/Tokyo"].map((machine) => {
        process.env.TZ = machine;
        return scheduledSteps(rulesOf("2d before, 1d before, due, 1w late, daily late"), l).map(({ at }) =>
          at.toISOString(),
        );
      });
      for (const one of all) expect(one).toEqual(all[0]);
      // The clock went forward on the 29th: 15:00 on the 28th is an hour earlier against UTC.
      expect(all[0]?.[0]).toBe("2026-03-28T13:00:00.000Z");
    } finally {
      if (kept === undefined) delete process.env.TZ;
      else process.env.TZ = kept;
    }
  });
});

const all = (one: WorkCalendar) => () => ({ own: one, lead: one, requester: one, coordinator: one });

describe("the turns of a repeating step", () => {
  const often = fc.constantFrom("hourly late", "daily late", "weekly late", "daily late focal", "hourly late desk");

  test("never come twice, never stall, and number on", () => {
    fc.assert(
      fc.property(
        often,
        laying,
        fc.array(fc.integer({ min: -50, max: 3 * 86_400_000 }), { minLength: 5, maxLength: 25 }),
        (text, l, delays) => {
          const due = { at: l.about, zone: l.zone ?? "UTC" };
          const one = task({ ownPolicy: text, due, priority: l.lifeSafety ? "life-safety" : "normal" });
          let rung: ScheduledStep | undefined = scheduledSteps(rulesOf(text), l)[0];
          for (const [index, delay] of delays.entries()) {
            if (!rung) throw new Error("it stalled");
            // The queue may be some milliseconds early, or everything was down for days.
            const fired = addMilliseconds(rung.at, delay);
            const moment = max([fired, rung.at]);
            const next: ScheduledStep | undefined = nextTurn(body(), one, rung.step, all(l.calendar), moment);
            if (!next) throw new Error("it stalled");
            expect(next.nominal > rung.nominal).toBe(true);
            expect(next.nominal > moment && next.at > rung.at && next.at >= fired).toBe(true);
            expect(next.step).toBe(`${rulesOf(text)[0]?.step}~${index + 2}`);
            expect(next.to).toBe(rung.to);
            // The very next one: not even one is left out.
            const every = { hourly: 1, daily: 25, weekly: 7 * 24 + 1 }[text.split(" ")[0] as "daily"];
            expect(next.nominal <= addHours(moment, every)).toBe(true);
            rung = next;
          }
        },
      ),
      RUNS,
    );
  });

  test("end with the policy that named them, and single steps have none", () => {
    const due = { at: at("2026-11-25T13:00Z"), zone: "Europe/Athens" };
    const now = at("2026-11-27T13:00Z");
    expect(nextTurn(body(), task({ ownPolicy: "due, 1d late", due }), "late-1d", all(WORK), now)).toBeUndefined();
    expect(nextTurn(body(), task({ ownPolicy: "due", due }), "late-daily~4", all(WORK), now)).toBeUndefined();
    expect(nextTurn(body(), task({ ownPolicy: "daily late" }), "late-daily", all(WORK), now)).toBeUndefined();
    expect(nextTurn(body(), task({ ownPolicy: "daily late", due }), "late-daily~4", all(WORK), now)?.step).toBe(
      "late-daily~5",
    );
    expect(() => nextTurn(body(), task({ ownPolicy: "corrupt", due }), "due", all(WORK), now)).toThrow("not readable");
  });
});

describe("the steps of a task in each state", () => {
  const state = fc.constantFrom<Task["state"]>("asked", "agreed", "done", "closed", "declined", "cancelled");
  const priority = fc.constantFrom<Task["priority"]>("life-safety", "urgent", "normal", "low");

  test("none once it needs nobody; the others at a humane hour of whoever hears of it", () => {
    fc.assert(
      fc.property(
        state,
        priority,
        fc.record({ own: calendar, lead: calendar, requester: calendar, coordinator: calendar }),
        instant,
        span(20),
        fc.integer({ min: 0, max: 20 * 24 * 60 }),
        (state, priority, calendars, createdAt, ahead, minutes) => {
          const due = { at: plus(createdAt, ahead), zone: calendars.lead.zone };
          const now = addMinutes(createdAt, minutes);
          const one = task({ state, priority, createdAt, due, doneAt: state === "done" ? createdAt : undefined });
          const laid = stepsOf(body(), one, calendars, now);
          if (["closed", "declined", "cancelled"].includes(state)) expect(laid).toEqual([]);
          for (const { step, to, at } of laid) {
            expect(at >= now).toBe(true);
            if (state === "done") expect(["requester", "clock"]).toContain(to);
            if (state === "agreed") expect(step).not.toMatch(/unanswered|silence/);
            if (priority === "life-safety" && state !== "done") continue;
            if (/unanswered/.test(step))
              expect(isWorking(to === "desk" ? calendars.coordinator : calendars.lead, at)).toBe(true);
            const reader = to === "focal" ? "lead" : to === "desk" ? "coordinator" : to === "own" ? to : undefined;
            if (reader && at > due.at) expect(isWorking(calendars[reader], at)).toBe(true);
            if (/silence/.test(step)) expect(isWorking(calendars.requester, at)).toBe(true);
          }
          if (state === "asked" && minutes === 0)
            expect(laid.filter(({ step }) => step.startsWith("unanswered")).length).toBe(2);
        },
      ),
      RUNS,
    );
  });
});
