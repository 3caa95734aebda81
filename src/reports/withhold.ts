import { type Day, plusDays } from "../time/index.js";
import { Equations, type Form } from "./linear.js";
import { BALANCE, type Counted, type Figure, figure, table } from "./measures.js";
import type { Cell, Report } from "./model.js";
import type { Period } from "./period.js";

/**
 * What may be passed on. A small count can point at somebody, so cells from 1 up to below the threshold are withheld,
 * and with them as many others as it takes that no withheld one follows from what is shown: from a total, from the
 * period before, from a summary published earlier, or from several of these together.
 *
 * Each count is a difference of two moments, F(until) - F(from), where F counts from the beginning of time. Every cell
 * that is shown is an equation between such unknowns, and so is each breakdown (its lines make its total) and the
 * balance of open tasks. A cell follows from what is shown exactly where its own difference is a combination of those
 * equations. So does the count between any two moments at which summaries begin or end: where that follows and is
 * small, it is a cell that nobody printed, and it is guarded the same.
 *
 * Beyond that, the withheld lines of one breakdown must weigh enough together that several values are possible for
 * each; else one more is withheld.
 */

export const THRESHOLD = 5;

type Line = { measure: string; cut?: string; key?: string };
/** Days from the first up to before the second; of a stock, what stood at the second. */
type Span = { from: Day; until: Day };
/** One printed number. */
type Printed = Line & Span & { stock?: true; value: number; shown: boolean; fixed: boolean };

/**
 * The version of a report that may be passed on.
 * @param earlier what was published before in this body, as it was passed on and as it was counted: it stays as it is
 */
export function shareable(
  report: Report,
  earlier: readonly { told: Report; counted: Report }[],
  threshold = THRESHOLD,
): Report {
  const printed = new Map<string, Printed>();
  const print = (one: Printed) => {
    const before = printed.get(idOf(one));
    // What was once told is known, wherever it stands again; what was withheld stays so.
    if (!before) printed.set(idOf(one), one);
    else if (before.fixed && one.fixed) before.shown ||= one.shown;
  };
  for (const { told, counted } of earlier) for (const one of cellsOf(counted, told)) print({ ...one, fixed: true });
  for (const one of cellsOf(report)) print(one);
  hide([...printed.values()], threshold);
  return asShown(report, (one) => printed.get(idOf(one))?.shown !== false, threshold);
}

const idOf = ({ measure, cut, key, from, until, stock }: Omit<Printed, "value" | "shown" | "fixed">): string =>
  [measure, cut, key, stock ? "" : from, until].join("|");

const spanOf = ({ first, last }: Period): Span => ({ from: first, until: plusDays(last, 1) });

/** @param told where it was published: which of its cells were shown */
function cellsOf(report: Report, told?: Report): Printed[] {
  const spans = [spanOf(report.period), spanOf(report.before)] as const;
  const cells: Printed[] = [];
  const put = (line: Line & { stock?: true }, at: 0 | 1, cell: Cell | undefined, shown: Cell | undefined) => {
    if (typeof cell === "number")
      cells.push({
        ...line,
        ...spans[at],
        value: cell,
        shown: told === undefined || shown !== "withheld",
        fixed: false,
      });
  };
  report.figures.forEach((line, n) => {
    const of = figure(line.id);
    const as = told?.figures[n];
    const name =
      of.of === "count"
        ? { measure: of.measure }
        : of.of === "stock"
          ? { measure: of.stock, stock: true as const }
          : undefined;
    if (!name) return;
    put(name, 0, line.now, as?.now);
    put(name, 1, line.before, as?.before);
  });
  report.tables.forEach((one, n) => {
    const periods = one.compared ? ([0, 1] as const) : ([0] as const);
    for (const line of one.lines) {
      const as = told?.tables[n]?.lines.find(({ key }) => key === line.key);
      one.columns.forEach((measure, column) => {
        for (const at of periods) {
          const place = column * periods.length + at;
          put({ measure, cut: table(one.id).cut, key: line.key }, at, line.cells[place], as?.cells[place]);
        }
      });
    }
  });
  return cells;
}

/** Sets `shown` of the cells that are not published yet. */
function hide(cells: Printed[], threshold: number): void {
  for (const one of cells) if (!one.fixed && isSmall(one.value, threshold)) one.shown = false;
  for (const group of groupsOf(cells)) {
    withZeros(group);
    while (hideMore(group, threshold)) {
      // Until nothing that is withheld follows from what is shown.
    }
  }
}

const isSmall = (value: number, threshold: number): boolean => value > 0 && value < threshold;

/** Counts that are tied to one another; what is reckoned of one says nothing of the others. */
const TIED: readonly (readonly string[])[] = [
  [BALANCE.stock, ...BALANCE.plus, ...BALANCE.minus],
  ["information.received", "information.acknowledged", "information.final"],
];
/** Of the first, the second is a part: what is left of it is a count too, though nobody prints it. */
const PARTS = [
  ["information.received", "information.acknowledged"],
  ["information.received", "information.final"],
] as const;

function groupsOf(cells: readonly Printed[]): Printed[][] {
  const groups = new Map<string, Printed[]>();
  for (const one of cells) {
    const name = TIED.find((tied) => tied.includes(one.measure))?.[0] ?? one.measure;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}

/** A line that a breakdown does not have is nothing, and everybody who reads the breakdown knows. */
function withZeros(group: Printed[]): void {
  const there = new Set(group.map(idOf));
  const breakdowns = new Map<string, { line: Line; span: Span; fixed: boolean }>();
  const keys = new Map<string, Set<string>>();
  for (const { measure, cut, key, from, until, fixed } of group) {
    if (!cut || key === undefined) continue;
    breakdowns.set([measure, cut, from, until].join("|"), { line: { measure, cut }, span: { from, until }, fixed });
    keys.set(`${measure}|${cut}`, (keys.get(`${measure}|${cut}`) ?? new Set()).add(key));
  }
  for (const { line, span, fixed } of breakdowns.values())
    for (const key of keys.get(`${line.measure}|${line.cut}`) ?? []) {
      const zero: Printed = { ...line, key, ...span, value: 0, shown: true, fixed };
      if (!there.has(idOf(zero))) group.push(zero);
    }
}

/** @returns whether something was withheld */
function hideMore(group: Printed[], threshold: number): boolean {
  const { equations, cells } = equationsOf(group);
  const chosen = new Set<Printed>();
  for (const target of targetsOf(group)) {
    const found = equations.of(target.form);
    if (!found || (target.derived && !isSmall(found.value, threshold))) continue;
    const used = found.from.flatMap((n) => cells[n] ?? []).filter((cell) => !cell.fixed);
    // Two targets may be guarded by one cell.
    if (used.some((cell) => chosen.has(cell))) continue;
    const [least] = used.sort(cheapest);
    if (least) chosen.add(least);
  }
  if (chosen.size === 0) for (const cell of tooLight(group, threshold)) chosen.add(cell);
  for (const cell of chosen) cell.shown = false;
  return chosen.size > 0;
}

/** Lines before totals, small ones before large ones; nothing tells least of all, so it goes last of its kind. */
const cheapest = (a: Printed, b: Printed): number =>
  Number(a.cut === undefined) - Number(b.cut === undefined) ||
  Number(a.value === 0) - Number(b.value === 0) ||
  a.value - b.value ||
  (idOf(a) < idOf(b) ? -1 : 1);

const variable = ({ measure, cut, key }: Line, day: Day): string => [measure, cut, key, day].join("|");

function formOf(one: Line & Span & { stock?: true }): Map<string, number> {
  const form = new Map([[variable(one, one.until), 1]]);
  if (!one.stock) form.set(variable(one, one.from), -1);
  return form;
}

function equationsOf(group: readonly Printed[]): { equations: Equations; cells: (Printed | undefined)[] } {
  const equations = new Equations();
  const cells: (Printed | undefined)[] = [];
  const add = (form: Form, value: number, cell?: Printed) => {
    cells[equations.add(form, value)] = cell;
  };
  for (const one of group) if (one.shown) add(formOf(one), one.value, one);
  const days = new Set(group.flatMap(({ from, until, stock }) => (stock ? [until] : [from, until])));
  const breakdowns = new Map<string, Line[]>();
  const lines = new Map(group.map((one) => [variable(one, ""), one]));
  for (const line of lines.values())
    if (line.cut)
      breakdowns.set(`${line.measure}|${line.cut}`, [...(breakdowns.get(`${line.measure}|${line.cut}`) ?? []), line]);
  for (const day of days) {
    for (const of of breakdowns.values()) {
      const form = new Map(of.map((line) => [variable(line, day), -1]));
      add(form.set(variable({ measure: of[0]?.measure ?? "" }, day), 1), 0);
    }
    if (group.some(({ measure }) => measure === BALANCE.stock)) {
      const form = new Map([[variable({ measure: BALANCE.stock }, day), -1]]);
      for (const measure of BALANCE.plus) form.set(variable({ measure }, day), 1);
      for (const measure of BALANCE.minus) form.set(variable({ measure }, day), -1);
      add(form, 0);
    }
  }
  return { equations, cells };
}

/** What must not follow: cells that are withheld, and small counts that nobody printed. */
function* targetsOf(group: readonly Printed[]): Generator<{ form: Form; derived: boolean }> {
  for (const one of group) if (!one.shown) yield { form: formOf(one), derived: false };
  const days = new Map<string, { line: Printed; days: Set<Day> }>();
  for (const one of group) {
    if (one.stock) continue;
    const name = variable(one, "");
    const found = days.get(name) ?? { line: one, days: new Set<Day>() };
    days.set(name, found);
    found.days.add(one.from).add(one.until);
  }
  for (const { line, days: of } of days.values())
    for (const from of of)
      for (const until of of)
        if (from < until) {
          yield { form: formOf({ ...line, from, until }), derived: true };
          for (const [whole, part] of PARTS)
            if (line.measure === part) {
              const form = formOf({ ...line, measure: whole, from, until });
              for (const [name, n] of formOf({ ...line, from, until })) form.set(name, -n);
              yield { form, derived: true };
            }
        }
}

/** Of a breakdown whose total is shown, the next cell to withhold where the withheld lines are too light together. */
function* tooLight(group: readonly Printed[], threshold: number): Generator<Printed> {
  const breakdowns = new Map<string, Printed[]>();
  for (const one of group)
    if (one.cut) {
      const name = [one.measure, one.cut, one.from, one.until].join("|");
      breakdowns.set(name, [...(breakdowns.get(name) ?? []), one]);
    }
  for (const lines of breakdowns.values()) {
    const [first] = lines;
    const hidden = lines.filter(({ shown }) => !shown);
    if (!first || hidden.length === 0 || lines.every(({ fixed }) => fixed)) continue;
    const total = group.find(
      (one) =>
        !one.cut && !one.stock && one.measure === first.measure && one.from === first.from && one.until === first.until,
    );
    if (!total?.shown) continue;
    // Two withheld lines that were both as large as a small count can be would be known for it: 4 and 4 are 8.
    if (hidden.reduce((sum, { value }) => sum + value, 0) >= 2 * threshold - 2) continue;
    const [next] = [...lines.filter(({ shown, value }) => shown && value > 0), total]
      .filter(({ fixed }) => !fixed)
      .sort(cheapest);
    if (next) yield next;
  }
}

/** The report with every cell that is not to be shown withheld, and every figure that is reckoned from one. */
function asShown(report: Report, isShown: (one: Line & Span & { stock?: true }) => boolean, threshold: number): Report {
  const spans = [spanOf(report.period), spanOf(report.before)] as const;
  const countOf = (measure: string, at: 0 | 1): Cell => {
    const line = report.figures.find(({ id }) => {
      const of = figure(id);
      return of.of === "count" && of.measure === measure;
    });
    return (at === 0 ? line?.now : line?.before) ?? null;
  };
  const tells = (of: Figure, at: 0 | 1): boolean => {
    switch (of.of) {
      case "count":
        return isShown({ measure: of.measure, ...spans[at] });
      case "stock":
        return isShown({ measure: of.stock, stock: true, ...spans[at] });
      case "plan":
        return true;
      case "rate":
        return [of.part, ...of.rest].every((one: Counted) => isShown({ ...one, ...spans[at] }));
      case "share":
        return [of.part, of.whole].every((one: Counted) => isShown({ ...one, ...spans[at] }));
      // Of few, it tells of each.
      case "median":
        return isShown({ measure: of.measure, ...spans[at] }) && Number(countOf(of.measure, at)) >= threshold;
    }
  };
  return {
    ...report,
    threshold,
    figures: report.figures.map((line) => ({
      ...line,
      now: line.now === null || tells(figure(line.id), 0) ? line.now : "withheld",
      before: line.before === null || tells(figure(line.id), 1) ? line.before : "withheld",
    })),
    tables: report.tables.map((one) => ({
      ...one,
      lines: one.lines.map(({ key, cells }) => ({
        key,
        cells: cells.map((cell, place): Cell => {
          const periods = one.compared ? 2 : 1;
          const measure = one.columns[Math.floor(place / periods)] ?? "";
          const at = (place % periods) as 0 | 1;
          return isShown({ measure, cut: table(one.id).cut, key, ...spans[at] }) ? cell : "withheld";
        }),
      })),
    })),
  };
}
