import type { RequestFlag, RequestState } from "../store/request-tables.js";
import { type Clock, endOf, pauses, runningClock } from "./clocks.js";
import type { CoopRequest } from "./model.js";
import type { Patch } from "./store.js";

/** What a request is about to be, as far as its clocks look at it. */
export type Next = {
  state: RequestState;
  flags: readonly RequestFlag[];
  sentAt?: Date;
  receivedAt?: Date;
  decidedAt?: Date;
};

/**
 * The clock after a change: one that begins with the new state, one that rests or goes on with what was left, or the one
 * that runs already. How it first ended stays beside it.
 */
export function timesOf(
  before: CoopRequest,
  next: Next,
  now: Date,
): Pick<Patch, "clock" | "due_at" | "original_due_at" | "left_ms"> {
  const running = runningClock({ ...before, ...next }, before.content);
  if (!running) return { clock: null, due_at: null, original_due_at: null, left_ms: null };
  const was = runningClock(before, before.content);
  const goesOn = was?.clock === running.clock && was.from.getTime() === running.from.getTime();
  const standing = goesOn
    ? { dueAt: before.dueAt, originalDueAt: before.originalDueAt, leftMs: before.leftMs }
    : begun(running.clock, running.from);
  const rests = pauses(running.clock, next.flags);
  const left = standing.leftMs ?? (standing.dueAt && standing.dueAt.getTime() - now.getTime());
  const due = standing.dueAt ?? (standing.leftMs === undefined ? undefined : new Date(now.getTime() + standing.leftMs));
  return {
    clock: running.clock,
    due_at: rests ? null : (due ?? null),
    original_due_at: standing.originalDueAt ?? null,
    left_ms: rests && left !== undefined ? String(left) : null,
  };
}

function begun(clock: Clock, from: Date): Pick<CoopRequest, "dueAt" | "originalDueAt" | "leftMs"> {
  const end = endOf(clock, from);
  return { dueAt: end, originalDueAt: end, leftMs: undefined };
}
