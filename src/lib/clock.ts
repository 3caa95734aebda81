/** Everything reads this one clock, so that tests and the workbench can move time. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs on and can be set forward; it never goes back, since what happened stays happened. */
export class MovableClock implements Clock {
  /** Milliseconds before the base. */
  ahead = 0;

  constructor(private readonly base: Clock = systemClock) {}

  now(): Date {
    return new Date(this.base.now().getTime() + this.ahead);
  }

  /** @throws RangeError when `at` is not after now */
  moveTo(at: Date): void {
    const gap = at.getTime() - this.now().getTime();
    if (!(gap > 0)) throw new RangeError("The clock only moves forward.");
    this.ahead += gap;
  }
}
