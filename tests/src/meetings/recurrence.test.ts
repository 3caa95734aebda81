import { addDays } from "date-fns";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkRule,
  fiveFrom,
  type RuleProblem,
  toInstant,
  toLocalTime,
  turns,
  utcForm,
  weekdayCode,
} from "../../../src/meetings/recurrence.js";
import { describeRule } from "../../../src/meetings/rule-words.js";
import { conformance } from "../../conformance.js";
import { expectWithin, Slowest, timed } from "../../growth.js";
import type { ZoneTransitions } from "../time/conformance.js";

/** What every suite needs where the material is missing: ten zones, and a change of the clock in most. */
const OWN: ZoneTransitions = {
  zones: [
    {
      zone: "Europe/Vienna",
      transitions: [{ utc: "2026-03-29T01:00Z", before: 60, after: 120, kind: "gap", minutes: 60 }],
    },
    {
      zone: "Europe/Athens",
      transitions: [{ utc: "2026-10-25T01:00Z", before: 180, after: 120, kind: "overlap", minutes: 60 }],
    },
    {
      zone: "Europe/London",
      transitions: [{ utc: "2027-03-28T01:00Z", before: 0, after: 60, kind: "gap", minutes: 60 }],
    },
    {
      zone: "Australia/Lord_Howe",
      transitions: [{ utc: "2026-04-04T15:00Z", before: 660, after: 630, kind: "overlap", minutes: 30 }],
    },
    {
      zone: "America/New_York",
      transitions: [{ utc: "2026-03-08T07:00Z", before: -300, after: -240, kind: "gap", minutes: 60 }],
    },
    {
      zone: "America/Santiago",
      transitions: [{ utc: "2026-04-05T03:00Z", before: -180, after: -240, kind: "overlap", minutes: 60 }],
    },
    { zone: "Asia/Kathmandu", transitions: [] },
    { zone: "Pacific/Kiritimati", transitions: [] },
    { zone: "Africa/Nairobi", transitions: [] },
    { zone: "America/St_Johns", transitions: [] },
  ],
};
const material = conformance<ZoneTransitions>("dates/dst-transitions-2025-2029.json") ?? OWN;
const changes = material.zones.flatMap(({ zone, transitions }) =>
  transitions.map((one) => ({ zone, ...one, at: new Date(one.utc) })),
);

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What Intl, which none of the code asks for this, shows at an instant. */
function shownByIntl(at: Date, zone: string): string {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit" },
    } as Intl.DateTimeFormatOptions);
    clocks.set(zone, clock);
  }
  const { year, month, day, hour, minute } = Object.fromEntries(
    clock.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** Every instant, minute by minute, at which Intl shows the wall: none in a gap, two in an overlap. */
function instantsByIntl(wall: string, zone: string): number[] {
  const shown = Date.parse(`${wall}:00Z`);
  const offsets = new Set<number>();
  for (const hours of [-36, -18, 0, 18, 36]) {
    const at = shown + hours * 3_600_000;
    offsets.add(Date.parse(`${shownByIntl(new Date(at), zone)}:00Z`) - at);
  }
  return [...offsets]
    .map((offset) => shown - offset)
    .filter((at) => shownByIntl(new Date(at), zone) === wall)
    .sort((a, b) => a - b);
}

const shifted = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);

test("there are at least ten zones and clock changes to look at", () => {
  console.log(`clock changes: ${changes.length} in ${material.zones.length} zones`);
  expect(material.zones.length).toBeGreaterThanOrEqual(10);
  expect(changes.length).toBeGreaterThan(4);
});

describe.each(material.zones.map(({ zone }) => zone))("a year of weeks at 10:00 in %s", (zone) => {
  test.each([2025, 2026, 2027, 2028, 2029])("%i", (year) => {
    const first = `${year}-01-0${7 - new Date(Date.UTC(year, 0, 7)).getUTCDay() || 7}`;
    const series = turns({ start: `${first}T10:00`, zone, rule: "FREQ=WEEKLY" }, { limit: 52 });
    expect(series).toHaveLength(52);
    for (const [i, { local: wall, at }] of series.entries()) {
      expect(wall).toBe(`${shifted(first, 7 * i)}T10:00`);
      expect(shownByIntl(at, zone)).toBe(wall);
      expect(instantsByIntl(wall, zone)).toEqual([at.getTime()]);
      expect(toLocalTime(at, zone)).toBe(wall);
    }
  });
});

test("weekly and daily series at a time inside each change of the clock, held against Intl", () => {
  let looked = 0;
  const kinds = { gap: 0, overlap: 0 };
  for (const { zone, at, before, after, kind, minutes } of changes) {
    // The first minute of the jump or of the stretch shown twice, one in it, and its last.
    for (const m of [0, Math.floor(minutes / 3), minutes - 1]) {
      const inside = new Date(at.getTime() + (m + Math.min(before, after)) * 60_000).toISOString().slice(0, 16);
      const [day = "", time] = inside.split("T");
      for (const [rule, step] of [
        ["FREQ=WEEKLY", 7],
        ["FREQ=DAILY", 1],
      ] as const) {
        const start = `${shifted(day, -3 * step)}T${time}`;
        const series = turns({ start, zone, rule }, { limit: 7 });
        expect(series.map(({ local: wall }) => wall)).toEqual(
          [0, 1, 2, 3, 4, 5, 6].map((n) => `${shifted(day, (n - 3) * step)}T${time}`),
        );
        for (const turn of series) {
          const instants = instantsByIntl(turn.local, zone);
          if (instants.length > 0) expect(turn.at.getTime()).toBe(instants[0]);
          else expect(turn.at.getTime()).toBe(Date.parse(`${turn.local}:00Z`) - before * 60_000);
          looked++;
        }
        const there = instantsByIntl(inside, zone);
        expect(there).toHaveLength(kind === "gap" ? 0 : 2);
        kinds[kind]++;
      }
    }
  }
  console.log(`turns around clock changes: ${looked}`);
  expect(kinds.gap).toBeGreaterThan(0);
  expect(kinds.overlap).toBeGreaterThan(0);
});

describe("turns", () => {
  const ATHENS = "Europe/Athens";
  const walls = (rule: string | undefined, start: string, limit = 5, from?: Date) =>
    turns({ start, zone: ATHENS, ...(rule ? { rule } : {}) }, { limit, ...(from ? { from } : {}) }).map(
      ({ local: wall }) => wall,
    );

  test("the rules of ordinary meetings", () => {
    expect(walls("FREQ=MONTHLY;BYDAY=1TU", "2026-12-01T10:00", 3)).toEqual([
      "2026-12-01T10:00",
      "2027-01-05T10:00",
      "2027-02-02T10:00",
    ]);
    expect(walls("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-11-26T09:00", 4)).toEqual([
      "2026-11-26T09:00",
      "2026-12-07T09:00",
      "2026-12-10T09:00",
      "2026-12-21T09:00",
    ]);
    expect(walls("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30T16:00", 3)).toEqual([
      "2026-11-30T16:00",
      "2026-12-31T16:00",
      "2027-01-29T16:00",
    ]);
    expect(walls("FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-31T08:00", 3)).toEqual([
      "2026-12-31T08:00",
      "2027-01-31T08:00",
      "2027-03-31T08:00",
    ]);
    expect(walls("FREQ=YEARLY", "2028-02-29T08:00", 2)).toEqual(["2028-02-29T08:00", "2032-02-29T08:00"]);
    expect(walls("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR", "2026-11-27T08:00", 2)).toEqual([
      "2026-11-27T08:00",
      "2027-02-26T08:00",
    ]);
  });

  test("once", () => {
    expect(walls(undefined, "2026-12-01T10:00")).toEqual(["2026-12-01T10:00"]);
    expect(walls(undefined, "2026-12-01T10:00", 5, new Date("2026-12-01T08:00:00Z"))).toEqual(["2026-12-01T10:00"]);
    expect(walls(undefined, "2026-12-01T10:00", 5, new Date("2026-12-01T08:00:01Z"))).toEqual([]);
    expect(walls(undefined, "2026-12-01T10:00", 0)).toEqual([]);
  });

  test("UNTIL is part of it, and is an instant: the same text ends a day earlier west of it", () => {
    const rule = "FREQ=DAILY;UNTIL=20261203T080000Z";
    expect(walls(rule, "2026-12-01T10:00").at(-1)).toBe("2026-12-03T10:00");
    expect(walls(rule, "2026-12-01T10:01").at(-1)).toBe("2026-12-02T10:01");
    const honolulu = turns({ start: "2026-12-01T10:00", zone: "Pacific/Honolulu", rule }, { limit: 9 });
    expect(honolulu.at(-1)?.local).toBe("2026-12-02T10:00");
  });

  test("COUNT counts from the first turn, wherever one looks from", () => {
    expect(walls("FREQ=WEEKLY;COUNT=4", "2026-12-01T10:00", 9, new Date("2026-12-10T00:00:00Z"))).toEqual([
      "2026-12-15T10:00",
      "2026-12-22T10:00",
    ]);
  });

  test("a rule that has no second turn ends", () => {
    expect(walls("FREQ=DAILY;INTERVAL=7;BYDAY=WE", "2026-12-01T10:00")).toEqual([]);
    expect(walls("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30", "2027-02-28T10:00")).toEqual([]);
  });

  const rule = fc.oneof(
    fc
      .record({
        interval: fc.integer({ min: 1, max: 5 }),
        days: fc.subarray(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], { minLength: 1 }),
      })
      .map(({ interval, days }) => `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${days.join(",")}`),
    fc.integer({ min: 1, max: 40 }).map((n) => `FREQ=DAILY;INTERVAL=${n}`),
    fc
      .record({
        n: fc.constantFrom(1, 2, 3, 4, -1, -2),
        day: fc.constantFrom("MO", "TU", "SU"),
        interval: fc.integer({ min: 1, max: 4 }),
      })
      .map(({ n, day, interval }) => `FREQ=MONTHLY;INTERVAL=${interval};BYDAY=${n}${day}`),
    fc.integer({ min: 1, max: 31 }).map((n) => `FREQ=MONTHLY;BYMONTHDAY=${n}`),
  );
  const zone = fc.constantFrom(...material.zones.map((one) => one.zone));
  const start = fc
    .record({ days: fc.nat(1500), minute: fc.nat(1439) })
    .map(({ days, minute }) =>
      new Date(Date.UTC(2025, 0, 1) + days * 86_400_000 + minute * 60_000).toISOString().slice(0, 16),
    );

  test("in order, on their walls, and the same from wherever one looks", () => {
    fc.assert(
      fc.property(rule, zone, start, fc.nat(60), (rule, zone, start, ahead) => {
        const all = turns({ start, zone, rule }, { limit: 70 });
        expect(all).toHaveLength(70);
        for (const [i, turn] of all.entries()) {
          expect(turn.at).toEqual(toInstant(turn.local, zone));
          expect(turn.local.slice(10)).toBe(start.slice(10));
          expect(turn.at.getTime()).toBeGreaterThan(all[i - 1]?.at.getTime() ?? 0);
        }
        const from = addDays(all[0]?.at ?? 0, ahead);
        const later = turns({ start, zone, rule }, { from, limit: 8 });
        expect(later).toEqual(all.filter(({ at }) => at >= from).slice(0, 8));
        expect(later).toHaveLength(8);
        const exactly = all[5]?.at ?? from;
        expect(turns({ start, zone, rule }, { from: exactly, limit: 3 })).toEqual(all.slice(5, 8));
      }),
      { numRuns: 150 },
    );
  });

  test("a weekly rule has exactly the days that arithmetic gives it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
        start,
        zone,
        (interval, days, start, zone) => {
          const byDay = days.map(weekdayCode).join(",");
          const got = turns({ start, zone, rule: `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${byDay}` }, { limit: 15 });
          const day = start.slice(0, 10);
          const iso = (one: string) => new Date(`${one}T00:00:00Z`).getUTCDay() || 7;
          const monday = shifted(day, 1 - iso(day));
          const expected: string[] = [];
          for (let n = 0; expected.length < 15; n++) {
            const one = shifted(monday, n);
            if (one >= day && Math.floor(n / 7) % interval === 0 && days.includes(iso(one)))
              expected.push(`${one}${start.slice(10)}`);
          }
          expect(got.map(({ local: wall }) => wall)).toEqual(expected);
        },
      ),
    );
  });

  test("a weekday's place in the month, and the last working day, are those that counting gives", () => {
    const daysOf = (year: number, month: number) =>
      Array.from(
        { length: new Date(Date.UTC(year, month, 0)).getUTCDate() },
        (_, n) => new Date(Date.UTC(year, month - 1, n + 1)),
      );
    const place = fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -5);
    fc.assert(
      fc.property(
        place,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(30),
        zone,
        (nth, weekday, interval, ahead, zone) => {
          const byDay: string[] = [];
          const working: string[] = [];
          for (let n = ahead; n < ahead + 60 * interval; n += interval) {
            const month = daysOf(2025 + Math.floor(n / 12), (n % 12) + 1);
            const named = month.filter((day) => (day.getUTCDay() || 7) === weekday);
            const iso = (day: Date | undefined) => (day ? [day.toISOString().slice(0, 10)] : []);
            byDay.push(...iso(named.at(nth < 0 ? nth : nth - 1)));
            working.push(...iso(month.filter((day) => day.getUTCDay() % 6 !== 0).at(-1)));
          }
          // A month of five Mondays may be the first one only by and by, so the series begins with its own first turn.
          const of = (rule: string, days: string[]) =>
            turns(
              { start: `${days[0]}T09:15`, zone, rule: `FREQ=MONTHLY;INTERVAL=${interval};${rule}` },
              { limit: 8 },
            ).map(({ local: wall }) => wall.slice(0, 10));
          expect(of(`BYDAY=${nth}${weekdayCode(weekday)}`, byDay)).toEqual(byDay.slice(0, 8));
          expect(of("BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", working)).toEqual(working.slice(0, 8));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("checkRule", () => {
  const START = "2026-12-01T10:00"; // a Tuesday
  test.each<[string, string]>([
    ["FREQ=DAILY", "FREQ=DAILY"],
    ["freq=weekly;byday=tu", "FREQ=WEEKLY;BYDAY=TU"],
    ["BYDAY=TU;INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"],
    ["FREQ=MONTHLY;INTERVAL=1;BYDAY=+1TU", "FREQ=MONTHLY;BYDAY=1TU"],
    ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"],
    ["FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6", "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6"],
    ["FREQ=YEARLY", "FREQ=YEARLY"],
    ["FREQ=WEEKLY;UNTIL=20270630T080000Z", "FREQ=WEEKLY;UNTIL=20270630T080000Z"],
  ])("%s", (rule, taken) => expect(checkRule(rule, START, "Europe/Athens")).toEqual({ ok: true, rule: taken }));

  test.each<[string, RuleProblem]>([
    ["", "unreadable"],
    ["every Tuesday", "unreadable"],
    ["RRULE:FREQ=DAILY", "unreadable"],
    ["FREQ=DAILY;FREQ=WEEKLY", "unreadable"],
    ["FREQ=DAILY;", "unreadable"],
    ["FREQ=DAILY\nEXDATE:20261201T100000Z", "unreadable"],
    ["INTERVAL=2", "unreadable"],
    [`FREQ=MONTHLY;BYMONTHDAY=${Array.from({ length: 90 }, () => "1").join(",")}`, "unreadable"],
    ["FREQ=HOURLY", "part"],
    ["FREQ=SECONDLY", "part"],
    ["FREQ=DAILY;BYHOUR=9,10", "part"],
    ["FREQ=WEEKLY;WKST=SU", "part"],
    ["FREQ=YEARLY;BYMONTH=13", "figure"],
    ["FREQ=WEEKLY;BYMONTH=0", "figure"],
    ["FREQ=YEARLY;BYWEEKNO=20", "part"],
    ["FREQ=YEARLY;RSCALE=CHINESE", "part"],
    ["FREQ=DAILY;INTERVAL=0", "figure"],
    ["FREQ=DAILY;INTERVAL=-1", "figure"],
    ["FREQ=DAILY;INTERVAL=99999", "figure"],
    ["FREQ=DAILY;COUNT=0", "figure"],
    ["FREQ=DAILY;COUNT=100000", "figure"],
    ["FREQ=WEEKLY;BYDAY=XX", "figure"],
    ["FREQ=WEEKLY;BYDAY=1TU", "figure"],
    ["FREQ=MONTHLY;BYDAY=6TU", "figure"],
    ["FREQ=MONTHLY;BYDAY=0TU", "figure"],
    ["FREQ=MONTHLY;BYMONTHDAY=32", "figure"],
    ["FREQ=WEEKLY;BYMONTHDAY=1", "figure"],
    ["FREQ=MONTHLY;BYSETPOS=1", "figure"],
    ["FREQ=DAILY;UNTIL=20270630", "figure"],
    ["FREQ=DAILY;UNTIL=20270630T100000", "figure"],
    ["FREQ=DAILY;UNTIL=20270231T100000Z", "figure"],
    ["FREQ=DAILY;COUNT=3;UNTIL=20270630T080000Z", "count_and_until"],
    ["FREQ=DAILY;UNTIL=20261130T080000Z", "ended"],
    ["FREQ=DAILY;INTERVAL=7;BYDAY=WE", "never"],
    ["FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=40", "never"],
    ["FREQ=WEEKLY;BYDAY=WE", "start"],
    ["FREQ=MONTHLY;BYDAY=2TU", "start"],
  ])("refuses %s", (rule, said) => expect(checkRule(rule, START, "Europe/Athens")).toEqual({ ok: false, said }));

  const MONDAY = "2026-11-30T10:00";
  const check = (rule: string) => checkRule(rule, MONDAY, "Europe/Athens");
  /** Where a rule has no turn the library looks for one until its own bound; what is allowed is a multiple of that. */
  const expectBounded = (rule: string) =>
    expectWithin(40, {
      what: `${rule} beside 500 turns`,
      little: () => turns({ start: MONDAY, zone: "Europe/Athens", rule: "FREQ=DAILY" }, { limit: 500 }),
      much: () => check(rule),
    });

  test.each([
    "FREQ=YEARLY;INTERVAL=12;BYDAY=5MO;BYMONTHDAY=31;BYSETPOS=5",
    "FREQ=YEARLY;BYMONTHDAY=-31,30;BYSETPOS=-366",
    "FREQ=DAILY;INTERVAL=12;BYDAY=MO;BYMONTHDAY=31;BYSETPOS=5",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=40",
  ])("%s is given up after a bounded search", async (rule) => {
    expect(check(rule)).toEqual({ ok: false, said: "never" });
    await expectBounded(rule);
  });

  test("whatever is typed is taken or refused, after a bounded search", async () => {
    const slowest = new Slowest<string>();
    const part = fc.oneof(
      fc.constantFrom(
        "FREQ=DAILY",
        "FREQ=WEEKLY",
        "FREQ=MONTHLY",
        "FREQ=YEARLY",
        "INTERVAL=7",
        "INTERVAL=12",
        "COUNT=3",
      ),
      fc.constantFrom(
        "BYDAY=MO",
        "BYDAY=5MO",
        "BYDAY=-1FR,2TU",
        "BYMONTHDAY=31",
        "BYMONTHDAY=-31,30",
        "BYSETPOS=5",
        "BYSETPOS=-366",
      ),
      fc.string({ maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(part, { maxLength: 5 }), async (parts) => {
        const rule = parts.join(";");
        const { ms, value: checked } = await timed(() => check(rule));
        slowest.saw(rule, ms);
        if (!checked.ok) return;
        expect(check(checked.rule)).toEqual(checked);
        expect(turns({ start: MONDAY, zone: "Europe/Athens", rule: checked.rule }, { limit: 3 })[0]?.local).toBe(
          MONDAY,
        );
      }),
      { numRuns: 300 },
    );
    for (const rule of slowest.all) await expectBounded(rule);
  });
});

describe("walls", () => {
  test.each(["2026-02-31T10:00", "2026-12-01T24:00", "2026-12-01 10:00", "2026-12-01T10:60", "2026-12-01", ""])(
    "%s is none",
    (wall) => expect(() => toInstant(wall, "UTC")).toThrow(RangeError),
  );

  test("a working week starts where it starts", () => {
    expect(fiveFrom(0)).toEqual(["MO", "TU", "WE", "TH", "FR"]);
    expect(fiveFrom(6)).toEqual(["SU", "MO", "TU", "WE", "TH"]);
    expect(fiveFrom(-1)).toEqual(["SU", "MO", "TU", "WE", "TH"]);
    expect(utcForm(new Date("2027-06-30T08:00:00Z"))).toBe("20270630T080000Z");
  });
});

describe("describeRule", () => {
  test.each<[string, string, string]>([
    ["FREQ=DAILY", "every day", "chaque jour"],
    ["FREQ=DAILY;INTERVAL=3", "every 3 days", "tous les 3 jours"],
    ["FREQ=WEEKLY", "every Tuesday", "chaque mardi"],
    ["FREQ=WEEKLY;BYDAY=TH,TU", "every Tuesday and Thursday", "tous les mardis et jeudis"],
    [
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
      "every 2 weeks on Monday and Thursday",
      "toutes les 2 semaines, le lundi et le jeudi",
    ],
    ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every working day", "chaque jour ouvré"],
    [
      "FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH",
      "every working day (Sunday to Thursday)",
      "chaque jour ouvré (du dimanche au jeudi)",
    ],
    ["FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day", "chaque jour"],
    ["FREQ=MONTHLY;BYDAY=1TU", "every first Tuesday", "chaque premier mardi"],
    ["FREQ=MONTHLY;BYDAY=-1FR", "every last Friday", "chaque dernier vendredi"],
    ["FREQ=MONTHLY;BYDAY=2TU", "every second Tuesday of the month", "chaque deuxième mardi du mois"],
    [
      "FREQ=MONTHLY;BYDAY=1TU,3TU",
      "every first and third Tuesday of the month",
      "chaque premier et troisième mardi du mois",
    ],
    [
      "FREQ=MONTHLY;BYDAY=1MO,3TU",
      "every first Monday and third Tuesday of the month",
      "chaque premier lundi et troisième mardi du mois",
    ],
    ["FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "every 3 months on the first Monday", "tous les 3 mois, le premier lundi"],
    ["FREQ=MONTHLY", "every month on the 1st", "chaque mois, le 1er"],
    ["FREQ=MONTHLY;BYMONTHDAY=15,22", "every month on the 15th and the 22nd", "chaque mois, le 15 et le 22"],
    [
      "FREQ=MONTHLY;BYMONTHDAY=11,-1",
      "every month on the 11th and the last day",
      "chaque mois, le 11 et le dernier jour",
    ],
    [
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
      "every last working day of the month",
      "chaque dernier jour ouvré du mois",
    ],
    ["FREQ=MONTHLY;BYDAY=TU", "every month on each Tuesday", "chaque mois, chaque mardi"],
    ["FREQ=YEARLY", "every year on 1 December", "chaque année, le 1er décembre"],
    [
      "FREQ=YEARLY;BYDAY=1MO",
      "every year on the first Monday of the year",
      "chaque année, le premier lundi de l'année",
    ],
    ["FREQ=WEEKLY;COUNT=6", "every Tuesday, 6 times", "chaque mardi, 6 fois"],
    [
      "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270630T070000Z",
      "every first Tuesday until 30 June 2027",
      "chaque premier mardi jusqu'au 30 juin 2027",
    ],
    ["FREQ=HOURLY", "FREQ=HOURLY", "FREQ=HOURLY"],
  ])("%s", (rule, english, french) => {
    expect(describeRule(rule, "2026-12-01T10:00", "en")).toBe(english);
    expect(describeRule(rule, "2026-12-01T10:00", "fr-BE")).toBe(french);
  });

  test("the last day is shown where the meeting is", () => {
    const rule = "FREQ=WEEKLY;UNTIL=20270601T000000Z";
    expect(describeRule(rule, "2026-12-01T20:00", "en", "America/New_York")).toBe("every Tuesday until 31 May 2027");
    expect(describeRule(rule, "2026-12-01T20:00", "fr", "Asia/Tokyo")).toBe("chaque mardi jusqu'au 1er juin 2027");
  });
});
