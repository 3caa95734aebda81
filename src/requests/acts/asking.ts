import { differenceInSeconds } from "date-fns";
import { record, recordAct } from "../../audit/record.js";
import { AUTHORITIES } from "../../authorities/store.js";
import type { Context } from "../../command/define.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import type { RequestKind } from "../../store/request-tables.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { dropWaiting } from "../answer-files.js";
import * as checks from "../checks.js";
import { endOf, isClock } from "../clocks.js";
import { settledByConsent, unsettledDate } from "../dates.js";
import { approvedFile } from "../documents.js";
import { scheduleRequest } from "../escalation.js";
import { asksFirst } from "../fields.js";
import { KINDS } from "../kinds.js";
import { type CoopRequest, isRed, itemOf } from "../model.js";
import * as notifying from "../notify.js";
import { checkShared } from "../shared.js";
import { movesOf, updateRequest } from "../store.js";
import { check, checkDay, counted, move, said } from "./moving.js";
import { checkMayRun, checkNotStopped, checkOrder, firstReview } from "./stopping.js";

/** What the side that asks does with a request that goes out, and with what comes back. */

/** @param why it goes there all the same, where something speaks against it */
export async function sendRequest(
  c: Context,
  one: CoopRequest,
  { why, at }: { why?: string; at?: Date },
): Promise<CoopRequest> {
  check(c, "send", one);
  // Sent here it goes at this moment; what went by another way may have gone before.
  if (at && one.to) refuse((t) => t.errors.requestSentNow({ ref: one.ref }));
  checkDay(c, one, at, undefined);
  checkNotStopped(one);
  checkOrder(one, c.work.now);
  const fresh = await refreshed(c.work, one);
  checks.checkHash(fresh);
  // What goes out is the file that was approved: one that was altered goes nowhere.
  await approvedFile(c.work, fresh);
  await checks.checkAddressee(c, fresh, why);
  await checkShared(c.work, fresh);
  return move(c, one, "send", {
    ...{ at, words: said({ why }), clear: ["draft_shown"] },
    set: asksFirst(one.kind, one.content) ? ["owes_paper"] : [],
  });
}

/** Its authority as it is now: it may have been closed since. */
const refreshed = async (work: UnitOfWork, one: CoopRequest): Promise<CoopRequest> => ({
  ...one,
  authority: one.authority && (await AUTHORITIES.byId(work, one.authority.id)),
});

/** Said first and written after: life-safety, a vessel, or an oral request in urgent circumstances (UNTOC 18(14)). */
export async function sendFirst(
  c: Context,
  one: CoopRequest,
  o: { why: string; spokenWith?: string },
): Promise<CoopRequest> {
  check(c, "send_first", one);
  await checks.checkSendFirst(c, one);
  const { authority } = await refreshed(c.work, one);
  if (authority) checks.checkOpen(authority);
  await checks.checkCompetence(c.work, one);
  checks.checkOfficers(one);
  await checkShared(c.work, one);
  const paper = KINDS[one.kind].sendFirst?.paper ?? "";
  return move(c, one, "send_first", {
    words: said(o),
    set: ["owes_paper"],
    clear: ["draft_shown"],
    patch: { paper_due_at: isClock(paper) ? endOf(paper, c.work.now) : null },
  });
}

export const supplyInfo = (c: Context, one: CoopRequest, what: string): Promise<CoopRequest> =>
  move(c, one, "supply_info", { words: { what }, clear: ["info_wanted"] });

/** They bind the side that asks from now on, and go with every answer. */
export async function acceptConditions(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "accept_conditions", one);
  await checkMayRun(c.work, one);
  const settled = settledByConsent(one);
  return move(c, one, "accept_conditions", {
    set: ["conditions_bind"],
    clear: ["conditions_offered", "postponed", ...settled.clear],
    patch: settled.patch,
    to: KINDS[one.kind].agreeIsAnswer ? "answered" : "agreed",
    due: await firstReview(c.work, one),
  });
}

export const declineConditions = (c: Context, one: CoopRequest, why: string): Promise<CoopRequest> =>
  move(c, one, "decline_conditions", { words: { why }, clear: ["conditions_offered"] });

export async function notEnough(c: Context, one: CoopRequest, what: string): Promise<CoopRequest> {
  check(c, "not_enough", one);
  checkNotStopped(one);
  return move(c, one, "not_enough", { words: { what } });
}

export function closeRequest(c: Context, one: CoopRequest, outcome?: string): Promise<CoopRequest> {
  check(c, "close", one);
  if (one.flags.includes("owes_paper")) refuse((t) => t.errors.requestOwesPaper({ ref: one.ref }));
  if (one.flags.includes("owes_report")) refuse((t) => t.errors.requestOwesReport({ ref: one.ref }));
  // Who held it says so with its minutes; where nobody there did, whoever closes it says what came of it.
  const open = outcome ? undefined : unsettledDate(one, c.work.now);
  if (open) refuse((t) => t.errors.requestDateOpen({ ref: one.ref, name: open }));
  return move(c, one, "close", { words: said({ outcome }) });
}

/** Also "no longer needed", which the other side is told promptly (UNTOC 18(24)). */
export function withdrawRequest(c: Context, one: CoopRequest, why?: string): Promise<CoopRequest> {
  check(c, "withdraw", one);
  if (one.flags.includes("owes_report")) refuse((t) => t.errors.requestOwesReport({ ref: one.ref }));
  return move(c, one, "withdraw", {
    words: said({ why }),
    clear: ["info_wanted", "conditions_offered", "postponed", "owes_paper", "stopped"],
    patch: { paper_due_at: null, stopped_at: null, stopped_for: null },
  });
}

/** Kinds of which progress is asked every 30 days (UNTOC 18(24) "reasonable"). */
const MONTHLY: readonly RequestKind[] = ["mla", "video_testimony", "extradition"];

/** As often as is reasonable (UNTOC 18(24)): of what a court or central authority does every 30 days, else once a day. */
export async function askProgress(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "progress", one);
  const monthly = MONTHLY.includes(one.kind);
  const asked = await movesOf(c.work, one, ["progress"]);
  const last = asked.at(-1)?.at ?? (monthly ? one.sentAt : undefined);
  const days = monthly && one.urgency === "normal" ? 30 : 1;
  if (last && differenceInSeconds(c.work.now, last) < days * 86_400)
    refuse((t) => t.errors.requestProgress({ ref: one.ref, days }));
  return move(c, one, "progress");
}

/**
 * The one lawful way past a limit on use: the side that gave it is told, before or, with the reason, at once after
 * (UNTOC 18(5), 18(19)).
 */
export const disclose = (
  c: Context,
  one: CoopRequest,
  { what, unnoticed }: { what: string; unnoticed?: string },
): Promise<CoopRequest> => move(c, one, "disclose", { words: said({ what, unnoticed }) });

/** Every opening is on the record. */
export async function openRequest(c: Context, one: CoopRequest): Promise<void> {
  check(c, "read", one);
  const detail = isRed(one) ? {} : { kind: one.kind };
  await recordAct(c, { action: "request.read", item: itemOf(one), detail });
}

/** Nobody said a word for the time that its kind allows: it was enough. The clock acts, not a person. */
export async function closeBySilence(work: UnitOfWork, one: CoopRequest): Promise<void> {
  const changed = await updateRequest(work, one.id, { state: "closed", closed_at: work.now });
  await record(work, {
    action: "request.close",
    code: "silence",
    item: itemOf(one),
    detail: { from: one.state, to: "closed", ...counted(changed) },
  });
  await dropWaiting(work, changed);
  await scheduleRequest(work, changed);
  await refresh(work, itemOf(one));
  await notifying.closedBySilence(work, changed);
}
