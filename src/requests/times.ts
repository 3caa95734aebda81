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
 * @param content as it is from now on: which clock runs may depend on it
 */
export function timesOf(
  before: CoopRequest,
  next: Next,
  now: Date,
  content = before.content,
): Pick<Patch, "clock" | "due_at" | "original_due_at" | "left_ms"> {
  if (next.state === "answered" && before.clock) return resting(before, now);
  const running = runningClock({ ...before, ...next }, content);
  if (!running) return { clock: null, due_at: null, original_due_at: null, left_ms: null };
  const was = runningClock(before, before.content);
  const same = before.state === "answered" || was?.from.getTime() === running.from.getTime();
  const goesOn = before.clock === running.clock && same;
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

/** While an answer is looked at: if something is missing in it, what was left goes on. */
function resting(before: CoopRequest, now: Date): ReturnType<typeof timesOf> {
  const left = before.leftMs ?? (before.dueAt && before.dueAt.getTime() - now.getTime());
  return {
    clock: before.clock ?? null,
    due_at: null,
    original_due_at: before.originalDueAt ?? null,
    left_ms: left === undefined ? null : String(left),
  };
}

function begun(clock: Clock, from: Date): Pick<CoopRequest, "dueAt" | "originalDueAt" | "leftMs"> {
  const end = endOf(clock, from);
  return { dueAt: end, originalDueAt: end, leftMs: undefined };
}
