import { setImmediate, setTimeout } from "node:timers/promises";
import type { UnitOfWork } from "./unit-of-work.js";

/** Work in one body, in a transaction of its own. */
export type InBody = <T>(act: (work: UnitOfWork) => Promise<T>) => Promise<T>;

/** A third of what others may be kept waiting: on the embedded database everybody waits for a transaction. */
const AIM_MS = 33;
/** Rows of the first slice, and the fewest: a transaction has a cost of its own, which no smaller slice takes less of. */
const LEAST = 8;
/** A statement takes 65,535 values (PostgreSQL's protocol), and a row is a few dozen of them at most. */
const MOST = 1_000;

/**
 * Many rows in slices, each a transaction of its own, for `act`s whose statements do not grow in number with the rows. A
 * slice has as many rows as the time of the last says, and then the others have as long as it took.
 */
export async function inSlices<T>(
  inBody: InBody,
  rows: readonly T[],
  act: (work: UnitOfWork, slice: readonly T[], from: number) => Promise<void>,
  committed: (slice: readonly T[]) => void = () => undefined,
): Promise<void> {
  let size = LEAST;
  for (let from = 0; from < rows.length; ) {
    const slice = rows.slice(from, from + size);
    let began = 0;
    await inBody((work) => {
      // Waiting for its turn is no time that it holds.
      began = performance.now();
      return act(work, slice, from);
    });
    const took = performance.now() - began;
    committed(slice);
    from += slice.length;
    size = nextSize(size, took);
    if (from < rows.length) await setTimeout(took);
  }
}

/** Never more than doubled at once; cut at once to what fits. */
export const nextSize = (size: number, tookMs: number): number =>
  Math.max(LEAST, Math.min(MOST, size * 2, Math.floor((size * AIM_MS) / Math.max(tookMs, 1))));

/** What only reckons and stops now and then: sockets and timers are heard in between. */
export async function drained<T>(steps: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
