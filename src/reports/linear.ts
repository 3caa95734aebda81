/** A linear form: coefficients by variable. */
export type Form = ReadonlyMap<string, number>;

/**
 * Linear equations over whole numbers, reckoned modulo a prime: what follows from them follows modulo it too, and what
 * does not, does so by chance once in some ten millions. Products of two residues stay exact in a double.
 */
const PRIME = 67_108_859;

type Row = { form: Map<string, number>; value: number; from: Map<number, number> };

/** What an equation system says of a form: its value, and which of the equations said so. */
export type Found = { value: number; from: readonly number[] };

export class Equations {
  /** Each by the variable that stands in it with 1 and in no other before it. */
  readonly #rows = new Map<string, Row>();
  #count = 0;

  /** @returns the number of the equation */
  add(form: Form, value: number): number {
    const n = this.#count++;
    const row = this.#reduced({ form: residues(form), value: residue(value), from: new Map([[n, 1]]) });
    const pivot = row.form.keys().next();
    if (pivot.done) return n;
    const scale = inverse(row.form.get(pivot.value) ?? 1);
    this.#rows.set(pivot.value, {
      form: scaled(row.form, scale),
      value: (row.value * scale) % PRIME,
      from: scaled(row.from, scale),
    });
    return n;
  }

  /** @returns undefined where the form does not follow from the equations */
  of(form: Form): Found | undefined {
    const row = this.#reduced({ form: residues(form), value: 0, from: new Map() });
    if (row.form.size > 0) return undefined;
    const value = residue(-row.value);
    return { value: value > PRIME / 2 ? value - PRIME : value, from: [...row.from.keys()] };
  }

  #reduced(row: Row): Row {
    for (;;) {
      let pivot: Row | undefined;
      let times = 0;
      for (const [variable, coefficient] of row.form) {
        pivot = this.#rows.get(variable);
        times = coefficient;
        if (pivot) break;
      }
      if (!pivot) return row;
      subtract(row.form, pivot.form, times);
      subtract(row.from, pivot.from, times);
      row.value = residue(row.value - ((times * pivot.value) % PRIME));
    }
  }
}

const residue = (n: number): number => ((n % PRIME) + PRIME) % PRIME;

function residues(form: Form): Map<string, number> {
  const found = new Map<string, number>();
  for (const [variable, n] of form) if (residue(n) !== 0) found.set(variable, residue(n));
  return found;
}

const scaled = <K>(form: Map<K, number>, scale: number): Map<K, number> =>
  new Map([...form].map(([key, n]) => [key, (n * scale) % PRIME]));

function subtract<K>(from: Map<K, number>, what: ReadonlyMap<K, number>, times: number): void {
  for (const [key, n] of what) {
    const left = residue((from.get(key) ?? 0) - ((n * times) % PRIME));
    if (left === 0) from.delete(key);
    else from.set(key, left);
  }
}

/** By Fermat: n to the power of the prime less two. */
function inverse(n: number): number {
  let result = 1;
  for (let base = n % PRIME, power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
}
