import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { instantsOf, isOver, type Period, periodBefore, range, readPeriod } from "../../../src/reports/period.js";
import { dayOf, plusDays } from "../../../src/time/local.js";

/** Monday. */
const TODAY = "2026-11-23";

const read = (said: string, lang: "en" | "fr" = "en", today = TODAY) => {
  const found = readPeriod(said, today, lang);
  return found.ok ? [found.period.key, found.period.first, found.period.last] : found.reason;
};

const Q3 = ["2026-Q3", "2026-07-01", "2026-09-30"];
const Q4 = ["2026-Q4", "2026-10-01", "2026-12-31"];
const JULY = ["2026-07", "2026-07-01", "2026-07-31"];
const OCTOBER = ["2026-10", "2026-10-01", "2026-10-31"];
const NOVEMBER = ["2026-11", "2026-11-01", "2026-11-30"];
const LAST_WEEK = ["2026-W47", "2026-11-16", "2026-11-22"];
const THIS_WEEK = ["2026-W48", "2026-11-23", "2026-11-29"];
const Y2025 = ["2025", "2025-01-01", "2025-12-31"];
const Y2026 = ["2026", "2026-01-01", "2026-12-31"];

describe("words that mean a period", () => {
  it.each([
    ["2026", Y2026],
    ["2026-Q3", Q3],
    ["2026Q3", Q3],
    ["2026 q3", Q3],
    ["Q3 2026", Q3],
    ["q3-2026", Q3],
    ["Q3/2026", Q3],
    [" Q3,  2026 ", Q3],
    ["Ｑ３", Q3],
    ["Q3", Q3],
    ["Q4", Q4],
    ["Q1", ["2026-Q1", "2026-01-01", "2026-03-31"]],
    ["Q3 2024", ["2024-Q3", "2024-07-01", "2024-09-30"]],
    ["2026-07", JULY],
    ["July", JULY],
    ["jul", JULY],
    ["Jul. 2026", JULY],
    ["JULY 2026", JULY],
    // December has not begun: the latest one.
    ["December", ["2025-12", "2025-12-01", "2025-12-31"]],
    ["November", NOVEMBER],
    ["Feb 2024", ["2024-02", "2024-02-01", "2024-02-29"]],
    ["Feb 2026", ["2026-02", "2026-02-01", "2026-02-28"]],
    ["Feb 2000", ["2000-02", "2000-02-01", "2000-02-29"]],
    ["2100-02", "future"],
    ["last month", OCTOBER],
    ["previous month", OCTOBER],
    ["the last month", OCTOBER],
    ["this month", NOVEMBER],
    ["current month", NOVEMBER],
    ["last quarter", Q3],
    ["this quarter", Q4],
    ["last year", Y2025],
    ["this year", Y2026],
    ["last week", LAST_WEEK],
    ["this week", THIS_WEEK],
    ["2026-W48", THIS_WEEK],
    ["2026W48", THIS_WEEK],
    ["2026-w48", THIS_WEEK],
    ["2026-W1", ["2026-W01", "2025-12-29", "2026-01-04"]],
    ["2025-W01", ["2025-W01", "2024-12-30", "2025-01-05"]],
    ["2020-W53", ["2020-W53", "2020-12-28", "2021-01-03"]],
    ["2015-W53", ["2015-W53", "2015-12-28", "2016-01-03"]],
    ["2024-W52", ["2024-W52", "2024-12-23", "2024-12-29"]],
    ["1 Jan to 31 Mar", ["2026-Q1", "2026-01-01", "2026-03-31"]],
    ["from 1 Jan to 31 Mar", ["2026-Q1", "2026-01-01", "2026-03-31"]],
    ["1 Jan until 15 Feb", ["2026-01-01/2026-02-15", "2026-01-01", "2026-02-15"]],
    ["1 Jan - 15 Feb", ["2026-01-01/2026-02-15", "2026-01-01", "2026-02-15"]],
    ["1 Jan – 15 Feb 2025", ["2025-01-01/2025-02-15", "2025-01-01", "2025-02-15"]],
    ["1 Jan 2025 to 15 Feb", ["2025-01-01/2025-02-15", "2025-01-01", "2025-02-15"]],
    // Of days without a year the latest that have begun, and of two years where they go over its end.
    ["1 Dec to 31 Dec", ["2025-12", "2025-12-01", "2025-12-31"]],
    ["15 Dec to 15 Jan", ["2025-12-15/2026-01-15", "2025-12-15", "2026-01-15"]],
    ["1 Nov to 30 Nov", NOVEMBER],
    ["2026-01-01/2026-12-31", Y2026],
    ["2026-01-05/2026-02-01", ["2026-01-05/2026-02-01", "2026-01-05", "2026-02-01"]],
    ["2026-01-05 to 2026-01-05", ["2026-01-05/2026-01-05", "2026-01-05", "2026-01-05"]],
    ["2024-02-29 to 2024-02-29", ["2024-02-29/2024-02-29", "2024-02-29", "2024-02-29"]],
    ["yesterday to today", ["2026-11-22/2026-11-23", "2026-11-22", "2026-11-23"]],
    ["1 Nov to today", ["2026-11-01/2026-11-23", "2026-11-01", "2026-11-23"]],
    // Monday is today; Friday has not come.
    ["Monday to today", ["2026-11-23/2026-11-23", "2026-11-23", "2026-11-23"]],
    ["Friday to Sunday", ["2026-11-20/2026-11-22", "2026-11-20", "2026-11-22"]],
    ["1 Dec to 31 Mar 2026", ["2025-12-01/2026-03-31", "2025-12-01", "2026-03-31"]],
    ["1 Dec to today", ["2025-12-01/2026-11-23", "2025-12-01", "2026-11-23"]],
    ["July to September", Q3],
    ["Jul to Sep", Q3],
    ["2026-01 to 2026-03", "unread"],
    ["Jan 2026 to Mar 2026", ["2026-Q1", "2026-01-01", "2026-03-31"]],
    ["Dec to Feb 2024", ["2023-12-01/2024-02-29", "2023-12-01", "2024-02-29"]],
    ["Dec 2023 to Feb", ["2023-12-01/2024-02-29", "2023-12-01", "2024-02-29"]],
    ["Friday to today", ["2026-11-20/2026-11-23", "2026-11-20", "2026-11-23"]],
  ])("%s", (said, expected) => {
    expect(read(said)).toEqual(expected);
  });

  it.each([
    ["T3", Q3],
    ["T3 2026", Q3],
    ["2026-T3", Q3],
    ["juillet", JULY],
    ["juil. 2026", JULY],
    ["Août 2026", ["2026-08", "2026-08-01", "2026-08-31"]],
    // With the accent as a letter of its own.
    ["décembre".normalize("NFD"), ["2025-12", "2025-12-01", "2025-12-31"]],
    ["fevrier 2024", ["2024-02", "2024-02-01", "2024-02-29"]],
    ["le mois dernier", OCTOBER],
    ["mois dernier", OCTOBER],
    ["le mois passé", OCTOBER],
    ["le mois précédent", OCTOBER],
    ["ce mois", NOVEMBER],
    ["ce mois-ci", NOVEMBER],
    ["le mois en cours", NOVEMBER],
    ["mois en cours", NOVEMBER],
    ["le trimestre dernier", Q3],
    ["ce trimestre", Q4],
    ["le trimestre en cours", Q4],
    ["l'année dernière", Y2025],
    // As a telephone writes it.
    ["l’année dernière", Y2025],
    ["l’an dernier", Y2025],
    ["l'an passé", Y2025],
    ["cette année", Y2026],
    ["l'année en cours", Y2026],
    ["la semaine dernière", LAST_WEEK],
    ["cette semaine", THIS_WEEK],
    ["cette semaine-ci", THIS_WEEK],
    ["du 1er janvier au 31 mars", ["2026-Q1", "2026-01-01", "2026-03-31"]],
    ["du 1 janvier au 15 février 2025", ["2025-01-01/2025-02-15", "2025-01-01", "2025-02-15"]],
    ["de janvier à mars 2026", ["2026-Q1", "2026-01-01", "2026-03-31"]],
    ["du 1er janvier 2026 jusqu'au 31 mars", ["2026-Q1", "2026-01-01", "2026-03-31"]],
    ["de vendredi à dimanche", ["2026-11-20/2026-11-22", "2026-11-20", "2026-11-22"]],
    ["1er novembre à aujourd’hui", ["2026-11-01/2026-11-23", "2026-11-01", "2026-11-23"]],
    // English is understood too.
    ["last month", OCTOBER],
  ])("%s", (said, expected) => {
    expect(read(said, "fr")).toEqual(expected);
  });

  it.each([
    ["", "unread"],
    ["soon", "unread"],
    ["2026-13", "unread"],
    ["2026-00", "unread"],
    ["2026-Q5", "unread"],
    ["Q0", "unread"],
    ["2026-W00", "unread"],
    ["2026-W54", "unread"],
    // 2026 has a week 53, 2025 has none.
    ["2025-W53", "unread"],
    ["31 Feb to 31 Mar", "unread"],
    ["2026-02-30/2026-03-01", "unread"],
    ["12", "unread"],
    ["0000", "unread"],
    ["0001-01-01/0001-01-02", "unread"],
    ["2027", "future"],
    ["2026-12", "future"],
    ["2027-Q1", "future"],
    ["2026-W49", "future"],
    ["tomorrow to 2026-12-31", "future"],
    ["2026-03-31/2026-01-01", "backward"],
    ["31 Mar 2026 to 1 Jan 2026", "backward"],
    ["2000-01-01/2026-01-01", "too_long"],
  ])("%s is refused", (said, expected) => {
    expect(read(said)).toBe(expected);
  });

  it("are read the same on a machine in whatever zone", () => {
    const words = ["2026-W01", "2026-W27", "2026-W53", "last week", "last month", "Q2", "July", "1 Jan to 15 Aug"];
    const inZone = (zone: string) => {
      process.env.TZ = zone;
      return words.map((said) => {
        const found = readPeriod(said, "2027-01-10", "en");
        return found.ok ? [found.period, periodBefore(found.period)] : found;
      });
    };
    const expected = inZone("UTC");
    for (const zone of ["Pacific/Kiritimati", "Pacific/Norfolk", "Pacific/Auckland", "Pacific/Pago_Pago"])
      expect(inZone(zone), zone).toEqual(expected);
  });
});

const { TZ } = process.env;
afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

describe("the period before", () => {
  it.each([
    ["2026", "2025"],
    ["2026-Q1", "2025-Q4"],
    ["2026-Q3", "2026-Q2"],
    ["2026-03", "2026-02"],
    ["2026-01", "2025-12"],
    ["2026-W01", "2025-W52"],
    ["2021-W01", "2020-W53"],
    // As many days before; where they are a month, its name.
    ["2026-02-01/2026-03-03", "2026-01"],
    ["2026-01-10/2026-01-12", "2026-01-07/2026-01-09"],
    ["2024-02-29/2024-03-01", "2024-02-27/2024-02-28"],
  ])("%s is %s", (said, before) => {
    const found = readPeriod(said, TODAY, "en");
    expect(found.ok && periodBefore(found.period).key).toBe(before);
  });

  it("ends the day before, and can be asked for by its own name", () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const before = periodBefore(period);
        expect(plusDays(before.last, 1)).toBe(period.first);
        expect(before.first <= before.last).toBe(true);
        for (const one of [period, before])
          expect(readPeriod(one.key, "2050-01-01", "en")).toEqual({ ok: true, period: one });
      }),
    );
  });

  it("is over once its last day is", () => {
    const { first, last } = range("2026-01-05", "2026-01-11");
    const one = { key: "", first, last };
    expect([isOver(one, "2026-01-11"), isOver(one, "2026-01-12")]).toEqual([false, true]);
  });
});

const day = fc.integer({ min: 0, max: 20_000 }).map((n) => plusDays("1995-01-01", n));
const anyPeriod: fc.Arbitrary<Period> = fc.oneof(
  fc.tuple(day, fc.integer({ min: 0, max: 800 })).map(([first, days]) => range(first, plusDays(first, days))),
  day
    .chain((one) =>
      fc.constantFrom(
        one.slice(0, 4),
        one.slice(0, 7),
        `${one.slice(0, 4)}-Q${1 + (Number(one.slice(8)) % 4)}`,
        `${one.slice(0, 4)}-W${10 + (Number(one.slice(8)) % 43)}`,
      ),
    )
    .map((key) => {
      const found = readPeriod(key, "2050-01-01", "en");
      if (!found.ok) throw new Error(key);
      return found.period;
    }),
);

/** Where midnight is leapt over, comes twice, or where a whole day was left out. */
const ZONES = [
  ...["Europe/Athens", "Europe/London", "America/Havana", "America/Sao_Paulo", "Asia/Beirut", "America/Asuncion"],
  ...["Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "Africa/Casablanca"],
];

describe("the instants of a period", () => {
  it("follow one another without a gap and without a part in common", () => {
    fc.assert(
      fc.property(anyPeriod, fc.constantFrom(...ZONES), (period, zone) => {
        const { from, until } = instantsOf(period, zone);
        expect(from < until || period.first === period.last).toBe(true);
        expect(instantsOf(periodBefore(period), zone).until).toEqual(from);
      }),
    );
  });

  it.each(ZONES)("are those of its days, to the millisecond, in %s", (zone) => {
    // Through every change of the clock in twenty years, and the days around it.
    for (const one of changesOf(zone)) {
      for (let n = -2; n <= 2; n++) {
        const first = plusDays(dayOf(one, zone), n);
        const { from, until } = instantsOf({ key: "", first, last: first }, zone);
        if (from < until) {
          expect([dayOf(from, zone), dayOf(new Date(until.getTime() - 1), zone)], first).toEqual([first, first]);
        }
        expect(dayOf(new Date(from.getTime() - 1), zone) < first, first).toBe(true);
        expect(dayOf(until, zone) > first, first).toBe(true);
      }
    }
  });
});

/** The hours in which the offset of a zone changes. */
function changesOf(zone: string): Date[] {
  const offset = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const shown = (at: number) => offset.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value;
  const found: Date[] = [];
  const step = 86_400_000;
  let before = shown(Date.UTC(2010, 0, 1));
  for (let at = Date.UTC(2010, 0, 1); at < Date.UTC(2030, 0, 1); at += step) {
    const now = shown(at + step);
    if (now !== before) found.push(new Date(at + step / 2));
    before = now;
  }
  return found;
}
