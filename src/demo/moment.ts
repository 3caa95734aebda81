import type { UnitOfWork } from "../store/unit-of-work.js";

/** The same work at another moment: what the demo's people did before it began. */
export const workAt = (work: UnitOfWork, now: Date): UnitOfWork =>
  Object.assign(Object.create(Object.getPrototypeOf(work)), { ...work, now }) as UnitOfWork;
