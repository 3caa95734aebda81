import {
  type Counted,
  FIGURE_IDS,
  figure,
  type MeasureId,
  type StockId,
  TABLE_IDS,
  table,
} from "../../../src/reports/measures.js";
import type { Cell, Report } from "../../../src/reports/model.js";
import { type Period, periodBefore } from "../../../src/reports/period.js";

/**
 * Somebody who knows how cells are chosen, and tries every history that there could be: whatever would have been passed
 * on word for word the same is possible, and nothing else is.
 */

export type Publish = (report: Report, earlier: { published: Report; counted: Report }[]) => Report;

/** What is counted of a span of whole months of 2025, numbered from 0; nothing of what it does not say. */
export type Month = { readonly [measure: string]: number | undefined };
export type Numbers = readonly number[];

/** A line of a breakdown is `measure|cut|key`; a stock is what stands at the end of the month. */
export function reportOn(months: readonly Month[], period: Period, measures: readonly string[]): Report {
  const before = periodBefore(period);
  const within = ({ first, last }: Period) => {
    const index = (day: string) => (Number(day.slice(0, 4)) - 2025) * 12 + Number(day.slice(5, 7)) - 1;
    return [index(first), index(last) + 1] as const;
  };
  const sum = (name: string, of: Period) => {
    const [from, until] = within(of);
    return months.reduce((sum, month, n) => (n >= from && n < until ? sum + (month[name] ?? 0) : sum), 0);
  };
  const countOf = ({ measure, cut, key }: Counted, of: Period) => sum(cut ? `${measure}|${cut}|${key}` : measure, of);
  const stockOf = (stock: StockId, of: Period) => months[within(of)[1] - 1]?.[stock] ?? 0;
  const cellOf = (id: (typeof FIGURE_IDS)[number], of: Period): Cell => {
    const one = figure(id);
    if (one.of === "count") return countOf(one, of);
    return one.of === "stock" ? stockOf(one.stock, of) : null;
  };
  const lines = [...new Set(months.flatMap((month) => Object.keys(month)))].filter((name) => name.includes("|"));
  return {
    version: 1,
    period,
    before,
    zone: "UTC",
    over: true,
    madeAt: "2026-01-02T08:00:00.000Z",
    record: { event: 1 },
    figures: FIGURE_IDS.filter((id) => {
      const of = figure(id);
      return (of.of === "count" && measures.includes(of.measure)) || (of.of === "stock" && measures.includes(of.stock));
    }).map((id) => ({ id, section: figure(id).section, now: cellOf(id, period), before: cellOf(id, before) })),
    tables: TABLE_IDS.filter((id) => table(id).columns.some((one) => measures.includes(one))).map((id) => {
      const { cut, columns, compared } = table(id);
      const keys = lines.flatMap((name) => {
        const [measure, of, key = ""] = name.split("|");
        return of === cut && columns.includes(measure as MeasureId) ? [key] : [];
      });
      return {
        id,
        columns: [...columns],
        compared,
        lines: [...new Set(keys)]
          .sort()
          .map((key) => ({
            key,
            cells: columns.flatMap((measure) =>
              (compared ? [period, before] : [period]).map((of) => countOf({ measure, cut, key }, of)),
            ),
          }))
          .filter(({ cells }) => cells.some((cell) => cell > 0)),
      };
    }),
    plan: { pillars: [], indicators: [] },
    agencies: {},
  };
}

export type World = { months: Month[]; measures: readonly string[]; periods: readonly Period[] };

/** Every cell by what it is of, told or counted. */
function cellsOf(reports: readonly Report[]): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const { period, figures, tables } of reports) {
    for (const { id, now, before } of figures)
      cells.set(`${period.key} ${id}`, now).set(`${period.key} ${id} before`, before);
    for (const { id, lines } of tables)
      for (const { key, cells: of } of lines)
        of.forEach((cell, n) => {
          cells.set(`${period.key} ${id} ${key} ${n}`, cell);
        });
  }
  return cells;
}

/**
 * @param worlds every history that there could be
 * @returns small cells that are suppressed and the same in every history that reads like theirs, of each reading once
 */
export function recovered(worlds: Iterable<World & { numbers: Numbers }>, publish: Publish, threshold: number) {
  type Reading = { withheld: Map<string, Set<number>>; numbers: Numbers[] };
  const readings = new Map<string, Reading>();
  for (const { months, measures, periods, numbers } of worlds) {
    const published: { published: Report; counted: Report }[] = [];
    for (const period of periods) {
      const counted = reportOn(months, period, measures);
      published.push({ counted, published: publish(counted, published) });
    }
    const told = cellsOf(published.map(({ published: report }) => report));
    const counted = cellsOf(published.map(({ counted }) => counted));
    const key = JSON.stringify([...told]);
    const reading: Reading = readings.get(key) ?? { withheld: new Map(), numbers: [] };
    readings.set(key, reading);
    reading.numbers.push(numbers);
    for (const [name, cell] of told)
      if (cell === "withheld") {
        const values = reading.withheld.get(name) ?? new Set();
        reading.withheld.set(name, values.add(Number(counted.get(name) ?? 0)));
      }
  }
  const found = [...readings.values()].flatMap(({ withheld, numbers }) =>
    [...withheld].flatMap(([cell, values]) => {
      const [value = 0] = values;
      return values.size === 1 && value > 0 && value < threshold ? [{ cell, value, numbers }] : [];
    }),
  );
  return { readings: readings.size, found };
}

/** Every way to fill so many places with 0 to `most`. */
export function* everyWay(places: number, most: number): Generator<number[]> {
  if (places === 0) yield [];
  else for (const rest of everyWay(places - 1, most)) for (let n = 0; n <= most; n++) yield [...rest, n];
}
