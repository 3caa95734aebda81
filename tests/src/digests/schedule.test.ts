import { addDays, addMinutes } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextTime, parseDays, parseHour } from "../../../src/digests/schedule.js";
import { isoWeekday, localTimeOf, resolve, splitDay } from "../../../src/time/local.js";
import { instant, zone, zones } from "../escalation/arbitrary.js";

const RUNS = { numRuns: 300, seed: 20261123 };
const hour = fc
  .tuple(fc.nat({ max: 23 }), fc.nat({ max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`);
const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });

describe("the next time of a digest", () => {
  test("is on one of its days, after now, when the clock shows its hour or has just jumped over it", () => {
    fc.assert(
      fc.property(hour, days, zone, instant, (at, on, zone, now) => {
        const next = nextTime(at, on, zone, now);
        if (!next) throw new Error("some day comes");
        expect(next.at > now && next.at <= addDays(now, 9)).toBe(true);
        expect(on).toContain(isoWeekday(next.day));
        const [h = 0, m = 0] = at.split(":").map(Number);
        const found = resolve({ ...splitDay(next.day), hour: h, minute: m }, zone);
        if (found.kind === "gap") expect(next.at).toEqual(found.after);
        else {
          const wall = localTimeOf(next.at, zone);
          expect([wall.hour, wall.minute]).toEqual([h, m]);
        }
      }),
      RUNS,
    );
  });

  test.each(zones)("comes each day of a year once, whatever the clock does: %s", (zone) => {
    for (const at of ["00:00", "02:30", "08:00"]) {
      let now = new Date("2026-01-01T12:00Z");
      let last = "";
      for (let n = 0; n < 400; n++) {
        const next = nextTime(at, [1, 2, 3, 4, 5, 6, 7], zone, now);
        if (!next) throw new Error("it stalled");
        expect(next.day > last).toBe(true);
        if (last) expect(next.at.getTime() - now.getTime()).toBeLessThanOrEqual(27 * 3_600_000);
        last = next.day;
        now = next.at;
      }
      // Four hundred days on, not one fewer.
      expect(new Date(`${last}T00:00Z`).getTime()).toBeGreaterThanOrEqual(
        addDays(new Date("2026-01-01T00:00Z"), 399).getTime(),
      );
    }
  });

  test("twice on the wall, it is the first; seen from the second, it is tomorrow's", () => {
    const first = new Date("2026-10-25T00:30Z");
    expect(nextTime("03:30", [7], "Europe/Athens", new Date("2026-10-24T12:00Z"))?.at).toEqual(first);
    expect(nextTime("03:30", [1, 7], "Europe/Athens", addMinutes(first, 30))?.day).toBe("2026-10-26");
  });
});

test("hours and days as people write them", () => {
  expect(["7:30", "07:30", "7h30", " 23:59 ", "0:00"].map(parseHour)).toEqual([
    "07:30",
    "07:30",
    "07:30",
    "23:59",
    "00:00",
  ]);
  expect(["24:00", "7", "7:5", "07:60", "noon", ""].map(parseHour)).toEqual(Array(6).fill(undefined));
  expect(["1,2,3", "7, 1", "5,5", "1"].map(parseDays)).toEqual([[1, 2, 3], [1, 7], [5], [1]]);
  expect(["0", "8", "1,x", "", "1.5"].map(parseDays)).toEqual(Array(5).fill(undefined));
});
