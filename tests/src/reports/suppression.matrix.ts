import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Cell, Report } from "../../../src/reports/model.js";
import { type Period, range } from "../../../src/reports/period.js";
import { shareable, THRESHOLD } from "../../../src/reports/suppress.js";
import { attack, known, NONE } from "./attacker.js";
import {
  atOf,
  type Doings,
  doings,
  type Fact,
  type History,
  historyOf,
  MONTHS,
  oddRange,
  QUARTERS,
  reportOf,
  someMonths,
  YEAR,
} from "./facts.js";
import { everyWay, type Month, type Numbers, recovered, type World } from "./kerckhoffs.js";

type Published = Parameters<typeof shareable>[1][number];

/** How many times as many bodies are attacked, and how much larger the small worlds are: ATTACKS=10 takes minutes. */
const DEEP = Number(process.env.ATTACKS ?? 1);
vi.setConfig({ testTimeout: 300_000 * DEEP });

const publish = (history: History, periods: readonly Period[]): Published[] => {
  const published: Published[] = [];
  for (const period of periods) {
    const counted = reportOf(history, period);
    published.push({ counted, published: shareable(counted, published) });
  }
  return published;
};

const toldOf = (published: readonly Published[]): Report[] => published.map(({ published: told }) => told);

/** So many facts of a measure on the first days of a month of 2025, of the lines it is broken down by. */
const facts = (measure: Fact["measure"], month: number, n: number, cuts: Fact["cuts"] = {}): Fact[] =>
  Array.from({ length: n }, () => ({ measure, at: atOf(MONTHS[month]?.first ?? ""), cuts }));
const happened = (...all: Fact[][]): History => ({ facts: all.flat(), stood: [] });

const figureOf = (report: Report, id: string): Cell | undefined => report.figures.find((one) => one.id === id)?.now;
const lineOf = (report: Report, id: string, key: string): Cell[] | undefined =>
  report.tables.find((one) => one.id === id)?.lines.find((line) => line.key === key)?.cells;
const toldCells = ({ figures, tables }: Report): [string, Cell][] => [
  ...figures.flatMap(({ id, now, before }): [string, Cell][] => [
    [id, now],
    [`${id} before`, before],
  ]),
  ...tables.flatMap(({ id, lines }) =>
    lines.flatMap(({ key, cells }) => cells.map((cell, n): [string, Cell] => [`${id} ${key} ${n}`, cell])),
  ),
];

describe("a version that may be passed on", () => {
  it("withholds from 1 to 4, and what would tell it: another line, never a total that need not go", () => {
    const [{ published: told }] = publish(
      happened(
        facts("matches.registered", 0, 2, { kind: "phone" }),
        facts("matches.registered", 0, 9, { kind: "name" }),
        facts("matches.registered", 0, 20, { kind: "vessel" }),
      ),
      [MONTHS[0] as Period],
    ) as [Published];
    expect(figureOf(told, "matches.registered")).toBe(31);
    expect(lineOf(told, "matches.by_kind", "phone")?.[0]).toBe("withheld");
    expect(lineOf(told, "matches.by_kind", "name")?.[0]).toBe("withheld");
    expect(lineOf(told, "matches.by_kind", "vessel")).toEqual([20, 0]);
    expect(told.threshold).toBe(THRESHOLD);
  });

  it("withholds so many lines of a total that is shown that together they are not few either", () => {
    const lines = { phone: 2, vessel: 5, account: 9, name: 20 };
    const registered = Object.entries(lines).map(([kind, n]) => facts("matches.registered", 0, n, { kind }));
    const [{ published: told }] = publish(happened(...registered), [MONTHS[0] as Period]) as [Published];
    expect(figureOf(told, "matches.registered")).toBe(36);
    // 2 and 5 would be known to be 7.
    expect(Object.keys(lines).map((key) => lineOf(told, "matches.by_kind", key)?.[0])).toEqual([
      "withheld",
      "withheld",
      "withheld",
      20,
    ]);
  });

  it("shows a longer period only where what the withheld ones in it have together is not few", () => {
    const of = (...months: number[]) => {
      const history = happened(...months.map((n, month) => facts("meetings.withdrawn", month, n)));
      const long = range(MONTHS[0]?.first ?? "", MONTHS[months.length - 1]?.last ?? "");
      return figureOf(
        toldOf(publish(history, [...MONTHS.slice(0, months.length), long])).at(-1) as Report,
        "meetings.withdrawn",
      );
    };
    expect(of(3, 3, 20)).toBe("withheld");
    expect(of(3, 3, 3, 20)).toBe(29);
  });

  it("withholds rates and shares of what is withheld, and the median of few", () => {
    const month = MONTHS[0] as Period;
    const at = atOf(month.first);
    const attended = (n: number) => facts("meetings.attended", 0, n, { agency: "a" });
    const few = { measure: "meetings.minutes", at, cuts: {}, seconds: 86_400 } as const;
    const told = (history: History) => (publish(history, [month])[0] as Published).published;
    const small = told(happened(attended(20), facts("meetings.missed", 0, 3, { agency: "a" }), [few, few, few, few]));
    expect(figureOf(small, "meetings.attendance")).toBe("withheld");
    expect(figureOf(small, "meetings.minutes_days")).toBe("withheld");
    const large = told(
      happened(attended(20), facts("meetings.missed", 0, 5, { agency: "a" }), [few, few, few, few, few]),
    );
    expect(figureOf(large, "meetings.attendance")).toBe(80);
    expect(figureOf(large, "meetings.minutes_days")).toBe(1);
  });

  it("withholds a share where what is left of it is small, though nobody prints that", () => {
    const month = MONTHS[0] as Period;
    const since = atOf(month.first);
    const told = (left: number) =>
      publish(
        happened(
          facts("information.received", 0, 20, { agency: "a" }),
          facts("information.acknowledged", 0, 20 - left, { agency: "a" }).map((one) => ({ ...one, since })),
        ),
        [month],
      )[0]?.published as Report;
    expect(figureOf(told(2), "information.acknowledgement")).toBe("withheld");
    expect(figureOf(told(5), "information.acknowledgement")).toBe(75);
    expect(figureOf(told(0), "information.acknowledgement")).toBe(100);
  });

  it("guards what lies between a period that was not over and the same when it is", () => {
    const history = happened(
      facts("meetings.withdrawn", 0, 8),
      Array.from({ length: 3 }, () => ({ measure: "meetings.withdrawn" as const, at: 366 + 20, cuts: {} })),
    );
    const month = MONTHS[0] as Period;
    const early = reportOf(history, month, 366 + 10);
    const first = { counted: early, published: shareable(early, []) };
    expect(figureOf(first.published, "meetings.withdrawn")).toBe(8);
    expect(figureOf(shareable(reportOf(history, month), [first]), "meetings.withdrawn")).toBe("withheld");
    expect(figureOf(shareable(reportOf(history, month), []), "meetings.withdrawn")).toBe(11);
  });

  it("withholds a year of months of one each: each is known to be one at least", () => {
    const history = happened(...MONTHS.map((_, month) => facts("meetings.withdrawn", month, 1)));
    const told = toldOf(publish(history, [...MONTHS, YEAR]));
    expect(figureOf(told.at(-1) as Report, "meetings.withdrawn")).toBe("withheld");
  });

  it("withholds nothing where nothing is small", () => {
    const large = (doing: Doings): History => {
      const { facts, stood } = historyOf(doing);
      const five = <T>(all: T[]) => all.flatMap((one) => [one, one, one, one, one]);
      return { facts: five(facts), stood: five(stood) };
    };
    fc.assert(
      fc.property(doings({ agencies: 8, most: 12, first: 366, last: 366 + 30 }), (doing) => {
        for (const { published: told, counted } of publish(large(doing), [MONTHS[0] as Period])) {
          // Five of each: what is left of a whole without a part is none or five too.
          expect(told).toEqual({ ...counted, threshold: THRESHOLD });
        }
      }),
      { seed: 9, numRuns: 10 * DEEP, endOnFailure: true },
    );
  });

  it("is the same every time, changes nothing that it is made from, and stays when it is made again", () => {
    fc.assert(
      fc.property(
        doings({ agencies: 5, most: 15 }),
        fc.shuffledSubarray([...MONTHS, ...QUARTERS, YEAR], { minLength: 2, maxLength: 5 }),
        (doing, periods) => {
          const history = historyOf(doing);
          const published = publish(history, periods);
          expect(publish(history, periods)).toEqual(published);
          for (const { counted, published: told } of published) {
            expect(counted).toEqual(reportOf(history, counted.period));
            expect(shareable(counted, published)).toEqual(told);
          }
        },
      ),
      { seed: 8, numRuns: 5 * DEEP, endOnFailure: true },
    );
  });

  it("still shows most of what is not small", () => {
    const history = historyOf(fc.sample(doings({ agencies: 30, most: 300 }), { numRuns: 1, seed: 3 })[0] as Doings);
    const shownOf = (published: readonly Published[]): number => {
      const large = { shown: 0, all: 0 };
      for (const { published: told, counted } of published) {
        const known = new Map(toldCells(told));
        for (const [name, cell] of toldCells(counted)) {
          if (typeof cell !== "number" || cell < THRESHOLD) continue;
          large.all += 1;
          if (known.get(name) !== "withheld") large.shown += 1;
        }
      }
      return large.shown / large.all;
    };
    expect(shownOf(publish(history, [QUARTERS[0] as Period]))).toBeGreaterThan(0.9);
    expect(shownOf(publish(history, [...MONTHS.slice(0, 3), QUARTERS[0] as Period, YEAR]))).toBeGreaterThan(0.7);
  });
});

describe("an attacker with every summary ever passed on, and a solver", () => {
  const held = (history: History, periods: readonly Period[]) => {
    const published = publish(history, periods);
    expect(known(attack(toldOf(published), NONE))).toEqual([]);
  };

  it("finds all that would be known had nothing more been withheld than the small cells", () => {
    const history = historyOf(fc.sample(doings({ agencies: 6, most: 40 }), { numRuns: 1, seed: 1 })[0] as Doings);
    const hidden = [...MONTHS.slice(0, 3), QUARTERS[0] as Period].map((period) => onlySmall(reportOf(history, period)));
    expect(known(attack(hidden, NONE)).length).toBeGreaterThan(20);
  });

  it("finds the same intervals as trying everything", () => {
    const [january, february] = MONTHS as [Period, Period];
    const periods = [january, february, range(january.first, february.last)];
    // The largest that two lines of two months make, so that neither way tries less than the other.
    const most = 3 * 4;
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
        fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
        (counts, withheld) => {
          const months = counts.map((n, at) => facts("matches.registered", at % 2, n, { kind: at < 2 ? "a" : "b" }));
          let place = 0;
          const told = periods.map((period) =>
            onlyMatches(reportOf(happened(...months), period), (cell) => (withheld[place++ % 9] ? "withheld" : cell)),
          );
          const tried = intervalsByTrying(told, most);
          for (const { id, lowest, highest } of attack(told, () => ({ lowest: 0, highest: most })))
            if (tried.has(id)) expect({ id, lowest, highest }).toEqual({ id, ...tried.get(id) });
        },
      ),
      { seed: 4, numRuns: 20 * DEEP, endOnFailure: true },
    );
  });

  it("learns no withheld cell of few that do little", () => {
    fc.assert(
      fc.property(
        doings({ agencies: 4, most: 8 }),
        fc.shuffledSubarray([...MONTHS.slice(0, 6), ...QUARTERS.slice(0, 2), YEAR], { minLength: 6, maxLength: 9 }),
        fc.array(fc.oneof(someMonths, oddRange), { maxLength: 2 }),
        (doing, periods, odd) => {
          held(historyOf(doing), [...periods, ...odd]);
        },
      ),
      { seed: 5, numRuns: 4 * DEEP, endOnFailure: true },
    );
  });

  it("learns none month after month, then of the quarter, the year and odd ranges", () => {
    fc.assert(
      fc.property(doings({ agencies: 7, most: 40, last: 366 + 120 }), someMonths, oddRange, (doing, months, odd) => {
        held(historyOf(doing), [...MONTHS.slice(0, 4), QUARTERS[0] as Period, YEAR, months, odd]);
      }),
      { seed: 6, numRuns: 2 * DEEP, endOnFailure: true },
    );
  });

  it("learns none of many that do much", () => {
    fc.assert(
      fc.property(doings({ agencies: 50, most: 60, last: 366 + 60 }), (doing) => {
        held(historyOf(doing), [MONTHS[0] as Period, MONTHS[1] as Period, range("2025-01-01", "2025-02-28")]);
      }),
      { seed: 7, numRuns: DEEP, endOnFailure: true },
    );
  });
});

describe("an attacker who knows how cells are chosen, and tries every history", () => {
  /**
   * @param places of how many numbers a history is made, each from 0 to `most`
   * @param sure up to which numbers a history has all those beside it that could read the same
   */
  const recoveredOf = (places: number, most: number, sure: number, make: (numbers: Numbers) => World | undefined) => {
    function* worlds() {
      for (const numbers of everyWay(places, most)) {
        const world = make(numbers);
        if (world) yield { ...world, numbers };
      }
    }
    const { readings, found } = recovered(worlds(), shareable, THRESHOLD);
    expect(readings).toBeGreaterThan(50);
    return found.filter(({ numbers }) => numbers.some((one) => one.every((n) => n <= sure)));
  };

  const breakdown = (measure: string, cut: string, lines: Numbers): Month => ({
    [measure]: lines.reduce((sum, n) => sum + n, 0),
    ...Object.fromEntries(lines.map((n, key) => [`${measure}|${cut}|${"abcdef"[key]}`, n])),
  });
  const [january, february, march] = MONTHS as [Period, Period, Period];
  const quarter = QUARTERS[0] as Period;

  it("learns nothing from one breakdown: neither which line is the smallest nor why it needs another", () => {
    const found = recoveredOf(3, 9, 7, (lines) => ({
      months: [breakdown("matches.registered", "kind", lines)],
      measures: ["matches.registered"],
      periods: [january],
    }));
    expect(found).toEqual([]);
  });

  it("learns nothing from two breakdowns of one total", () => {
    const found = recoveredOf(3, DEEP > 1 ? 12 : 10, 6, ([a = 0, b = 0, yes = 0]) =>
      yes > a + b
        ? undefined
        : {
            months: [
              {
                ...breakdown("meetings.held", "label", [a, b]),
                ...breakdown("meetings.held", "quorum", [yes, a + b - yes]),
              },
            ],
            measures: ["meetings.held"],
            periods: [january],
          },
    );
    expect(found).toEqual([]);
  });

  it.each([
    ["the months, then the quarter", [january, february, march, quarter], DEEP > 1 ? 6 : 4],
    ["the quarter, then its months", [quarter, january, february, march], DEEP > 1 ? 6 : 4],
    // Where more is counted, that the quarter was suppressed before its months were told can tell of them.
    ["the quarter between the months", [february, quarter, january, march], 4],
  ] as const)("learns nothing from %s", (_, periods, sure) => {
    const found = recoveredOf(3, DEEP > 1 ? 13 : 9, sure, (months) => ({
      months: months.map((n) => ({ "meetings.withdrawn": n })),
      measures: ["meetings.withdrawn"],
      periods,
    }));
    expect(found).toEqual([]);
  });

  it("learns nothing from the breakdowns of two months and of both together", () => {
    const found = recoveredOf(4, DEEP > 1 ? 8 : 6, DEEP > 1 ? 6 : 3, (lines) => ({
      months: [
        breakdown("matches.registered", "kind", lines.slice(0, 2)),
        breakdown("matches.registered", "kind", lines.slice(2)),
      ],
      measures: ["matches.registered"],
      periods: [january, february, range(january.first, february.last)],
    }));
    expect(found).toEqual([]);
  });

  it("learns nothing from the balance of open tasks", () => {
    const found = recoveredOf(
      4,
      DEEP > 1 ? 10 : 7,
      DEEP > 1 ? 6 : 4,
      ([stood = 0, asked = 0, done = 0, cancelled = 0]) => {
        const open = stood + asked - done - cancelled;
        if (open < 0) return undefined;
        return {
          months: [
            { "tasks.open": stood },
            { "tasks.asked": asked, "tasks.done": done, "tasks.cancelled": cancelled, "tasks.open": open },
          ],
          measures: ["tasks.asked", "tasks.done", "tasks.declined", "tasks.cancelled", "tasks.reopened", "tasks.open"],
          periods: [february],
        };
      },
    );
    expect(found).toEqual([]);
  });

  it("learns nothing from what was received, acknowledged and came to an end", () => {
    const found = recoveredOf(3, 12, 8, ([received = 0, acknowledged = 0, final = 0]) =>
      acknowledged > received || final > received
        ? undefined
        : {
            months: [
              {
                "information.received": received,
                "information.acknowledged": acknowledged,
                "information.final": final,
                "information.outcomes": final,
              },
            ],
            measures: ["information.received", "information.acknowledged", "information.final", "information.outcomes"],
            periods: [january],
          },
    );
    expect(found).toEqual([]);
  });
});

/** What a version would be that withholds small cells and nothing for their sake. */
const onlySmall = (report: Report): Report => {
  const hide = (cell: Cell): Cell => (typeof cell === "number" && cell > 0 && cell < THRESHOLD ? "withheld" : cell);
  return {
    ...report,
    figures: report.figures.map((line) => ({ ...line, now: hide(line.now), before: hide(line.before) })),
    tables: report.tables.map((one) => ({
      ...one,
      lines: one.lines.map(({ key, cells }) => ({ key, cells: cells.map(hide) })),
    })),
  };
};

/** The matches alone, and nothing of the period before. */
const onlyMatches = (report: Report, hide: (cell: Cell) => Cell): Report => ({
  ...report,
  figures: report.figures
    .filter(({ id }) => id === "matches.registered")
    .map((line) => ({ ...line, now: hide(line.now), before: "withheld" })),
  tables: report.tables
    .filter(({ id }) => id === "matches.by_kind")
    .map((one) => ({
      ...one,
      lines: one.lines.map(({ key, cells }) => ({ key, cells: [hide(cells[0] ?? 0), "withheld"] })),
    })),
});

/** Of two months and both, with two lines: every way to fill them with 0 to `most` that reads like what is told. */
function intervalsByTrying(told: readonly Report[], most: number): Map<string, { lowest: number; highest: number }> {
  const found = new Map<string, { lowest: number; highest: number }>();
  for (const [a = 0, b = 0, c = 0, d = 0] of everyWay(4, most)) {
    const spans = [
      ["2025-01-01/2025-02-01", a, b],
      ["2025-02-01/2025-03-01", c, d],
      ["2025-01-01/2025-03-01", a + c, b + d],
    ] as const;
    const cells = spans.flatMap(([span, one, other], n) => {
      const report = told[n] as Report;
      return [
        { id: `matches.registered|| ${span}`, value: one + other, cell: figureOf(report, "matches.registered") },
        { id: `matches.registered|kind|a ${span}`, value: one, cell: lineOf(report, "matches.by_kind", "a")?.[0] ?? 0 },
        {
          id: `matches.registered|kind|b ${span}`,
          value: other,
          cell: lineOf(report, "matches.by_kind", "b")?.[0] ?? 0,
        },
      ];
    });
    if (!cells.every(({ cell, value }) => (cell === "withheld" ? value <= most : cell === value))) continue;
    for (const { id, cell, value } of cells) {
      if (cell !== "withheld") continue;
      const { lowest = value, highest = value } = found.get(id) ?? {};
      found.set(id, { lowest: Math.min(lowest, value), highest: Math.max(highest, value) });
    }
  }
  return found;
}
