import { record, recordAct } from "../../audit/record.js";
import type { Context } from "../../command/define.js";
import { readerIn } from "../../command/reply.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import { sightOfRequest } from "../../policy/index.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { showAt } from "../../time/display.js";
import { scheduleRequest } from "../escalation.js";
import { KINDS } from "../kinds.js";
import { type CoopRequest, itemOf, type StopCode, UNDER_WAY, type Words } from "../model.js";
import * as notifying from "../notify.js";
import { isOrderOver, lacksOf, nextLook, unsafeIn } from "../safety.js";
import { REQUESTS, updateRequest } from "../store.js";
import { timesOf } from "../times.js";
import { type Acting, check, counted, move, moveAlong, said } from "./moving.js";

/**
 * A special technique is let run only while every side says that the people are safe, and whoever knows of it stops it
 * everywhere at once (CTOC/COP/WG.7/2012/3 para 23; UNTOC 20; Protocol 16).
 */

/** All requests of the operation, held until the commit in the order of their numbers. */
const operationOf = (work: UnitOfWork, { id, others }: CoopRequest): Promise<CoopRequest[]> =>
  REQUESTS.load(work, { ids: [id, ...others.map((other) => other.id)], hold: true });

const toStop = async (work: UnitOfWork, one: CoopRequest): Promise<CoopRequest[]> =>
  (await operationOf(work, one)).filter(({ state, stopped }) => UNDER_WAY.includes(state) && !stopped);

const stoppedFor = (why: StopCode, at: Date) => ({ stopped_at: at, stopped_for: why });

export function checkStoppable({ kind, ref }: CoopRequest): void {
  if (!KINDS[kind].stoppable) refuse((t) => t.errors.requestNotStoppable({ ref, kind: t.requests.kinds[kind] }));
}

/** @throws Refusal where the order on which it rests is over: nothing is signed or goes out on it */
export function checkOrder(one: CoopRequest, now: Date): void {
  if (KINDS[one.kind].stoppable && isOrderOver(one, now)) refuse((t) => t.errors.requestOrderPast({ ref: one.ref }));
}

/** @throws Refusal as long as it is stopped, or another of the same operation is */
export function checkNotStopped({ ref, stopped, others }: CoopRequest): void {
  if (stopped || others.some((other) => other.stopped)) refuse((t) => t.errors.requestStopped({ ref }), "stopped");
}

/** What was stopped: the references that this person may know, and how many in all. */
export type Stopped = { one: CoopRequest; refs: string[]; count: number };

/** @param what happened, where there was time to say it */
export async function stopRequest(c: Context, one: CoopRequest, what?: string): Promise<Stopped> {
  checkStoppable(one);
  check(c, "stop", one);
  const { stopped } = one;
  if (stopped)
    refuse((t) => t.errors.requestStoppedAlready({ ref: one.ref, when: showAt(c.work, readerIn(c), stopped.at) }));
  const done = await stopAll(c, one, "person", said({ what }));
  if (done.count === 0) refuse((t) => t.errors.requestNothingRuns({ ref: one.ref }));
  return done;
}

/** One side's answer, or its no, stops the others too. */
export async function stopAll(c: Acting, one: CoopRequest, why: StopCode, words: Words): Promise<Stopped> {
  const { work } = c;
  const refs: string[] = [];
  let changed = one;
  const all = await toStop(work, one);
  for (const each of all) {
    if (sightOfRequest(c.viewer, each.subject) !== "none") refs.push(each.ref);
    // The others hear that it is stopped; who said so, and what, is of this request alone.
    if (each.id === one.id)
      changed = await moveAlong(c, each, "stop", {
        ...{ code: why, words, set: ["stopped"], patch: stoppedFor(why, work.now) },
      });
    else await halt(work, each, why, c);
  }
  return { one: changed, refs, count: all.length };
}

/** The order ran out, or nobody looked at safety in time: nobody acts but the clock. */
export async function stopByClock(work: UnitOfWork, one: CoopRequest, why: StopCode): Promise<void> {
  for (const each of await toStop(work, one)) await halt(work, each, why);
}

/** @param by who stopped another request of the operation; absent: the clock did */
async function halt(work: UnitOfWork, one: CoopRequest, why: StopCode, by?: Acting): Promise<void> {
  const flags = [...one.flags, "stopped" as const];
  const changed = await updateRequest(work, one.id, {
    ...{ flags, ...stoppedFor(why, work.now) },
    ...timesOf(one, { ...one, flags }, work.now),
  });
  const stop = {
    ...({ action: "request.stop", code: why, item: itemOf(changed) } as const),
    detail: { from: one.state, to: changed.state, ...counted(changed) },
  };
  await (by ? recordAct(by, stop) : record(work, stop));
  await scheduleRequest(work, changed);
  await refresh(work, itemOf(changed));
  await notifying.halted(work, changed, why);
}

/** Whether a clock that stops it has really ended: it may have been moved since the step was written. */
export const whyNow = (one: CoopRequest, now: Date): StopCode | undefined => {
  if (one.state !== "agreed" || one.stopped || !KINDS[one.kind].stoppable) return undefined;
  if (isOrderOver(one, now)) return "order";
  return one.dueAt && one.dueAt <= now ? "review" : undefined;
};

/** @returns the answers that are not safe, and what is stopped because of them */
export async function answerSafety(
  c: Context,
  one: CoopRequest,
  words: Words,
): Promise<Stopped & { unsafe: readonly string[] }> {
  checkStoppable(one);
  check(c, "safety", one);
  const unsafe = unsafeIn(words).map(({ id }) => id);
  // What the side that asks knows holds for each State that it asks.
  const ours = c.viewer.agencyId !== one.to?.id;
  const all = await operationOf(c.work, one);
  let changed = one;
  for (const each of all) {
    const mine = each.id === one.id || (ours && each.from.id === one.from.id);
    if (!mine || !UNDER_WAY.includes(each.state)) continue;
    const answered = await moveAlong(c, each, "safety", { words, code: unsafe.length ? "unsafe" : "safe" });
    const runs = each.state === "agreed" && !each.stopped && !unsafe.length;
    const reviewed = runs ? await dueAgain(c.work, answered) : answered;
    if (each.id === one.id) changed = reviewed;
  }
  if (unsafe.length === 0) return { one: changed, refs: [], count: 0, unsafe };
  return { ...(await stopAll(c, changed, "unsafe", {})), unsafe };
}

/** Safety was looked at: it is again, by either side, after the hours that were said. */
async function dueAgain(work: UnitOfWork, one: CoopRequest): Promise<CoopRequest> {
  const due = await nextLook(work, one);
  const changed = await updateRequest(work, one.id, { due_at: due, original_due_at: due, left_ms: null });
  await scheduleRequest(work, changed);
  return changed;
}

/** Before a State's yes: answers of both sides that are safe, a valid order, and nothing of the operation stopped. */
export async function checkMayRun(work: UnitOfWork, one: CoopRequest): Promise<void> {
  if (!KINDS[one.kind].stoppable) return;
  checkNotStopped(one);
  const lacks = await lacksOf(work, one);
  if (lacks.some(({ lack }) => lack === "order")) refuse((t) => t.errors.requestOrderOver({ ref: one.ref }));
  if (lacks.some(({ lack }) => lack === "theirs")) refuse((t) => t.errors.requestSafetyFirst({ ref: one.ref }));
  if (lacks.length) refuseStart(one, lacks);
}

/** When safety is looked at again once a State has agreed. */
export const firstReview = async (work: UnitOfWork, one: CoopRequest): Promise<Date | undefined> =>
  KINDS[one.kind].stoppable ? nextLook(work, one, work.now) : undefined;

/** Each side starts again for itself, once all have answered anew. */
export async function restart(c: Context, one: CoopRequest, why?: string): Promise<CoopRequest> {
  checkStoppable(one);
  check(c, "restart", one);
  const lacks = await lacksOf(c.work, one);
  if (lacks.length) refuseStart(one, lacks);
  return move(c, one, "restart", {
    ...{ words: said({ why }), clear: ["stopped"], patch: { stopped_at: null, stopped_for: null } },
    due: one.state === "agreed" ? await firstReview(c.work, one) : undefined,
  });
}

const refuseStart = ({ ref }: CoopRequest, lacks: Awaited<ReturnType<typeof lacksOf>>): never =>
  refuse((t) => {
    const why = lacks.map(({ lack, to }) =>
      lack === "theirs" || lack === "refused" ? t.requests.noRestart[lack]({ to }) : t.requests.noRestart[lack],
    );
    return t.errors.requestNoRestart({ ref, why });
  });

/** The order on which it rests runs longer: for every State that is asked. */
export async function prolong(c: Context, one: CoopRequest, until: Date, why: string): Promise<CoopRequest> {
  checkStoppable(one);
  check(c, "prolong", one);
  if (until <= c.work.now) refuse((t) => t.errors.requestOrderLater({ ref: one.ref }));
  let changed = one;
  for (const each of await operationOf(c.work, one)) {
    if (each.from.id !== one.from.id || !UNDER_WAY.includes(each.state)) continue;
    const at = until.toISOString();
    const moved = await moveAlong(c, each, "prolong", { words: { at, why }, dates: { ...each.dates, order: at } });
    if (each.id === one.id) changed = moved;
  }
  return changed;
}
