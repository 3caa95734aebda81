import { expect, test } from "vitest";
import { HolidayError, holidaysOf, withOwn } from "../../../src/time/holidays.js";

test("fixed days and those that follow Easter, Orthodox in Greece", () => {
  const greece = holidaysOf("GR", undefined, [2026, 2027]);
  for (const day of ["2026-03-25", "2026-04-10", "2026-04-13", "2026-10-28", "2027-01-06", "2027-05-03"])
    expect(greece, day).toContain(day);
  expect(greece).not.toContain("2026-11-24");
  expect([...greece].every((day) => /^202[67]-\d\d-\d\d$/.test(day))).toBe(true);
});

test("a region has its own", () => {
  expect(holidaysOf("DE", "by", [2026])).toContain("2026-01-06");
  expect(holidaysOf("de", undefined, [2026])).not.toContain("2026-01-06");
});

test("a feast of several days is off on each; one that begins at sunset, from the day after", () => {
  const days = [...holidaysOf("SA", undefined, [2026])].sort();
  const eid = days.filter((day) => day.startsWith("2026-03"));
  expect(eid.length).toBeGreaterThanOrEqual(3);
  expect(eid).toContain("2026-03-20");
});

test("what is unknown is refused: silence would be a year without holidays", () => {
  for (const [country, region, year] of [
    ["XX", undefined, 2026],
    ["", undefined, 2026],
    ["constructor", undefined, 2026],
    ["DE", "zz", 2026],
    ["GR", undefined, 1.5],
    ["GR", undefined, 99999],
  ] as const)
    expect(() => holidaysOf(country, region, [year])).toThrow(HolidayError);
});

test("a set handed out is the caller's: changing it changes no other", () => {
  holidaysOf("GR", undefined, [2026]).add("2026-11-24");
  expect(holidaysOf("GR", undefined, [2026])).not.toContain("2026-11-24");
});

test("an agency's own days: added, taken out, and taking out wins", () => {
  const own = withOwn(
    new Set(["2026-12-25", "2026-12-26"]),
    ["2026-12-24", "2026-12-31"],
    ["2026-12-26", "2026-12-31"],
  );
  expect([...own].sort()).toEqual(["2026-12-24", "2026-12-25"]);
  expect(() => withOwn(new Set(), ["2026-02-30"], [])).toThrow(HolidayError);
  expect(() => withOwn(new Set(), [], ["25/12"])).toThrow(HolidayError);
});
