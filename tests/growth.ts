import { expect } from "vitest";

/** Enough for the compiler to have warmed up; an innocent run is seldom disturbed as often as the most. */
const [FEWEST, MOST] = [3, 12];
/** So many times further apart than they may be, no more runs are asked for. */
const BEYOND = 10;

export type Work<T = unknown> = () => T | Promise<T>;

/** `ms` is to be compared with another of the same run, and never to be asserted by itself. */
export async function timed<T>(work: Work<T>): Promise<{ ms: number; value: T }> {
  const before = performance.now();
  const value = await work();
  return { ms: performance.now() - before, value };
}

/** Keeps the slowest few of many, each run once: a run that was only disturbed is among them, and another beside it. */
export class Slowest<T> {
  #found: { what: T; ms: number }[] = [];

  saw(what: T, ms: number): void {
    this.#found = [...this.#found, { what, ms }].sort((a, b) => b.ms - a.ms).slice(0, 5);
  }

  get all(): T[] {
    return this.#found.map(({ what }) => what);
  }
}

/**
 * `much` takes at most `times` as long as `little`. Both run in turns and the best of each is compared, since whatever
 * else the machine does makes a run longer and never shorter; while they are too far apart they run again. What is out
 * of proportion stays so however often it runs. `times` is to be far from what is true and from what would be wrong.
 * @returns how many times as long it took
 */
export async function expectWithin(times: number, of: { little: Work; much: Work; what: string }): Promise<number> {
  const best = { little: Number.POSITIVE_INFINITY, much: Number.POSITIVE_INFINITY };
  const ratio = () => best.much / best.little;
  for (let n = 0; n < MOST && (n < FEWEST || (ratio() > times && ratio() < times * BEYOND)); n++) {
    best.little = Math.min(best.little, (await timed(of.little)).ms);
    best.much = Math.min(best.much, (await timed(of.much)).ms);
  }
  expect(ratio(), of.what).toBeLessThanOrEqual(times);
  return ratio();
}
