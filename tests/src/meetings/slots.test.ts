import { addDays, addMinutes } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Turn, toInstant, turns } from "../../../src/meetings/recurrence.js";
import {
  holidayClashes,
  type Invitee,
  proposeSlots,
  type Slot,
  type SlotOptions,
} from "../../../src/meetings/slots.js";
import { isWorking, type WorkCalendar, workingPeriods } from "../../../src/time/calendar.js";
import { dayOf, localTimeOf } from "../../../src/time/local.js";
import { expectWithin } from "../../growth.js";
import { calendar, instant } from "../time/arbitrary.js";

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];
const SUNDAY_TO_THURSDAY = [7, 1, 2, 3, 4];
const week = (zone: string, days: number[], from = "09:00", to = "17:00", holidays: string[] = []): WorkCalendar => ({
  ...{ zone, days, from, to },
  holidays: new Set(holidays),
});
const ATHENS = week("Europe/Athens", MONDAY_TO_FRIDAY);
const CAIRO = week("Africa/Cairo", SUNDAY_TO_THURSDAY);
const VIENNA = week("Europe/Vienna", MONDAY_TO_FRIDAY, "08:00", "16:00");

let people = 0;
const invited = (agencyId: string, cal: WorkCalendar, busy: Invitee["busy"] = []): Invitee => ({
  ...{ id: `p${++people}`, agencyId, calendar: cal, busy },
});
const options = (over: Partial<SlotOptions> = {}): SlotOptions => ({
  minutes: 60,
  from: new Date("2026-11-24T10:00:00Z"),
  until: new Date("2026-12-22T10:00:00Z"),
  zone: "Europe/Athens",
  count: 5,
  calendar: ATHENS,
  ...over,
});
const shown = ({ at }: { at: Date }, zone = "Europe/Athens") => {
  const { hour, minute } = localTimeOf(at, zone);
  return `${dayOf(at, zone)} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
};

/** Asked of the calendar at every quarter of an hour, which the code under test does not do. */
function can({ calendar: cal, busy }: Invitee, at: Date, minutes: number): boolean {
  const end = addMinutes(at, minutes);
  for (let m = 0; m <= minutes; m += 5) if (!isWorking(cal, addMinutes(at, m))) return false;
  return isWorking(cal, end) && !busy.some(({ from, to }) => from < to && from < end && to > at);
}

const holds = (slots: Slot[], { minutes, zone, from, until, count }: SlotOptions) => {
  expect(slots.length).toBeLessThanOrEqual(Math.min(10, Math.max(2, count)));
  const days = new Map<string, number>();
  for (const [i, { at }] of slots.entries()) {
    expect(at >= from && addMinutes(at, minutes) <= until).toBe(true);
    expect(localTimeOf(at, zone)).toMatchObject({ second: 0 });
    expect(localTimeOf(at, zone).minute % 15).toBe(0);
    const next = slots[i + 1];
    if (next) expect(addMinutes(at, minutes).getTime()).toBeLessThanOrEqual(next.at.getTime());
    const day = dayOf(at, zone);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  expect(Math.max(0, ...days.values())).toBeLessThanOrEqual(2);
};

describe("proposeSlots", () => {
  test("all can: on different days, at different times", () => {
    const slots = proposeSlots([invited("a", ATHENS), invited("b", ATHENS)], options());
    expect(slots.map((slot) => shown(slot))).toEqual([
      "2026-11-24 12:00",
      "2026-11-25 09:00",
      "2026-11-26 14:00",
      "2026-11-27 16:00",
      "2026-11-30 09:00",
    ]);
    expect(slots.every(({ able, of, missingAgencies }) => able === 2 && of === 2 && missingAgencies.length === 0)).toBe(
      true,
    );
  });

  test("Sunday to Thursday beside Monday to Friday: never on a Friday, a Saturday, a Sunday", () => {
    const slots = proposeSlots([invited("labour", ATHENS), invited("border", CAIRO)], options({ count: 10 }));
    expect(slots).toHaveLength(10);
    for (const { at, missingAgencies } of slots) {
      expect([1, 2, 3, 4]).toContain(at.getUTCDay());
      expect(missingAgencies).toEqual([]);
    }
  });

  test("an agency that cannot be there is named, and the most of the others are", () => {
    const away = [{ from: new Date("2026-11-01T00:00:00Z"), to: new Date("2027-01-01T00:00:00Z") }];
    const slots = proposeSlots(
      [invited("z", ATHENS, away), invited("b", CAIRO), invited("a", VIENNA, away)],
      options(),
    );
    expect(slots).toHaveLength(5);
    for (const slot of slots) expect(slot).toMatchObject({ able: 1, of: 3, missingAgencies: ["a", "z"] });
  });

  test("two agencies with one person each go before one agency with five", () => {
    const early = week("Europe/Athens", MONDAY_TO_FRIDAY, "07:00", "09:00");
    const late = week("Europe/Athens", MONDAY_TO_FRIDAY, "15:00", "17:00");
    const five = Array.from({ length: 5 }, () => invited("many", early));
    const slots = proposeSlots([...five, invited("few", late), invited("other", late)], options());
    for (const slot of slots) {
      expect(slot).toMatchObject({ able: 2, missingAgencies: ["many"] });
      expect(localTimeOf(slot.at, "Europe/Athens").hour).toBeGreaterThanOrEqual(15);
    }
  });

  test("a meeting that ends when leave begins, or begins when it ends, is one", () => {
    const busy = [
      { from: new Date("2026-11-25T08:00:00Z"), to: new Date("2026-11-25T14:00:00Z") },
      { from: new Date("2026-11-25T09:00:00Z"), to: new Date("2026-11-25T10:00:00Z") },
    ];
    const day = { from: new Date("2026-11-25T00:00:00Z"), until: new Date("2026-11-26T00:00:00Z") };
    expect(proposeSlots([invited("a", ATHENS, busy)], options(day)).map((slot) => shown(slot))).toEqual([
      "2026-11-25 09:00",
      "2026-11-25 16:00",
    ]);
  });

  test("where nobody has an hour, the body's working time stands in; where it has none either, nothing does", () => {
    const short = week("Europe/Athens", MONDAY_TO_FRIDAY, "09:00", "09:30");
    const slots = proposeSlots([invited("a", short)], options());
    expect(slots).toHaveLength(5);
    for (const slot of slots) {
      expect(slot).toMatchObject({ able: 0, of: 1, missingAgencies: ["a"] });
      expect(isWorking(ATHENS, slot.at)).toBe(true);
    }
    expect(proposeSlots([invited("a", short)], options({ calendar: short }))).toEqual([]);
    expect(proposeSlots([], options()).every(({ able, of }) => able === 0 && of === 0)).toBe(true);
  });

  test.each([
    ["no time at all", { until: new Date("2026-11-24T10:30:00Z") }],
    ["the end before the start", { until: new Date("2026-11-01T10:30:00Z") }],
    ["no length", { minutes: 0 }],
  ])("%s: no slot", (_, over) => expect(proposeSlots([invited("a", ATHENS)], options(over))).toEqual([]));

  test("between two and ten, whatever is asked", () => {
    expect(proposeSlots([invited("a", ATHENS)], options({ count: 1 }))).toHaveLength(2);
    expect(proposeSlots([invited("a", ATHENS)], options({ count: 99 }))).toHaveLength(10);
  });

  test.each([
    ["Europe/Athens", "2026-03-23T00:00:00Z"],
    ["Europe/Athens", "2026-10-19T00:00:00Z"],
    ["Africa/Cairo", "2026-04-20T00:00:00Z"],
    ["Australia/Lord_Howe", "2026-03-30T00:00:00Z"],
    ["America/New_York", "2026-03-02T00:00:00Z"],
  ])("the week in which the clock changes in %s (%s): by the wall of each", (zone, monday) => {
    const night = week(zone, [1, 2, 3, 4, 5, 6, 7], "00:00", "24:00");
    const there = week(zone, [1, 2, 3, 4, 5, 6, 7], "01:00", "05:00");
    const all = [invited("a", there), invited("b", night), invited("c", ATHENS)];
    const asked = options({
      zone,
      calendar: night,
      from: new Date(monday),
      until: addDays(new Date(monday), 14),
      count: 10,
    });
    const slots = proposeSlots(all, asked);
    holds(slots, asked);
    expect(slots).toHaveLength(10);
    for (const { at, able } of slots) expect(able).toBe(all.filter((one) => can(one, at, 60)).length);
  });

  const invitee: fc.Arbitrary<Invitee> = fc
    .record({
      agencyId: fc.constantFrom("a", "b", "c", "d"),
      calendar: fc.oneof(calendar, fc.constantFrom(ATHENS, CAIRO, VIENNA)),
      busy: fc.array(fc.record({ day: fc.nat(20), hour: fc.nat(23), hours: fc.integer({ min: 0, max: 60 }) }), {
        maxLength: 4,
      }),
    })
    .map(({ busy, ...rest }) => ({
      id: "",
      ...rest,
      busy: busy.map(({ day, hour, hours }) => {
        const from = new Date(Date.UTC(2027, 2, 20 + day, hour, 7));
        return { from, to: addMinutes(from, hours * 60) };
      }),
    }));
  const asked = fc
    .record({
      minutes: fc.integer({ min: 5, max: 300 }),
      start: fc.nat(10 * 1440),
      length: fc.integer({ min: 0, max: 12 }),
      zone: fc.constantFrom("Europe/Athens", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"),
      count: fc.integer({ min: 1, max: 12 }),
      calendar,
    })
    .map(({ start, length, ...rest }): SlotOptions => {
      const from = addMinutes(new Date("2027-03-20T00:00:00Z"), start);
      return { ...rest, from, until: addDays(from, length) };
    });

  test("never overlapping, two a day at most, deterministic, who can is who the calendars say can", {
    timeout: 120_000,
  }, () => {
    let looked = 0;
    fc.assert(
      fc.property(fc.array(invitee, { minLength: 1, maxLength: 6 }), asked, (all, asked) => {
        const slots = proposeSlots(all, asked);
        holds(slots, asked);
        expect(proposeSlots(structuredCopy(all), { ...asked })).toEqual(slots);
        expect(proposeSlots([...all].reverse(), asked)).toEqual(slots);
        for (const { at, able, of, missingAgencies } of slots) {
          const there = all.filter((one) => can(one, at, asked.minutes));
          expect(able).toBe(there.length);
          expect(of).toBe(all.length);
          const agencies = new Set(there.map(({ agencyId }) => agencyId));
          expect(missingAgencies).toEqual(
            [...new Set(all.map(({ agencyId }) => agencyId))].filter((id) => !agencies.has(id)).sort(),
          );
          looked++;
        }
        const ables = slots.map(({ able }) => able);
        if (ables.includes(0)) expect(Math.max(...ables)).toBe(0);
      }),
      { numRuns: 150 },
    );
    expect(looked).toBeGreaterThan(200);
  });

  test("no moment that was left out has more agencies than the best that is proposed", () => {
    fc.assert(
      fc.property(fc.array(invitee, { minLength: 1, maxLength: 5 }), asked, (all, asked) => {
        const slots = proposeSlots(all, asked);
        const agenciesAt = (at: Date) =>
          new Set(all.filter((one) => can(one, at, asked.minutes)).map(({ agencyId }) => agencyId)).size;
        const best = Math.max(0, ...slots.map(({ at }) => agenciesAt(at)));
        for (
          let t = Math.ceil(asked.from.getTime() / 900_000) * 900_000;
          t + asked.minutes * 60_000 <= asked.until.getTime();
          t += 45 * 60_000
        )
          expect(agenciesAt(new Date(t))).toBeLessThanOrEqual(best);
      }),
      { numRuns: 12 },
    );
  });

  const structuredCopy = (all: readonly Invitee[]): Invitee[] =>
    all.map((one) => ({ ...one, calendar: { ...one.calendar }, busy: [...one.busy] }));

  /** People of twenty agencies in five zones, a calendar and three days of leave each; `read` hears of every day looked at. */
  const crowd = (size: number, read: () => void = () => undefined): Invitee[] => {
    const zones = ["Europe/Athens", "Africa/Cairo", "Europe/Vienna", "Asia/Tbilisi", "America/New_York"];
    return Array.from({ length: size }, (_, n) =>
      invited(
        `agency ${n % 20}`,
        {
          ...week(
            zones[n % 5] ?? "UTC",
            n % 3 ? MONDAY_TO_FRIDAY : SUNDAY_TO_THURSDAY,
            `0${7 + (n % 3)}:00`,
            `${15 + (n % 4)}:30`,
          ),
          holidays: () => {
            read();
            return false;
          },
        },
        [
          {
            from: addDays(new Date("2026-11-24T00:00:00Z"), n % 25),
            to: addDays(new Date("2026-11-24T00:00:00Z"), (n % 25) + 3),
          },
        ],
      ),
    );
  };

  test("each calendar is read once, a day at a time, however many share it", () => {
    const DAYS = 28 + 2;
    let reads = 0;
    const all = crowd(60, () => reads++);
    expect(proposeSlots(all, options({ count: 10 }))).toHaveLength(10);
    expect(reads).toBeGreaterThan(60 * 15);
    expect(reads).toBeLessThanOrEqual(60 * DAYS);
    reads = 0;
    const [first] = all;
    const shared = all.map((one) => ({ ...one, calendar: first?.calendar ?? ATHENS }));
    expect(proposeSlots(shared, options({ count: 10 }))).toHaveLength(10);
    expect(reads).toBeLessThanOrEqual(DAYS);
  });

  test("sixty people with a calendar each, four weeks: little more than reading their calendars", async () => {
    const all = crowd(60);
    const asked = options({ count: 10 });
    const ratio = await expectWithin(10, {
      what: "slots beside the working time that they are taken from",
      little: () => all.map(({ calendar: cal }) => workingPeriods(cal, asked.from, asked.until)),
      much: () => proposeSlots(all, asked),
    });
    console.log(`slots for 60 people over 4 weeks: ${ratio.toFixed(1)} times as long as their working time alone`);
  });
});

test("working periods are where the calendar works, and nowhere else", () => {
  fc.assert(
    fc.property(calendar, instant, fc.integer({ min: 1, max: 9 }), (cal, from, days) => {
      const until = addDays(from, days);
      const periods = workingPeriods(cal, from, until);
      for (const [i, one] of periods.entries()) {
        expect(one.from < one.to && one.from >= from && one.to <= until).toBe(true);
        const next = periods[i + 1];
        if (next) expect(one.to < next.from).toBe(true);
      }
      for (let m = 1; m < days * 1440; m += 37) {
        const at = addMinutes(from, m);
        const inside = periods.some((one) => at >= one.from && at <= one.to);
        expect(inside).toBe(isWorking(cal, at));
      }
    }),
    { numRuns: 60 },
  );
});

describe("holidayClashes", () => {
  const start = "2026-12-01T10:00";
  const zone = "Europe/Athens";
  const weekly = (n: number): Turn[] => turns({ start, zone, rule: "FREQ=WEEKLY" }, { limit: n });
  const told = (clashes: ReturnType<typeof holidayClashes>) =>
    clashes.map(({ turn, agencyIds, proposal }) => [turn.local, agencyIds.join(" "), proposal?.local]);

  test("whose it is, and the nearest working day of all, the later of two", () => {
    const members = [
      { agencyId: "labour", calendar: { ...ATHENS, holidays: new Set(["2026-12-08"]) } },
      { agencyId: "border", calendar: { ...ATHENS, holidays: new Set(["2026-12-22", "2026-12-23"]) } },
      { agencyId: "asylum", calendar: { ...CAIRO, holidays: new Set(["2026-12-22"]) } },
    ];
    expect(told(holidayClashes(weekly(5), members, zone))).toEqual([
      ["2026-12-08T10:00", "labour", "2026-12-09T10:00"],
      ["2026-12-22T10:00", "asylum border", "2026-12-21T10:00"],
    ]);
  });

  test("a day off that is no holiday is no clash, but is not proposed either", () => {
    const friday = turns({ start: "2026-12-04T10:00", zone, rule: "FREQ=WEEKLY" }, { limit: 2 });
    const members = [
      { agencyId: "a", calendar: { ...ATHENS, holidays: new Set(["2026-12-11"]) } },
      { agencyId: "b", calendar: CAIRO },
    ];
    expect(told(holidayClashes(friday, members, zone))).toEqual([["2026-12-11T10:00", "a", "2026-12-10T10:00"]]);
  });

  test("the holiday is where the member is", () => {
    const late: Turn = { local: "2026-12-01T23:30", at: toInstant("2026-12-01T23:30", zone) };
    const tokyo = {
      agencyId: "t",
      calendar: { ...week("Asia/Tokyo", [1, 2, 3, 4, 5, 6, 7]), holidays: new Set(["2026-12-02"]) },
    };
    expect(told(holidayClashes([late], [tokyo], zone))).toEqual([["2026-12-01T23:30", "t", "2026-12-02T23:30"]]);
  });

  test("no day within a week, or only days with a turn of their own: nothing is proposed", () => {
    const never = {
      agencyId: "n",
      calendar: { ...ATHENS, holidays: (day: string) => day >= "2026-11-20" && day < "2026-12-20" },
    };
    expect(holidayClashes(weekly(1), [never], zone)).toEqual([{ turn: weekly(1)[0], agencyIds: ["n"] }]);
    const daily = turns({ start, zone, rule: "FREQ=DAILY" }, { limit: 20 });
    const one = { agencyId: "o", calendar: { ...ATHENS, holidays: new Set(["2026-12-10"]) } };
    expect(told(holidayClashes(daily, [one], zone))).toEqual([["2026-12-10T10:00", "o", undefined]]);
  });

  test("the wall time stays over a change of the clock", () => {
    const turn: Turn = { local: "2026-03-27T10:00", at: toInstant("2026-03-27T10:00", zone) };
    const cal = { ...ATHENS, holidays: new Set(["2026-03-27", "2026-03-26", "2026-03-25"]) };
    const [clash] = holidayClashes([turn], [{ agencyId: "a", calendar: cal }], zone);
    expect(clash?.proposal).toEqual({ local: "2026-03-30T10:00", at: new Date("2026-03-30T07:00:00Z") });
  });
});
