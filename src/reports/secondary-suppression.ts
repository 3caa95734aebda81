import { compare, grouped, groupsOf, Inference, idOf, isCohort, lineOf, type Printed, spanOf } from "./inference.js";

/**
 * Which cells must be suppressed beside the small ones. Each small one, each that was suppressed in something published
 * earlier, and each small count that follows though nobody prints it, must have another possible value at least for
 * whoever works with all that was ever shown (inference.ts).
 *
 * Who knows how cells are chosen may also learn from the choice. So it goes by what such a reader sees: of a breakdown
 * always the smallest lines, however they are named, as many as have weight together; with a total all its lines; what
 * stood at both ends of a period; and a longer period is shown only where the suppressed ones in it have weight
 * together. Cells are chosen as if the reader knew which are small, so that 1 and 1 are not 2 and 4 and 4 are not 8;
 * where that is beyond help, as if not. No choice that goes by what is suppressed is wholly silent: where a quarter is
 * published before its months, that it was suppressed can narrow what they are.
 */

export const isSmall = (value: number, threshold: number): boolean => value > 0 && value < threshold;

/** Sets `shown` of what is not fixed. */
export function suppressSecondary(cells: readonly Printed[], threshold: number): void {
  for (const group of groupsOf(cells))
    if (group.some(({ fixed }) => !fixed)) new Suppression(withWeight(group), threshold).run();
}

/** Without the lines in which nothing ever was. */
function withWeight(group: readonly Printed[]): Printed[] {
  const lines = grouped(group, lineOf);
  return [...lines.values()].flatMap((cells) =>
    cells.some(({ cut, value, shown }) => !cut || value > 0 || !shown) ? cells : [],
  );
}

/** Lines before totals, what stood before what was counted, small before large; nothing tells least, so it goes last. */
const cheapest = (a: Printed, b: Printed): number =>
  Number(a.value === 0) - Number(b.value === 0) ||
  Number(!a.cut && !a.stock) - Number(!b.cut && !b.stock) ||
  a.value - b.value ||
  compare(idOf(a), idOf(b));

/** Within what a suppressed value lies, for a reader. */
type Reader = (value: number, threshold: number) => [number, number];

/** Knows how cells are chosen, and may find out which are small and which are suppressed for the others' sake. */
const knowing: Reader = (value, threshold) =>
  isSmall(value, threshold) ? [1, threshold - 1] : [value === 0 ? 0 : threshold, Number.POSITIVE_INFINITY];
/** Takes what is suppressed for something. */
const guessing: Reader = (value) => [Math.min(value, 1), Number.POSITIVE_INFINITY];
const unaware: Reader = () => [0, Number.POSITIVE_INFINITY];
/** Where nothing helps against the first, it must against the next. */
const READERS = [knowing, guessing, unaware];

class Suppression {
  readonly #known: Inference;
  /** Solutions that were come upon: a number that differs in two of them is not known. */
  readonly #solutions: Map<number, number>[] = [];
  readonly #moved = new Set<Printed>();
  #reader: Reader = knowing;
  /** That the reader knows whatever else is suppressed. */
  readonly #hopeless = new Set<Printed>();

  constructor(
    readonly group: readonly Printed[],
    readonly threshold: number,
  ) {
    this.#known = new Inference(group, (one) => this.#range(one));
  }

  run(): void {
    this.#learn();
    for (const one of this.#hidden()) if (one.cut) this.#weigh(one);
    this.#weighInTime();
    for (const reader of READERS) {
      this.#reader = reader;
      this.#hopeless.clear();
      for (const [sum, one] of this.#known.cells) if (!one.shown) this.#known.bounds.bound(sum, ...this.#range(one));
      for (let before = -1; before !== this.#state(); ) {
        before = this.#state();
        for (const one of this.#hidden()) if (one.fixed || isSmall(one.value, this.threshold)) this.#keep(one);
        this.#keepBetween();
      }
    }
    this.#showKnown();
  }

  #state = (): number => this.#hidden().length + this.#hopeless.size * this.group.length;

  #hidden(): Printed[] {
    return this.group.filter(({ shown }) => !shown).sort((a, b) => compare(idOf(a), idOf(b)));
  }

  #range({ value, shown }: Printed): [number, number] {
    return shown ? [value, value] : this.#reader(value, this.threshold);
  }

  #learn(): void {
    this.#solutions.push(new Map([...this.#known.atoms.values()].map((at) => [at, this.#known.bounds.value(at)])));
    for (const [sum, one] of this.#known.cells)
      if (!one.shown && Math.abs(this.#known.bounds.value(sum) - one.value) > 1 - 1e-6) this.#moved.add(one);
  }

  /**
   * Shown no longer; nor are lines of the same breakdown that are no larger, so that their order says nothing. A total
   * takes all its lines with it: what is left of them would say how large it can be. What stood at one end of a period
   * takes what stood at the other.
   */
  #hide(chosen: Printed): void {
    const alike = this.group.filter((one) => {
      if (one.value === 0 || one.measure !== chosen.measure) return false;
      if (chosen.stock) return true;
      if (one.from !== chosen.from || one.until !== chosen.until) return false;
      return !chosen.cut || (one.cut === chosen.cut && one.value <= chosen.value);
    });
    for (const one of [chosen, ...alike]) {
      if (!one.shown || one.fixed) continue;
      one.shown = false;
      this.#known.bounds.bound(this.#known.sums.get(one) ?? 0, ...this.#range(one));
    }
    if (chosen.cut) this.#weigh(chosen);
  }

  /** As many lines of a breakdown as it takes that the suppressed ones have weight together; else its total. */
  #weigh({ measure, cut, from, until }: Printed): void {
    const of = this.group.filter((one) => one.measure === measure && one.from === from && one.until === until);
    const lines = of.filter((one) => one.cut === cut);
    const hidden = lines.filter(({ shown }) => !shown);
    // Two that were both as large as a small count can be would be known for it: 4 and 4 are 8.
    if (hidden.length === 0 || hidden.reduce((sum, { value }) => sum + value, 0) >= 2 * this.threshold - 2) return;
    const [next] = lines.filter(({ shown, fixed, value }) => shown && !fixed && value > 0).sort(cheapest);
    const total = of.find(({ cut, shown, fixed }) => !cut && shown && !fixed);
    if (next) this.#hide(next);
    else if (total) this.#hide(total);
  }

  /** What a span holds beside the parts of it that are shown has weight too: else the span is not shown, or a part. */
  #weighInTime(): void {
    const lines = grouped(
      this.group.filter((one) => !one.stock && !isCohort(one)),
      lineOf,
    );
    for (const cells of lines.values())
      for (const whole of cells) {
        for (let parts = this.#shownIn(whole, cells); parts; parts = this.#shownIn(whole, cells)) {
          const left = parts.reduce((left, { value }) => left - value, whole.value);
          const some = cells.some(
            ({ shown, value, from, until }) => !shown && value > 0 && from >= whole.from && until <= whole.until,
          );
          if (left <= 0 || left >= (some ? 2 * this.threshold - 2 : this.threshold)) break;
          const [next] = [whole, ...parts].filter(({ fixed }) => !fixed);
          if (!next) break;
          this.#hide(next);
        }
      }
  }

  /** The parts of a span that are shown, one after the other, that leave least of it. */
  #shownIn(whole: Printed, cells: readonly Printed[]): Printed[] | undefined {
    const inside = cells.filter(
      (one) => one !== whole && one.shown && one.value > 0 && one.from >= whole.from && one.until <= whole.until,
    );
    if (!whole.shown || inside.length === 0) return undefined;
    let best: { until: string; sum: number; parts: Printed[] }[] = [{ until: whole.from, sum: 0, parts: [] }];
    for (const one of inside.sort((a, b) => compare(a.until, b.until))) {
      const before = best.filter(({ until }) => until <= one.from).reduce((a, b) => (b.sum > a.sum ? b : a));
      best = [...best, { until: one.until, sum: before.sum + one.value, parts: [...before.parts, one] }];
    }
    return best.reduce((a, b) => (b.sum > a.sum ? b : a)).parts;
  }

  /** Withholds more until this one has another possible value at least. */
  #keep(target: Printed): void {
    const sum = this.#known.sums.get(target);
    const nothings: Printed[] = [];
    while (sum !== undefined && !this.#moved.has(target) && !this.#hopeless.has(target)) {
      const by = this.#why(sum, target.value);
      if (!by) return;
      const [next] = this.#choice(by);
      if (!next) {
        // In vain: what others owed to it is looked at again.
        this.#hopeless.add(target);
        for (const one of nothings) this.#show(one);
        if (nothings.length > 0) this.#forget();
        return;
      }
      this.#hide(next);
      if (next.value === 0) nothings.push(next);
    }
  }

  #forget(): void {
    this.#known.bounds.settle();
    this.#moved.clear();
    this.#solutions.length = 0;
    this.#learn();
  }

  #show(one: Printed): void {
    one.shown = true;
    this.#known.bounds.bound(this.#known.sums.get(one) ?? 0, one.value, one.value);
  }

  /** What was suppressed for another's sake and is known all the same, whoever works it out, hides nothing. */
  #showKnown(): void {
    for (const one of this.#hidden()) {
      const sum = this.#known.sums.get(one);
      if (one.fixed || isSmall(one.value, this.threshold) || sum === undefined || this.#moved.has(one)) continue;
      if (this.#why(sum, one.value)) this.#show(one);
    }
  }

  #choice = (by: readonly number[]): Printed[] =>
    [...new Set(by)]
      .flatMap((at) => this.#known.cells.get(at) ?? [])
      .filter(({ shown, fixed }) => shown && !fixed)
      .sort(cheapest);

  /** @returns what makes it known, where it is */
  #why(sum: number, value: number): number[] | undefined {
    const more = this.#known.bounds.forbids(sum, value + 1, Number.POSITIVE_INFINITY);
    if (!more) this.#learn();
    const less = more && this.#known.bounds.forbids(sum, Number.NEGATIVE_INFINITY, value - 1);
    if (more && !less) this.#learn();
    return more && less && [...more, ...less];
  }

  /** Small counts that nobody printed: between any two moments, and what is left of a whole without a part. */
  #keepBetween(): void {
    const printed = new Set(this.group.map(idOf));
    for (const tie of this.#known.left) this.#keepSmall(tie);
    for (const cells of grouped(
      this.group.filter((one) => !one.stock && !isCohort(one)),
      lineOf,
    ).values()) {
      const [line] = cells;
      const covered = new Set(cells.flatMap((span) => this.#known.within(span).map(spanOf)));
      const days = [...new Set(cells.flatMap(({ from, until }) => [from, until]))].sort();
      for (const from of days)
        for (const until of days) {
          if (!line || from >= until || printed.has(idOf({ ...line, from, until }))) continue;
          const parts = this.#known.within({ from, until });
          if (!parts.every((part) => covered.has(spanOf(part)))) break;
          const terms = this.#known.terms(line, { from, until });
          if (!this.#mayBeKnown(terms)) continue;
          const sum = this.#known.bounds.sum(terms, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
          this.#keepSmall(sum);
          this.#known.bounds.forget(sum);
        }
    }
  }

  /** Whether it is small, and the same in every solution that was come upon. */
  #mayBeKnown(terms: readonly (readonly [number, number])[]): boolean {
    let value: number | undefined;
    for (const solution of this.#solutions) {
      const sum = terms.reduce((sum, [at, n]) => sum + n * (solution.get(at) ?? 0), 0);
      if (value !== undefined && Math.abs(sum - value) > 1e-6) return false;
      value = sum;
      if (!isSmall(Math.round(value), this.threshold) || Math.abs(value - Math.round(value)) > 1e-6) return false;
    }
    return true;
  }

  #keepSmall(sum: number): void {
    for (;;) {
      const value = Math.round(this.#known.bounds.value(sum));
      if (!isSmall(value, this.threshold)) return;
      const by = this.#why(sum, value);
      const next = by && this.#choice(by)[0];
      if (!next) return;
      this.#hide(next);
    }
  }
}
