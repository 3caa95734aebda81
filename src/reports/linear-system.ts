/**
 * Unknown numbers with bounds, sums of them with bounds, and the question whether one of them could still be larger or
 * smaller: the simplex method for bounds alone, without an objective (Dutertre and de Moura, A Fast Linear-Arithmetic
 * Solver for DPLL(T), 2006). A number that could not says which bounds forbid it. Bland's rule makes it end.
 */
export class Bounds {
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];
  #value: number[] = [];
  /** What is worked out from the others, by the coefficients of those. */
  readonly #rows = new Map<number, Map<number, number>>();
  /** Of what is not, the rows it stands in. */
  readonly #uses = new Map<number, Set<number>>();
  /** Those of the rows that are out of their bounds. */
  readonly #wrong = new Set<number>();

  /** @returns the number by which it is asked for */
  unknown(lower: number, upper: number): number {
    const at = this.#new(lower, upper, Math.min(Math.max(0, lower), upper));
    this.#uses.set(at, new Set());
    return at;
  }

  /** A sum of others, as an unknown of its own. */
  sum(terms: Iterable<readonly [number, number]>, lower: number, upper: number): number {
    const row = new Map<number, number>();
    for (const [of, times] of terms) {
      const known = this.#rows.get(of);
      if (!known) addTo(row, of, times);
      else for (const [one, n] of known) addTo(row, one, n * times);
    }
    let value = 0;
    for (const [one, n] of row) value += n * this.value(one);
    const at = this.#new(lower, upper, value);
    this.#rows.set(at, row);
    for (const one of row.keys()) this.#uses.get(one)?.add(at);
    this.#look(at);
    return at;
  }

  /** A sum that nobody will ask for again. */
  forget(at: number): void {
    const row = this.#rows.get(at);
    if (!row) return;
    for (const one of row.keys()) this.#uses.get(one)?.delete(at);
    this.#rows.delete(at);
    this.#wrong.delete(at);
  }

  /** In the solution that was found last. */
  value(at: number): number {
    return this.#value[at] ?? 0;
  }

  /** Gives it other bounds. */
  bound(at: number, lower: number, upper: number): void {
    this.#lower[at] = lower;
    this.#upper[at] = upper;
    if (this.#rows.has(at)) this.#look(at);
    else this.#move(at, Math.min(Math.max(this.value(at), lower), upper));
  }

  /**
   * Finds a solution.
   * @returns those whose bounds contradict each other, where there is none
   */
  settle(): number[] | undefined {
    for (let trades = 0; ; trades++) {
      const wrong = this.#outOfBounds();
      if (wrong === undefined) return undefined;
      const row = this.#rows.get(wrong) ?? new Map<number, number>();
      const goal = this.value(wrong) < this.#at(this.#lower, wrong) ? this.#lower : this.#upper;
      const up = goal === this.#lower;
      // The one that stands in the fewest rows makes the least work; after many trades, the first, which ends.
      const cost = (one: number) => (trades < PATIENCE ? (this.#uses.get(one)?.size ?? 0) : 0);
      let best: number | undefined;
      for (const [one, n] of row) {
        if (!(n > 0 === up ? this.#canGrow(one) : this.#canShrink(one))) continue;
        if (best === undefined || cost(one) < cost(best) || (cost(one) === cost(best) && one < best)) best = one;
      }
      if (best === undefined) return [wrong, ...row.keys()];
      this.#trade(wrong, best, this.#at(goal, wrong));
    }
  }

  /**
   * Whether it can be `lower` or more and `upper` or less, within its bounds. The solution found stays, to be read.
   * @returns those whose bounds forbid it
   */
  forbids(at: number, lower: number, upper: number): number[] | undefined {
    const [low, high, before] = [this.#at(this.#lower, at), this.#at(this.#upper, at), [...this.#value]];
    const [least, most] = [Math.max(low, lower), Math.min(high, upper)];
    if (least > most) return [at];
    this.bound(at, least, most);
    const found = this.settle();
    if (found) {
      this.#value = before;
      this.#wrong.clear();
    }
    this.bound(at, low, high);
    return found;
  }

  #new(lower: number, upper: number, value: number): number {
    this.#lower.push(lower);
    this.#upper.push(upper);
    return this.#value.push(value) - 1;
  }

  readonly #at = (of: readonly number[], at: number): number => of[at] ?? 0;

  #outOfBounds(): number | undefined {
    let first: number | undefined;
    for (const one of this.#wrong) if (first === undefined || one < first) first = one;
    return first;
  }

  #look(at: number): void {
    const value = this.value(at);
    const wrong = value < this.#at(this.#lower, at) - CLOSE || value > this.#at(this.#upper, at) + CLOSE;
    if (wrong && this.#rows.has(at)) this.#wrong.add(at);
    else this.#wrong.delete(at);
  }

  readonly #canGrow = (one: number) => this.value(one) < this.#at(this.#upper, one) - CLOSE;
  readonly #canShrink = (one: number) => this.value(one) > this.#at(this.#lower, one) + CLOSE;

  /** Gives another value to one that is not reckoned from others. */
  #move(one: number, to: number): void {
    const by = to - this.value(one);
    if (by === 0) return;
    this.#value[one] = to;
    for (const row of this.#uses.get(one) ?? []) {
      this.#value[row] = tidy(this.value(row) + (this.#rows.get(row)?.get(one) ?? 0) * by);
      this.#look(row);
    }
  }

  /** From now on `out` is not reckoned from others, and has the value `to`; `into` is. */
  #trade(out: number, into: number, to: number): void {
    const row = this.#rows.get(out) ?? new Map<number, number>();
    const n = row.get(into) ?? 1;
    this.#move(into, tidy(this.value(into) + (to - this.value(out)) / n));
    this.#value[out] = to;
    this.#rows.delete(out);
    this.#wrong.delete(out);
    for (const one of row.keys()) this.#uses.get(one)?.delete(out);
    const solved = new Map<number, number>([[out, 1 / n]]);
    for (const [one, m] of row) if (one !== into) solved.set(one, tidy(-m / n));
    const users = [...(this.#uses.get(into) ?? [])];
    this.#uses.delete(into);
    this.#uses.set(out, new Set());
    for (const at of users) {
      const other = this.#rows.get(at) ?? new Map<number, number>();
      const times = other.get(into) ?? 0;
      other.delete(into);
      for (const [one, m] of solved) {
        addTo(other, one, m * times);
        if (other.has(one)) this.#uses.get(one)?.add(at);
        else this.#uses.get(one)?.delete(at);
      }
    }
    this.#rows.set(into, solved);
    for (const one of solved.keys()) this.#uses.get(one)?.add(into);
    this.#look(into);
  }
}

const PATIENCE = 500;

/** Two numbers that are as close as this are the same: coefficients are small whole numbers and fractions of them. */
const CLOSE = 1e-7;

const tidy = (n: number): number => (Math.abs(n - Math.round(n)) < 1e-9 ? Math.round(n) : n);

function addTo(row: Map<number, number>, at: number, n: number): void {
  const sum = tidy((row.get(at) ?? 0) + n);
  if (sum === 0) row.delete(at);
  else row.set(at, sum);
}
