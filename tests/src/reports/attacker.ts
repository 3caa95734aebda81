import loadHighs, { type Model } from "highs";
import {
  BALANCE,
  type Counted,
  figure,
  MEASURE_IDS,
  type MeasureId,
  measure,
  table,
} from "../../../src/reports/measures.js";
import type { Cell, Report } from "../../../src/reports/model.js";

/**
 * Somebody who keeps every summary that was ever passed on, and reckons. What is printed, what is missing and how the
 * figures hang together are rows of one linear program over whole numbers, and the least and the greatest value of each
 * suppressed cell are found with a solver. It shares nothing with the code that withholds but what the measures are.
 */

export type Name = { measure: string; cut?: string; key?: string; from: string; until: string };
export type Interval = Name & { id: string; lowest: number; highest: number };

/** Within what a suppressed cell is thought to lie. */
export type Suspicion = (cell: Name & { id: string }) => { lowest: number; highest: number };
/** Anything. */
export const NONE: Suspicion = () => ({ lowest: 0, highest: MANY });
/** More than anybody counts: no bound at all. */
export const MANY = 100_000;

// The package says that it is CommonJS, and gives an import its ESM build, where this is the function itself.
const highs = await (loadHighs as unknown as typeof loadHighs.default)();
const { variableType, objectiveSense } = highs.constants;

type Column = { lower: number; upper: number };
type Row = { terms: Map<number, number>; lower: number; upper: number };

/** A linear program in the making. */
class Program {
  readonly columns: Column[] = [];
  readonly rows: Row[] = [];
  readonly #named = new Map<string, number>();

  column(name: string, lower = 0, upper = MANY): number {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    this.#named.set(name, this.columns.length);
    return this.columns.push({ lower, upper }) - 1;
  }

  row(terms: readonly (readonly [number, number])[], lower: number, upper: number): void {
    const sum = new Map<number, number>();
    for (const [column, n] of terms) sum.set(column, (sum.get(column) ?? 0) + n);
    this.rows.push({ terms: sum, lower, upper });
  }

  /** @returns the least and greatest value in whole numbers of each of these columns, as far as MANY */
  bounds(wanted: readonly number[]): { lowest: number; highest: number }[] {
    return highs.withModel(this.#data(), (model: Model) => {
      model.options.set({ output_flag: false, presolve: "off", simplex_strategy: 4 });
      const seen = wanted.map(() => new Set<number>());
      const solved = (column: number, sense: 1 | -1): number => {
        model.changeColCost(column, 1);
        model.changeObjectiveSense(sense === 1 ? objectiveSense.minimize : objectiveSense.maximize);
        model.run();
        if (model.getModelStatus() !== highs.constants.modelStatus.optimal)
          throw new Error(`The attacker's program has no solution: status ${model.getModelStatus()}`);
        const values = model.getSolution().colValue;
        model.changeColCost(column, 0);
        if (values.every((value) => Math.abs(value - Math.round(value)) < 1e-6))
          wanted.forEach((one, n) => {
            seen[n]?.add(Math.round(values[one] ?? 0));
          });
        return values[column] ?? 0;
      };
      const found = wanted.map((column) => ({
        lowest: Math.ceil(solved(column, 1) - 1e-6) + 0,
        highest: Math.floor(solved(column, -1) + 1e-6),
      }));
      // Between whole bounds there may be no whole solution but one: asked where none was come upon.
      const open = wanted.flatMap((column, n) => {
        const { lowest, highest } = found[n] ?? { lowest: 0, highest: 0 };
        const values = seen[n];
        return lowest < highest && !(values?.has(lowest) && values.has(highest)) ? [{ column, n }] : [];
      });
      if (open.length > 0) {
        this.columns.forEach((_, column) => {
          model.changeColIntegrality(column, variableType.integer);
        });
        for (const { column, n } of open)
          found[n] = { lowest: Math.round(solved(column, 1)), highest: Math.round(solved(column, -1)) };
      }
      return found;
    });
  }

  #data() {
    const starts = [0];
    const indices: number[] = [];
    const values: number[] = [];
    for (const { terms } of this.rows) {
      for (const [column, n] of terms) {
        if (n === 0) continue;
        indices.push(column);
        values.push(n);
      }
      starts.push(indices.length);
    }
    return {
      numCols: this.columns.length,
      numRows: this.rows.length,
      colCost: this.columns.map(() => 0),
      colLower: this.columns.map(({ lower }) => lower),
      colUpper: this.columns.map(({ upper }) => upper),
      rowLower: this.rows.map(({ lower }) => lower),
      rowUpper: this.rows.map(({ upper }) => upper),
      matrix: {
        format: "csr" as const,
        numRows: this.rows.length,
        numCols: this.columns.length,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    };
  }
}

type Line = { measure: MeasureId; cut?: string; key?: string };
type Span = { from: string; until: string };
const lineId = ({ measure, cut, key }: Omit<Name, "from" | "until">) => [measure, cut, key].join("|");
const spanId = ({ from, until }: Span) => `${from}/${until}`;

const nextDay = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
function spansOf({ period, before, over, madeAt }: Report): [Span, Span] {
  const end = nextDay(period.last);
  return [
    { from: period.first, until: over || end < madeAt ? end : madeAt.slice(0, 10) },
    { from: before.first, until: nextDay(before.last) },
  ];
}

/** Measures that hang together by more than their own breakdowns. */
const FAMILIES: readonly (readonly string[])[] = [
  ["meetings.attended", "meetings.missed"],
  [...BALANCE.plus, ...BALANCE.minus, "tasks.open", "tasks.overdue"],
  ["information.received", "information.acknowledged", "information.outcomes", "information.final"],
];
const familyOf = (measure: string) => FAMILIES.find((one) => one.includes(measure)) ?? [measure];

/** Each of the part is one of the whole, which was counted when it began or when it was done; by agency too. */
const PARTS: readonly { part: MeasureId; whole: MeasureId; by: "since" | "at" }[] = [
  { part: "information.acknowledged", whole: "information.received", by: "since" },
  { part: "information.final", whole: "information.received", by: "since" },
  { part: "information.final", whole: "information.outcomes", by: "at" },
];

type Known = Name & { id: string; stock: boolean; cell: Cell };

/** Every number that is printed somewhere or suppressed there; a value that one of several reports tells is known. */
function cellsIn(reports: readonly Report[]): Known[] {
  const known = new Map<string, Known>();
  const put = (line: Omit<Name, "from" | "until">, span: Span, cell: Cell | undefined, stock = false) => {
    if (cell === undefined) return;
    const at = stock ? { from: "", until: span.until } : span;
    const id = `${lineId(line)} ${spanId(at)}`;
    const before = known.get(id);
    if (!before || before.cell === "withheld") known.set(id, { ...line, ...at, id, stock, cell });
    else if (cell !== "withheld" && cell !== before.cell) throw new Error(`Two reports differ in ${id}`);
  };
  for (const report of reports) {
    const spans = spansOf(report);
    for (const { id, now, before } of report.figures) {
      const of = figure(id);
      if (of.of !== "count" && of.of !== "stock") continue;
      const line = { measure: of.of === "count" ? of.measure : of.stock };
      put(line, spans[0], now, of.of === "stock");
      put(line, spans[1], before, of.of === "stock");
    }
    for (const { id, columns, compared, lines } of report.tables)
      for (const { key, cells } of lines)
        columns.forEach((measure, n) => {
          const line = { measure, cut: table(id).cut, key };
          put(line, spans[0], cells[compared ? n * 2 : n]);
          if (compared) put(line, spans[1], cells[n * 2 + 1]);
        });
  }
  return [...known.values()];
}

/** @returns every suppressed cell with the least and the greatest value that it can have */
export function attack(reports: readonly Report[], suspicion: Suspicion = NONE): Interval[] {
  const cells = cellsIn(reports);
  const families = new Set([...MEASURE_IDS, "tasks.open", "tasks.overdue"].map((id) => familyOf(id).join(" ")));
  return [...families].flatMap((family) => {
    const of = cells.filter(({ measure }) => family.split(" ").includes(measure));
    return of.some(({ cell }) => cell === "withheld") ? attackFamily(reports, of, suspicion) : [];
  });
}

function attackFamily(reports: readonly Report[], cells: readonly Known[], suspicion: Suspicion): Interval[] {
  const program = new Program();
  const printed = reports.flatMap(spansOf);
  const moments = [...new Set(printed.flatMap(({ from, until }) => [from, until]))].sort();
  const atoms = moments.slice(0, -1).map((from, n) => ({ from, until: moments[n + 1] ?? from }));
  const within = (span: Span) => atoms.filter(({ from, until }) => from >= span.from && until <= span.until);
  const ofAtom = (line: Line, atom: Span) => program.column(`${lineId(line)} ${spanId(atom)}`);
  /** What began in one atom and was done in another. */
  const ofBoth = (line: Line, since: Span, at: Span) =>
    program.column(`${lineId(line)} ${spanId(since)} ${spanId(at)}`);
  const pairsIn = (span: Span) =>
    within(span).flatMap((since) =>
      within(span).flatMap((at) => (since.from <= at.from ? [[since, at] as const] : [])),
    );
  /** A count of any span, as the sum of its smallest parts; of what also began in it, as the sum of both. */
  const termsOf = (line: Line, span: Span, times = 1): [number, number][] =>
    measure(line.measure).cohort
      ? pairsIn(span).map(([since, at]) => [ofBoth(line, since, at), times])
      : within(span).map((atom) => [ofAtom(line, atom), times]);
  const stockAt = (stock: string, day: string) => program.column(`${stock} ${day}`);

  const withheld = cells.filter(({ cell }) => cell === "withheld");
  const columns = withheld.map((one) => {
    const { lowest, highest } = suspicion(one);
    return program.column(`cell ${one.id}`, lowest, highest);
  });
  const measures = new Set(cells.filter(({ stock }) => !stock).map(({ measure }) => measure as MeasureId));

  for (const one of cells) {
    const terms = one.stock ? [[stockAt(one.measure, one.until), 1] as const] : termsOf(one as Line & Span, one);
    if (typeof one.cell === "number") program.row(terms, one.cell, one.cell);
    else if (one.cell === "withheld") program.row([...terms, [program.column(`cell ${one.id}`), -1]], 0, 0);
  }

  // A breakdown's lines make its total, in every part of a span for which it was printed; a missing line is nothing.
  const lines = new Map<string, Line[]>();
  for (const { measure, cut, key } of cells)
    if (cut) {
      const of = lines.get(`${measure}|${cut}`) ?? [];
      if (!of.some((line) => line.key === key)) of.push({ measure: measure as MeasureId, cut, key });
      lines.set(`${measure}|${cut}`, of);
    }
  for (const one of reports
    .flatMap(({ tables }) => tables)
    .filter((one, n, all) => all.findIndex(({ id }) => id === one.id) === n)) {
    const spans = reports.flatMap((report) => (one.compared ? spansOf(report) : [spansOf(report)[0]]));
    for (const measureId of one.columns) {
      if (!measures.has(measureId)) continue;
      const of = lines.get(`${measureId}|${table(one.id).cut}`) ?? [];
      for (const report of reports)
        for (const span of one.compared ? spansOf(report) : [spansOf(report)[0]]) {
          const there = report.tables.find(({ id }) => id === one.id)?.lines ?? [];
          for (const line of of) if (!there.some(({ key }) => key === line.key)) program.row(termsOf(line, span), 0, 0);
        }
      if (measure(measureId).cohort)
        for (const [since, at] of uniquePairs(spans.flatMap(pairsIn)))
          program.row(
            [
              [ofBoth({ measure: measureId }, since, at), 1],
              ...of.map((line) => [ofBoth(line, since, at), -1] as const),
            ],
            0,
            0,
          );
      else
        for (const atom of unique(spans.flatMap(within)))
          program.row(
            [[ofAtom({ measure: measureId }, atom), 1], ...of.map((line) => [ofAtom(line, atom), -1] as const)],
            0,
            0,
          );
    }
  }

  for (const { part, whole, by } of PARTS)
    if (measures.has(part)) {
      const now = reports.map((report) => spansOf(report)[0]);
      for (const line of [{ measure: part }, ...(lines.get(`${part}|agency`) ?? [])]) {
        const spans = line.cut ? now : printed;
        const pairs = uniquePairs(spans.flatMap(pairsIn));
        for (const atom of unique(spans.flatMap(within))) {
          const parts = pairs.filter((pair) => spanId(pair[by === "since" ? 0 : 1]) === spanId(atom));
          program.row(
            [
              [ofAtom({ ...line, measure: whole }, atom), 1],
              ...parts.map(([since, at]) => [ofBoth(line, since, at), -1] as const),
            ],
            0,
            MANY,
          );
        }
      }
    }

  if (cells.some(({ measure }) => measure === BALANCE.stock)) {
    for (const atom of atoms) {
      const flow = (id: MeasureId, times: number): [number, number] => [ofAtom({ measure: id }, atom), times];
      program.row(
        [
          [stockAt(BALANCE.stock, atom.until), 1],
          [stockAt(BALANCE.stock, atom.from), -1],
          ...BALANCE.plus.map((id) => flow(id, -1)),
          ...BALANCE.minus.map((id) => flow(id, 1)),
        ],
        0,
        0,
      );
    }
    for (const day of moments)
      program.row(
        [
          [stockAt("tasks.open", day), 1],
          [stockAt("tasks.overdue", day), -1],
        ],
        0,
        MANY,
      );
  }

  for (const report of reports)
    for (const { id, now, before } of report.figures) {
      const of = figure(id);
      if (of.of !== "rate" && of.of !== "share") continue;
      if (!measures.has(of.part.measure)) continue;
      [now, before].forEach((cell, n) => {
        const span = spansOf(report)[n];
        if (!span || cell === "withheld") return;
        const sum = (one: Counted, times: number) => termsOf(one as Line, span, times);
        const whole = (times: number) =>
          of.of === "share" ? sum(of.whole, times) : [of.part, ...of.rest].flatMap((one) => sum(one, times));
        if (cell === null) program.row(whole(1), 0, 0);
        else {
          // To one decimal, a half away from zero: 2R <= (2000 part + whole) / whole < 2R + 2, R in tenths.
          const tenths = Math.round(cell * 10);
          program.row(whole(1), 1, MANY);
          program.row([...sum(of.part, 2000), ...whole(1 - 2 * tenths)], 0, MANY * 2000);
          program.row([...sum(of.part, -2000), ...whole(2 * tenths + 1)], 1, MANY * 2000);
        }
      });
    }

  const bounds = program.bounds(columns);
  return withheld.map(({ id, measure, cut, key, from, until }, n) => ({
    id,
    measure,
    cut,
    key,
    from,
    until,
    lowest: (bounds[n]?.lowest ?? 0) + 0,
    highest: bounds[n]?.highest ?? MANY,
  }));
}

const unique = (spans: readonly Span[]): Span[] => [...new Map(spans.map((span) => [spanId(span), span])).values()];

const uniquePairs = (pairs: readonly (readonly [Span, Span])[]) => [
  ...new Map(pairs.map((pair) => [pair.map(spanId).join(" "), pair])).values(),
];

/** Cells of which the attacker knows how many they are; that one is a nothing tells of nobody. */
export const known = (found: readonly Interval[]) =>
  found.filter(({ lowest, highest }) => lowest === highest && lowest > 0);
