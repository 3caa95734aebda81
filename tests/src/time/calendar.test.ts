import { tz } from "@date-fns/tz";
import { addHours, differenceInCalendarDays } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addWorkingDays,
  CalendarError,
  combine,
  isWorking,
  nextWorking,
  previousWorking,
  type WorkCalendar,
  workingDaysBetween,
} from "../../../src/time/calendar.js";
import { holidaysOf } from "../../../src/time/holidays.js";
import { calendar, instant } from "./arbitrary.js";

const athens: WorkCalendar = {
  zone: "Europe/Athens",
  days: [1, 2, 3, 4, 5],
  from: "09:00",
  to: "17:00",
  holidays: new Set(["2026-12-25"]),
};
const at = (text: string) => new Date(text);

describe("the next and the last working moment", () => {
  test.each([
    ["in working time, itself", "2026-11-24T10:00Z", "2026-11-24T10:00Z", "2026-11-24T10:00Z"],
    ["at 09:00 sharp, itself", "2026-11-24T07:00Z", "2026-11-24T07:00Z", "2026-11-24T07:00Z"],
    ["at 17:00 sharp, itself", "2026-11-24T15:00Z", "2026-11-24T15:00Z", "2026-11-24T15:00Z"],
    ["at night", "2026-11-24T20:00Z", "2026-11-25T07:00Z", "2026-11-24T15:00Z"],
    ["before work", "2026-11-24T05:00Z", "2026-11-24T07:00Z", "2026-11-23T15:00Z"],
    ["on Saturday", "2026-11-28T10:00Z", "2026-11-30T07:00Z", "2026-11-27T15:00Z"],
    ["on Christmas, a Friday", "2026-12-25T10:00Z", "2026-12-28T07:00Z", "2026-12-24T15:00Z"],
    ["on Saturday before the clock changes", "2026-03-28T10:00Z", "2026-03-30T06:00Z", "2026-03-27T15:00Z"],
  ])("%s", (_, moment, next, previous) => {
    expect(nextWorking(athens, at(moment))).toEqual(at(next));
    expect(previousWorking(athens, at(moment))).toEqual(at(previous));
  });

  test("an agency that works Sunday to Thursday", () => {
    const cairo = { ...athens, zone: "Africa/Cairo", days: [7, 1, 2, 3, 4] };
    expect(nextWorking(cairo, at("2026-11-27T10:00Z"))).toEqual(at("2026-11-29T07:00Z"));
  });

  test("work around the clock ends only with the last day", () => {
    const desk = { ...athens, from: "00:00", to: "24:00", days: [1, 2] };
    expect(isWorking(desk, at("2026-11-23T22:00Z"))).toBe(true);
    expect(previousWorking(desk, at("2026-11-26T10:00Z"))).toEqual(at("2026-11-24T22:00Z"));
  });

  test("nothing but holidays: nothing is found, and it ends", () => {
    const never = { ...athens, holidays: () => true };
    expect(nextWorking(never, at("2026-11-24T10:00Z"))).toBeUndefined();
    expect(previousWorking(never, at("2026-11-24T10:00Z"))).toBeUndefined();
    expect(addWorkingDays(never, at("2026-11-24T10:00Z"), 1)).toBeUndefined();
  });
});

test.each([
  [{ days: [] }, "days"],
  [{ days: [0] }, "days"],
  [{ days: [1.5] }, "days"],
  [{ from: "22:00", to: "06:00" }, "not over midnight"],
  [{ from: "09:00", to: "09:00" }, "not over midnight"],
  [{ from: "9:00" }, "from"],
  [{ to: "24:30" }, "to"],
  [{ from: "24:00" }, "not over midnight"],
  [{ zone: "Athens" }, "zone"],
] as const)("%j is refused", (wrong, said) => {
  const bad = { ...athens, ...wrong };
  for (const use of [isWorking, nextWorking, previousWorking])
    expect(() => use(bad, at("2026-11-24T10:00Z"))).toThrow(CalendarError);
  expect(() => addWorkingDays(bad, at("2026-11-24T10:00Z"), 1)).toThrow(said);
});

test("working days keep the time of day", () => {
  expect(addWorkingDays(athens, at("2026-11-27T08:00Z"), 1)).toEqual(at("2026-11-30T08:00Z"));
  expect(addWorkingDays(athens, at("2026-11-28T08:00Z"), 1)).toEqual(at("2026-11-30T08:00Z"));
  expect(addWorkingDays(athens, at("2026-12-24T08:00Z"), 1)).toEqual(at("2026-12-28T08:00Z"));
  expect(addWorkingDays(athens, at("2026-03-27T08:00Z"), 1)).toEqual(at("2026-03-30T07:00Z"));
  expect(addWorkingDays(athens, at("2026-11-30T08:00Z"), -1)).toEqual(at("2026-11-27T08:00Z"));
  expect(addWorkingDays(athens, at("2026-11-28T08:00Z"), 0)).toEqual(at("2026-11-28T08:00Z"));
  for (const n of [1.5, Number.NaN, 1e9])
    expect(() => addWorkingDays(athens, at("2026-11-28T08:00Z"), n)).toThrow(RangeError);
});

test("a person's hours within the agency's week", () => {
  const person = {
    ...athens,
    zone: "Europe/London",
    from: "07:00",
    to: "15:00",
    days: [1, 2, 3],
    holidays: new Set(["2026-11-23"]),
  };
  const agency = { ...athens, days: [7, 1, 2, 3, 4], holidays: new Set(["2026-11-24"]) };
  const both = combine(person, agency);
  expect(both).toMatchObject({ zone: "Europe/London", from: "07:00", to: "15:00", days: [1, 2, 3] });
  expect(nextWorking(both, at("2026-11-22T12:00Z"))).toEqual(at("2026-11-25T07:00Z"));
  expect(() => combine({ ...person, days: [6] }, agency)).toThrow(CalendarError);
});

describe("whatever the zone, the week, the hours and the holidays", () => {
  test("the next working moment is the first, and the last one the last", () => {
    fc.assert(
      fc.property(calendar, instant, (cal, moment) => {
        const next = nextWorking(cal, moment);
        const previous = previousWorking(cal, moment);
        if (!next || !previous) throw new Error("these calendars work some day");
        expect(next >= moment && previous <= moment).toBe(true);
        expect(isWorking(cal, next) && isWorking(cal, previous)).toBe(true);
        // Each is its own, and working time is where both meet.
        expect(nextWorking(cal, next)).toEqual(next);
        expect(previousWorking(cal, previous)).toEqual(previous);
        expect(isWorking(cal, moment)).toBe(next.getTime() === previous.getTime());
        // Nothing works between the two.
        if (!isWorking(cal, moment)) {
          const inside = new Date((previous.getTime() + next.getTime()) / 2);
          expect(isWorking(cal, inside)).toBe(false);
          expect(nextWorking(cal, inside)).toEqual(next);
          expect(previousWorking(cal, inside)).toEqual(previous);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("what addWorkingDays adds, workingDaysBetween counts", () => {
    fc.assert(
      fc.property(calendar, instant, fc.integer({ min: -30, max: 30 }), (cal, moment, n) => {
        const then = addWorkingDays(cal, moment, n);
        if (!then) throw new Error("these calendars work some day");
        expect(workingDaysBetween(cal, moment, then) + 0).toBe(n);
      }),
      { numRuns: 200 },
    );
  });
});

test("a look reads the days as far as the answer, and no further", () => {
  const greek = holidaysOf("GR", undefined, [2026, 2027]);
  const read: string[] = [];
  const cal = {
    ...athens,
    holidays: (day: string) => {
      read.push(day);
      return greek.has(day);
    },
  };
  const days = (from: Date, to: Date) => differenceInCalendarDays(to, from, { in: tz(cal.zone) });
  for (let i = 0; i < 1000; i++) {
    const moment = addHours(at("2026-11-24T10:00Z"), i * 7);
    for (const look of [nextWorking, previousWorking]) {
      read.length = 0;
      const found = look(cal, moment);
      if (!found) throw new Error("Greece works some day");
      // The day before and the day itself too, since work may last until midnight.
      expect(read.length, `${look.name} ${moment.toISOString()}`).toBeLessThanOrEqual(
        Math.abs(days(moment, found)) + 2,
      );
      expect(new Set(read).size).toBe(read.length);
    }
  }
});
