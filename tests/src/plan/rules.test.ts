import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDecimal, sameNumber, scaled, showDecimal } from "../../../src/plan/decimal.js";
import { ASKED_DAYS, askedOn, dueAfter, nextDue, type Way, wayOf } from "../../../src/plan/rules.js";
import { type Day, isDay, plusDays } from "../../../src/time/index.js";

const DAY = 86_400_000;
/** An objective of a thousand days, measured after so many of them. */
const elapsed = (days: number) => ({ start: new Date(0), due: new Date(1_000 * DAY), measured: new Date(days * DAY) });

describe("how far an indicator has come", () => {
  it.each<[baseline: string, target: string, value: string | undefined, days: number, Way]>([
    ["0", "100", undefined, 500, "no_answer"],
    ["0", "100", "100", 10, "reached"],
    ["0", "100", "100.01", 10, "reached"],
    ["0", "100", "50", 500, "on_track"],
    // Ten points of tolerance, and not a hundredth more.
    ["0", "100", "40", 500, "on_track"],
    ["0", "100", "39.99", 500, "behind"],
    ["0", "100", "0", 100, "on_track"],
    ["0", "100", "0", 101, "behind"],
    ["0", "100", "-5", 0, "on_track"],
    // Down to the target: fewer deaths at sea are the better figure.
    ["40", "10", "10", 900, "reached"],
    ["40", "10", "9", 900, "reached"],
    ["40", "10", "25", 600, "on_track"],
    ["40", "10", "25.01", 600, "behind"],
    ["-1.5", "1.5", "0", 600, "on_track"],
    ["-1.5", "1.5", "-0.01", 600, "behind"],
    // Before it began no time had passed; once it is over, all of it.
    ["0", "100", "0", -50, "on_track"],
    ["0", "100", "90", 5_000, "on_track"],
    ["0", "100", "89.9", 5_000, "behind"],
    // Nine figures after one another, which a binary fraction would not tell apart.
    ["0", "1", "0.399999999", 500, "behind"],
    ["0", "1000000000000000", "400000000000000", 500, "on_track"],
    ["0", "1000000000000000", "399999999999999", 500, "behind"],
  ])("from %s to %s, %s after %s days of 1000: %s", (baseline, target, value, days, way) => {
    expect(wayOf({ baseline, target }, value, elapsed(days))).toBe(way);
  });

  const decimal = fc
    .tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 4 }))
    .map(([n, places]) => (n / 10 ** places).toFixed(places));

  it("is the same with all signs turned, and never gets worse by a better figure or an earlier look", () => {
    const turned = (value: string) => (value.startsWith("-") ? value.slice(1) : `-${value}`);
    const rank: Way[] = ["behind", "on_track", "reached"];
    fc.assert(
      fc.property(decimal, decimal, decimal, decimal, fc.nat(1_200), fc.nat(1_200), (from, to, a, b, x, y) => {
        fc.pre(!sameNumber(from, to));
        const way = (value: string, days: number) => wayOf({ baseline: from, target: to }, value, elapsed(days));
        expect(wayOf({ baseline: turned(from), target: turned(to) }, turned(a), elapsed(x))).toBe(way(a, x));
        const [low, high] = Number(a) < Number(b) === Number(from) < Number(to) ? [a, b] : [b, a];
        expect(rank.indexOf(way(high, x))).toBeGreaterThanOrEqual(rank.indexOf(way(low, x)));
        const [early, late] = x < y ? [x, y] : [y, x];
        expect(rank.indexOf(way(a, early))).toBeGreaterThanOrEqual(rank.indexOf(way(a, late)));
        expect(way(to, x)).toBe("reached");
      }),
    );
  });
});

describe("decimals", () => {
  it.each([
    ["12", "12"],
    ["12.50", "12.50"],
    ["12,5", "12.5"],
    ["1 200", "1200"],
    ["1\u202f200,25", "1200.25"],
    ["-3,4", "-3.4"],
    ["−3.4", "-3.4"],
    ["75 %", "75"],
    ["0,125", "0.125"],
    ["007", "7"],
    ["-0", "0"],
    ["+5", "5"],
  ])("%s is %s", (typed, value) => expect(parseDecimal(typed)).toBe(value));

  it.each(["", "x", "1,200", "12.345", "1.2.3", "1e3", "½", "12,", ",5", "1234567890123456", "0x10", "1.1234567"])(
    "%s is not read as a number",
    (typed) => expect(parseDecimal(typed)).toBeUndefined(),
  );

  it("are shown as they were kept, and read again as the same", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.nat(6), (n, places) => {
        const digits = String(n < 0n ? -n : n).padStart(places + 1, "0");
        const value = `${n < 0n ? "-" : ""}${digits.slice(0, digits.length - places)}${places ? `.${digits.slice(-places)}` : ""}`;
        fc.pre(!(places === 3 && !/^-?0\./.test(value)));
        for (const lang of ["en", "fr", "fr-CA"]) {
          const read = parseDecimal(showDecimal(value, lang));
          expect(read !== undefined && sameNumber(read, value), value).toBe(true);
        }
      }),
    );
  });

  it("are brought to one scale", () => {
    expect(scaled("1.5", "-0.25", "3")).toEqual([150n, -25n, 300n]);
    expect(sameNumber("1.50", "1.5")).toBe(true);
    expect(sameNumber("0.1", "0.10000001")).toBe(false);
  });
});

describe("when a figure is due", () => {
  it.each([
    ["2026-01-31", "monthly", ["2026-02-28", "2026-03-31", "2026-04-30"]],
    ["2026-06-30", "quarterly", ["2026-09-30", "2026-12-31", "2027-03-31"]],
    ["2026-01-15", "quarterly", ["2026-04-15", "2026-07-15", "2026-10-15"]],
    ["2027-08-31", "half_yearly", ["2028-02-29", "2028-08-31", "2029-02-28"]],
    ["2028-02-29", "yearly", ["2029-02-28", "2030-02-28", "2031-02-28"]],
    ["2026-12-31", "once", [undefined]],
  ] as const)("%s, %s", (firstDue, frequency, days) => {
    let day: Day | undefined = firstDue;
    for (const expected of days) {
      day = day && dueAfter({ firstDue, frequency }, day);
      expect(day).toBe(expected);
    }
  });

  const series = fc.record({
    firstDue: fc.integer({ min: 0, max: 4_000 }).map((n) => plusDays("2024-01-01", n)),
    frequency: fc.constantFrom("monthly" as const, "quarterly" as const, "half_yearly" as const, "yearly" as const),
  });
  const day = fc.integer({ min: 0, max: 6_000 }).map((n) => plusDays("2024-01-01", n));

  it("is the next day of the series, and moves on by an answer", () => {
    fc.assert(
      fc.property(series, day, (one, answered) => {
        expect(nextDue(one, undefined)).toBe(one.firstDue);
        const next = nextDue(one, answered) ?? "";
        expect(isDay(next)).toBe(true);
        expect(next > answered).toBe(true);
        const following = dueAfter(one, next) ?? "";
        expect(following > next).toBe(true);
        // What stands between two days of the series is due on the second.
        expect(nextDue(one, plusDays(following, -1))).toBe(following);
        expect(nextDue({ ...one, frequency: "once" }, one.firstDue)).toBeUndefined();
      }),
    );
  });

  it("is asked for the last one that is due or soon will be, also where an older one is missing", () => {
    fc.assert(
      fc.property(series, fc.option(day, { nil: undefined }), day, (one, answered, today) => {
        const asked = askedOn(one, answered, today) ?? "";
        const next = nextDue(one, answered) ?? "";
        const soon = plusDays(today, ASKED_DAYS);
        expect(asked >= next).toBe(true);
        // Only what is due by then passes over an older one, and nothing that is due by then is passed over.
        if (asked !== next) expect(asked <= soon).toBe(true);
        expect((dueAfter(one, asked) ?? "") > soon || asked > soon).toBe(true);
      }),
    );
  });
});
