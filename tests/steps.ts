import { it } from "vitest";

/**
 * The steps of a story: tests that go on from one another. Each first runs those before it that have not run yet, so that
 * it may run alone and in any order; what went wrong in a step is told by that step.
 * @param each how long a step may take, where it does not say
 */
export function steps(each = 30_000): (name: string, step: () => Promise<void> | void, timeout?: number) => void {
  let before: () => Promise<unknown> = async () => {};
  let longest = 0;
  return (name, step, timeout = each) => {
    const previous = before;
    let running: Promise<void> | undefined;
    const run = () => {
      running ??= previous().then(step);
      return running;
    };
    before = () => run().catch(() => undefined);
    longest += timeout;
    it(name, run, longest);
  };
}
