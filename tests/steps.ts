import { it } from "vitest";

/**
 * The steps of a story: tests that go on from one another. Each first runs those before it that have not run yet, so that
 * it may run alone and in any order; what went wrong in a step is told by that step.
 */
export function steps(): (name: string, step: () => Promise<void> | void) => void {
  let before: () => Promise<unknown> = async () => {};
  return (name, step) => {
    const previous = before;
    let running: Promise<void> | undefined;
    const run = () => {
      running ??= previous().then(step);
      return running;
    };
    before = () => run().catch(() => undefined);
    it(name, run);
  };
}
