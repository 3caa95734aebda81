import { Bounds } from "./linear-system.js";
import { BALANCE, type MeasureId, measure } from "./measures.js";

/**
 * What anybody can infer who has printed cells: each is the sum of its smallest parts in time, lines make their
 * totals, a part is no more than its whole, open tasks balance, and nothing is less than nothing.
 */

export type Line = { measure: string; cut?: string; key?: string };
/** Moments from the first up to before the second, ISO 8601 UTC; of a stock, what stood at the second. */
export type Span = { from: string; until: string };
/** One printed number. */
export type Printed = Line & Span & { stock?: true; value: number; shown: boolean; fixed: boolean };

/** Measures that say something of one another. */
const FAMILIES: readonly (readonly string[])[] = [
  [BALANCE.stock, "tasks.overdue", ...BALANCE.plus, ...BALANCE.minus],
  ["information.received", "information.acknowledged", "information.outcomes", "information.final"],
];
/**
 * Each of the part is one of the whole, which was counted when it began or when it was done. Where `left` is said, what
 * is left of the whole is a count too, though nobody prints it.
 */
const PARTS: readonly { whole: MeasureId; part: MeasureId; by: "since" | "at"; left: boolean }[] = [
  { whole: "information.received", part: "information.acknowledged", by: "since", left: true },
  { whole: "information.received", part: "information.final", by: "since", left: true },
  { whole: "information.outcomes", part: "information.final", by: "at", left: false },
];

export const lineOf = ({ measure, cut, key }: Line): string => [measure, cut, key].join("|");
export const spanOf = ({ from, until }: Span): string => `${from}/${until}`;
const spanIn = (said: string): Span => {
  const [from = "", until = ""] = said.split("/");
  return { from, until };
};
export const idOf = (one: Line & Span & { stock?: true }): string =>
  one.stock ? `${lineOf(one)}|${one.until}` : `${lineOf(one)}|${spanOf(one)}`;

/** By family, and by time where nothing reaches from one stretch into the next. */
export function groupsOf(cells: readonly Printed[]): Printed[][] {
  const familyOf = ({ measure }: Printed) => FAMILIES.find((one) => one.includes(measure))?.[0] ?? measure;
  return [...grouped(cells, familyOf).values()].flatMap(inTime);
}

function inTime(family: readonly Printed[]): Printed[][] {
  const stocks = family.filter(({ stock }) => stock);
  // What stood at a moment ties what came before to what came after, unless it was told, once and for all.
  const told = stocks.filter(({ measure, shown, fixed }) => measure === BALANCE.stock && shown && fixed);
  const parts = (at: string) => stocks.length === 0 || told.some(({ until }) => until === at);
  const groups: { until: string; cells: Printed[] }[] = [];
  for (const one of family.filter(({ stock }) => !stock).sort((a, b) => compare(a.from, b.from))) {
    const last = groups.at(-1);
    if (!last || one.from > last.until || (one.from === last.until && parts(one.from)))
      groups.push({ until: one.until, cells: [one] });
    else {
      last.cells.push(one);
      if (one.until > last.until) last.until = one.until;
    }
  }
  return groups.map(({ cells }) => {
    const moments = new Set(cells.flatMap(({ from, until }) => [from, until]));
    return [...cells, ...stocks.filter(({ until }) => moments.has(until))];
  });
}

export function grouped<T>(all: Iterable<T>, by: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const group = found.get(by(one)) ?? [];
    found.set(by(one), group);
    group.push(one);
  }
  return found;
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export class Inference {
  readonly bounds = new Bounds();
  /** The printed cells by the numbers of their sums, and the other way round. */
  readonly cells = new Map<number, Printed>();
  readonly sums = new Map<Printed, number>();
  /** What is left of a whole without its part. */
  readonly left: number[] = [];
  /** The parts that all sums are of, in any order that stays. */
  readonly atoms = new Map<string, number>();
  readonly #moments: string[];
  readonly #spans = new Map<string, Span[]>();
  /** Sums that hold by what is counted, whatever is printed. */
  readonly #ties = new Set<number>();

  /** @param group cells of which all that hang together are there: see `groupsOf` */
  constructor(
    readonly group: readonly Printed[],
    range: (cell: Printed) => [number, number],
  ) {
    this.#moments = [...new Set(group.flatMap(({ from, until }) => [from, until]))].sort();
    for (const one of group) this.#print(one, range(one));
    const lines = group.filter(({ cut }) => cut);
    for (const cells of grouped(lines, ({ measure, cut }) => `${measure}|${cut}`).values()) this.#tieBreakdown(cells);
    this.#tieParts();
    this.#tieBalance();
    this.#settle();
  }

  #atom(name: string): number {
    const known = this.atoms.get(name);
    if (known !== undefined) return known;
    const made = this.bounds.unknown(0, Number.POSITIVE_INFINITY);
    this.atoms.set(name, made);
    return made;
  }

  /** Its smallest stretches: between the moments at which anything printed begins or ends. */
  within({ from, until }: Span): Span[] {
    const [first, last] = [this.#moments.indexOf(from), this.#moments.indexOf(until)];
    return this.#moments
      .slice(first, last)
      .map((one, n) => ({ from: one, until: this.#moments[first + n + 1] ?? one }));
  }

  /**
   * The smallest stretches of a span; for what also began in it, pairs of when it began and when it was done. Of a line,
   * those pairs that the same spans hold are one, since there would be a great many.
   */
  #parts(line: Line, span: Span): string[] {
    const within = this.within(span);
    if (!isCohort(line)) return within.map(spanOf);
    const pairs = within.flatMap((since, n) => within.slice(n).map((at): [Span, Span] => [since, at]));
    if (!line.cut) return pairs.map((pair) => pair.map(spanOf).join(" "));
    return [...new Set(pairs.map((pair) => this.#held(line, pair)))];
  }

  /** Which spans hold such a pair. */
  #held(line: Line, [since, at]: [Span, Span]): string {
    const holding = this.#cohortSpans(line).filter(({ from, until }) => from <= since.from && at.until <= until);
    return holding.map(spanOf).join(" ");
  }

  /** Every span of which it is known, as a total or a line. */
  #cohortSpans({ measure }: Line): Span[] {
    const known = this.#spans.get(measure) ?? uniqueSpans(this.group.filter((one) => one.measure === measure));
    this.#spans.set(measure, known);
    return known;
  }

  #part = (line: Line, part: string): number => this.#atom(`${lineOf(line)}|${part}`);

  /** A count is the sum of those of its smallest parts. */
  terms = (line: Line, span: Span, times = 1): [number, number][] =>
    this.#parts(line, span).map((part) => [this.#part(line, part), times]);

  #stock = (measure: string, at: string): number => this.#atom(`${measure}|${at}`);

  #print(one: Printed, range: [number, number]): void {
    const terms = one.stock ? [[this.#stock(one.measure, one.until), 1] as const] : this.terms(one, one);
    const [only, ...others] = terms;
    // What stands for one unknown alone is that unknown.
    const sum = only && others.length === 0 ? only[0] : this.bounds.sum(terms, ...range);
    if (others.length === 0) this.bounds.bound(sum, ...range);
    this.cells.set(sum, one);
    this.sums.set(one, sum);
  }

  #tie(terms: readonly (readonly [number, number])[], upper: number): number {
    const tie = this.bounds.sum(terms, 0, upper);
    this.#ties.add(tie);
    return tie;
  }

  /** Lines make their total in every part of a span for which the breakdown was printed. */
  #tieBreakdown(cells: readonly Printed[]): void {
    const lines = [...new Map(cells.map((one) => [lineOf(one), one])).values()];
    const [line] = cells as [Printed];
    const total = { measure: line.measure };
    const spans = uniqueSpans(cells);
    const ofTotal = grouped(new Set(spans.flatMap((span) => this.#parts(total, span))), (part) => {
      const [since = "", at = since] = part.split(" ");
      return isCohort(line) ? this.#held(line, [spanIn(since), spanIn(at)]) : part;
    });
    for (const part of new Set(spans.flatMap((span) => this.#parts(line, span))))
      this.#tie(
        [
          ...(ofTotal.get(part) ?? []).map((one): [number, number] => [this.#part(total, one), 1]),
          ...lines.map((one): [number, number] => [this.#part(one, part), -1]),
        ],
        0,
      );
  }

  /** A part is no more than its whole, in each span; and in all, in each stretch in which it began or was done. */
  #tieParts(): void {
    const there = new Set(this.group.map(idOf));
    for (const { whole, part, by, left } of PARTS) {
      const both = this.group.filter((one) => one.measure === part && there.has(idOf({ ...one, measure: whole })));
      for (const one of both) {
        const terms = [...this.terms({ ...one, measure: whole }, one), ...this.terms(one, one, -1)];
        const tie = this.#tie(terms, Number.POSITIVE_INFINITY);
        if (left) this.left.push(tie);
      }
      const pairs = new Set(both.filter(({ cut }) => !cut).flatMap((one) => this.#parts(one, one)));
      for (const [stretch, of] of grouped(pairs, (one) => one.split(" ")[by === "since" ? 0 : 1] ?? "")) {
        const taken = of.map((one): [number, number] => [this.#part({ measure: part }, one), -1]);
        this.#tie([[this.#part({ measure: whole }, stretch), 1], ...taken], Number.POSITIVE_INFINITY);
      }
    }
  }

  #tieBalance(): void {
    const { stock, plus, minus } = BALANCE;
    if (!this.group.some(({ measure }) => measure === stock)) return;
    const spans = uniqueSpans(this.group.filter((one) => !one.stock && !one.cut));
    for (const part of uniqueSpans(spans.flatMap((span) => this.within(span)))) {
      const flows = [...plus.map((id) => [id, -1] as const), ...minus.map((id) => [id, 1] as const)];
      this.#tie(
        [
          [this.#stock(stock, part.until), 1],
          [this.#stock(stock, part.from), -1],
          ...flows.flatMap(([measure, times]) => this.terms({ measure }, part, times)),
        ],
        0,
      );
    }
    for (const { measure, until } of this.group)
      if (measure === "tasks.overdue")
        this.#tie(
          [
            [this.#stock(stock, until), 1],
            [this.#stock(measure, until), -1],
          ],
          Number.POSITIVE_INFINITY,
        );
  }

  /** Where what is printed contradicts what should hold, nobody can infer from that. */
  #settle(): void {
    for (let wrong = this.bounds.settle(); wrong; wrong = this.bounds.settle()) {
      const tie = wrong.find((one) => this.#ties.has(one)) ?? wrong.find((one) => this.cells.has(one));
      if (tie === undefined) throw new Error("Counts below nothing");
      this.bounds.bound(tie, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    }
  }
}

export const isCohort = (line: Line): boolean => measure(line.measure as MeasureId)?.cohort === true;

const uniqueSpans = (spans: readonly Span[]): Span[] => [
  ...new Map(spans.map(({ from, until }) => [spanOf({ from, until }), { from, until }])).values(),
];
