import { differenceInSeconds } from "date-fns";
import { recordAct } from "../../audit/record.js";
import type { Authority } from "../../authorities/model.js";
import { AUTHORITIES } from "../../authorities/store.js";
import type { Context } from "../../command/define.js";
import type { Reference } from "../../command/references.js";
import { refresh } from "../../delivery/outbox.js";
import { refuse } from "../../lib/refusal.js";
import type { Agency } from "../../people/model.js";
import { DUTY_KINDS, mayRequest, type RequestAct, requestRule, standing } from "../../policy/index.js";
import type { RequestDates, RequestFlag, RequestKind, RequestState } from "../../store/request-tables.js";
import type { UnitOfWork } from "../../store/unit-of-work.js";
import { dayOf } from "../../time/index.js";
import { dropWaiting, GIVING, giveWith, waitingFor } from "../answer-files.js";
import * as checks from "../checks.js";
import { goesOnUntil } from "../dates.js";
import { scheduleRequest } from "../escalation.js";
import { KINDS } from "../kinds.js";
import { type CoopRequest, isRed, itemOf, OFF_COORD, type Words } from "../model.js";
import * as notifying from "../notify.js";
import { actsOpen, typed } from "../open.js";
import { addMove, type Patch, REQUESTS, updateRequest } from "../store.js";
import { timesOf } from "../times.js";

/**
 * What every act on a request goes through: who may and what must hold is checked, the row is changed, what happened and what
 * was said is written, the clocks and the reminders move, every card is refreshed and the other side is told; all in one
 * transaction.
 */

/** An agency on Coord, an authority of the directory, or one that is both. */
export type Addressee = { agency?: Agency; authority?: Authority };

/** The agency's record in the directory, or the agency that an authority is: where one is told the other is looked for. */
export async function addressed(
  work: UnitOfWork,
  kind: RequestKind,
  { agency, authority }: Addressee,
): Promise<Addressee> {
  if (authority) checks.checkOpen(authority);
  if (authority) return { authority, agency: agency ?? authority.agency };
  if (!agency) return {};
  const row = await work.tx
    .selectFrom("authorities")
    .select("id")
    .where("agency_id", "=", agency.id)
    .where("state", "!=", "closed")
    .orderBy((eb) => eb(eb.val<string>(KINDS[kind].function), "=", eb.fn.any("authorities.functions")), "desc")
    .orderBy("number")
    .limit(1)
    .executeTakeFirst();
  return { agency, authority: row && (await AUTHORITIES.byId(work, row.id)) };
}

export function checkOther({ agency }: Addressee, own: string): void {
  if (agency?.id === own) refuse((t) => t.errors.requestOwn({ agency: agency.name }));
}

/** Whether that is with whom it is already. */
export const isWithThem = ({ agency, authority }: Addressee, one: CoopRequest): boolean =>
  agency ? agency.id === one.to?.id : authority?.id === one.authority?.id;

/** Loads one that a reference names, for an act that makes sense now. Unknown and forbidden answer alike. */
export async function findRequest(c: Context, reference: Reference, act?: RequestAct): Promise<CoopRequest> {
  const one = await REQUESTS.find(c, reference);
  if (act) check(c, act, one);
  return one;
}

/** Who acts, and with what: somebody who types, or who gives a file. */
export type Acting = Pick<Context, "work" | "person" | "viewer" | "onBehalf">;

export function check(c: Pick<Acting, "viewer">, act: RequestAct, one: CoopRequest): void {
  switch (mayRequest(c.viewer, act, one.subject)) {
    case undefined:
      break;
    case "hidden":
      REQUESTS.missing({ text: one.ref });
      break;
    case "party":
      refuse(
        (t) => t.errors.requestNotYours({ ref: one.ref, who: whose(act, one), role: roleFor(act, one) }),
        `party.${act}`,
      );
      break;
    case "state":
      refuse((t) =>
        t.errors.requestState({ ref: one.ref, state: t.requests.states[one.state], acts: typed(actsOpen(c, one)) }),
      );
      break;
    case "flag":
      refuse((t) => t.errors.requestNothingOpen({ ref: one.ref, act, acts: typed(actsOpen(c, one)) }));
      break;
  }
}

/** A focal point, who is on duty too, whoever drafted it, or anybody there. */
function roleFor(act: RequestAct, { kind }: CoopRequest): "focal" | "duty" | "drafter" | "anybody" {
  const { by } = requestRule(act);
  if (by.includes("drafter")) return "drafter";
  if (by.includes("receiver")) return "anybody";
  return DUTY_KINDS.includes(kind) && !by.every((role) => role === "approver") ? "duty" : "focal";
}

/** The agency whose act it is. */
function whose(act: RequestAct, one: CoopRequest): string {
  const { by } = requestRule(act);
  const asks = by.some((role) => role === "drafter" || role === "approver");
  if (asks || !one.to) return one.from.name;
  // What is not sent is not theirs yet.
  return one.subject.sent ? one.to.name : one.from.name;
}

/** What is recorded later was not done in the future, nor before what it follows. */
export function checkDay({ work }: Context, one: CoopRequest, at: Date | undefined, after: Date | undefined): void {
  if (!at) return;
  const before = after && dayOf(at, work.body.zone) < dayOf(after, work.body.zone);
  if (at > work.now || before) refuse((t) => t.errors.requestDay({ ref: one.ref, past: before === true }));
}

export type Moving = {
  words?: Words;
  code?: string;
  patch?: Patch;
  /** When it was done, where the other side did it and it is recorded later. */
  at?: Date;
  set?: readonly RequestFlag[];
  clear?: readonly RequestFlag[];
  /** It goes to another authority, whose time begins now. */
  anew?: true;
  /** Where the act leads elsewhere than its rule says. */
  to?: RequestState;
  /** The days that clocks run from or to, as they are from now on. */
  dates?: RequestDates;
  /** When the next thing is due, where the act says it and no clock does. */
  due?: Date;
};

/** Every act but drafting goes through here. @throws Refusal where it is not theirs or makes no sense now */
export async function move(c: Acting, one: CoopRequest, act: RequestAct, moving: Moving = {}): Promise<CoopRequest> {
  check(c, act, one);
  return moveAlong(c, one, act, moving);
}

/** What happens to another request of the same operation with an act on one of them, whoever may see that other. */
export async function moveAlong(c: Acting, one: CoopRequest, act: RequestAct, moving: Moving): Promise<CoopRequest> {
  const { work } = c;
  const state = moving.to ?? requestRule(act).to ?? one.state;
  const flags = [...new Set([...one.flags, ...(moving.set ?? [])])].filter((flag) => !moving.clear?.includes(flag));
  const dated = datesOf(one, state, moving.at ?? work.now);
  const changed = await updateRequest(work, one.id, {
    ...{ state, flags, ...dated.patch, ...moving.patch },
    ...(moving.dates ? { dates: JSON.stringify(moving.dates) } : {}),
    goes_on_until: goesOnUntil({ ...one, state, dates: moving.dates ?? one.dates }) ?? null,
    ...timesOf(one, { ...one, ...dated.next, ...(moving.anew ? ANEW(work.now) : {}), state, flags }, work.now),
    // A date that somebody named comes before what the clock says.
    ...(act === "revise_due" ? moving.patch : {}),
    ...(moving.due && !flags.includes("stopped")
      ? { due_at: moving.due, original_due_at: moving.due, left_ms: null }
      : {}),
  });
  await happened(c, one, changed, act, moving);
  return changed;
}

const ANEW = (now: Date) => ({ sentAt: now, receivedAt: undefined, decidedAt: undefined });

/** When it came into the state that it is in from now on. */
function datesOf(one: CoopRequest, state: RequestState, at: Date): { patch: Patch; next: Partial<CoopRequest> } {
  if (state === one.state) return { patch: {}, next: {} };
  switch (state) {
    case "sent":
      return {
        patch: { sent_at: at, received_at: null, decided_at: null },
        next: { sentAt: at, receivedAt: undefined, decidedAt: undefined },
      };
    case "received":
      return { patch: { received_at: at }, next: { receivedAt: at } };
    case "agreed":
      return one.decidedAt
        ? { patch: { answered_at: null }, next: {} }
        : { patch: { decided_at: at }, next: { decidedAt: at } };
    case "answered":
      return { patch: { answered_at: at, decided_at: one.decidedAt ?? at }, next: { answeredAt: at } };
    case "refused":
      return { patch: { decided_at: one.decidedAt ?? at }, next: {} };
    case "closed":
    case "withdrawn":
      return { patch: { closed_at: at }, next: { closedAt: at } };
    case "draft":
    case "ready":
    case "approved":
      return { patch: {}, next: {} };
  }
}

async function happened(
  c: Acting,
  before: CoopRequest,
  one: CoopRequest,
  act: RequestAct,
  { words, code, at }: Moving,
): Promise<void> {
  const { work } = c;
  const recorded = standing(c.viewer, act, before.subject) === "recorded";
  // What was told of another day says so.
  const told = at && at < work.now ? { ...words, on: dayOf(at, work.body.zone) } : words;
  const files = GIVING.includes(act) ? await waitingFor(work, one, c.viewer.agencyId) : [];
  const given = files.length ? { ...told, files: files.map(({ name }) => name).join("; ") } : told;
  const moveId = await addMove(work, one, { act, person: c.person, recorded, words: given, code });
  await giveWith(work, moveId, files);
  await recordAct(c, {
    action: actionOf(one, act),
    item: itemOf(one),
    code: isRed(one) ? undefined : code,
    detail: {
      ...(isRed(one) ? {} : { from: before.state, to: one.state, recorded, sent: before.subject.sent }),
      ...(isRed(one) ? {} : { ...counted(one), ...lasted(before, one, at ?? work.now) }),
      files: files.length ? files.map(({ sha256 }) => sha256).join(" ") : undefined,
    },
    words: words && JSON.stringify(words),
  });
  if (before.subject.sent) await dropWaiting(work, one, act);
  await scheduleRequest(work, one);
  await refresh(work, itemOf(one));
  // Their cards say how far this one is.
  for (const other of one.others) await refresh(work, itemOf(other));
  await notifying.moved(work, before, one, act, moveId, c.person);
}

/** What the activity summary counts a request by. */
export const counted = (one: CoopRequest) => (isRed(one) ? {} : countedBy(one));

/** What is RED is counted nowhere: the record says that something was done, by whom, and no more. */
export const actionOf = <Act extends RequestAct | "drafted" | "supplemented">(one: CoopRequest, act: Act) =>
  isRed(one) ? "request.red" : (`request.${act}` as const);

const countedBy = (one: CoopRequest) => ({
  ...{ kind: one.kind, urgency: one.urgency, label: one.label, asks: one.from.handle },
  ...{ asked: one.to?.handle ?? OFF_COORD, country: one.authority?.country, due: one.dueAt?.toISOString() },
});

/** Seconds since it was received, or sent where that is what happens now. A day that was told begins at midnight. */
function lasted(before: CoopRequest, one: CoopRequest, at: Date) {
  if (before.state === one.state) return {};
  const since = before.receivedAt ?? before.sentAt;
  return since ? { seconds: Math.max(0, differenceInSeconds(at, since)) } : {};
}

export const said = (words: Readonly<Record<string, string | undefined>>): Words =>
  Object.fromEntries(Object.entries(words).flatMap(([key, value]) => (value ? [[key, value]] : [])));
