import { randomUUID } from "node:crypto";
import { differenceInSeconds } from "date-fns";
import { record, recordAct } from "../audit/record.js";
import type { Authority } from "../authorities/model.js";
import { AUTHORITIES } from "../authorities/store.js";
import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { refresh } from "../delivery/outbox.js";
import { refuse } from "../lib/refusal.js";
import type { Agency, Person } from "../people/model.js";
import { isSecondPair, type Label, mayRequest, type RequestAct, requestRule, standing } from "../policy/index.js";
import type { RequestFlag, RequestKind, RequestState, RequestUrgency } from "../store/request-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";
import { dayOf } from "../time/index.js";
import * as checks from "./checks.js";
import { endOf, isClock } from "./clocks.js";
import { scheduleRequest } from "./escalation.js";
import { type Content, EMPTY } from "./fields.js";
import type { Ground } from "./grounds.js";
import { fieldsOf, KINDS } from "./kinds.js";
import { type CoopRequest, itemOf, type Words } from "./model.js";
import * as notifying from "./notify.js";
import { actsOpen, fitsKind, typed } from "./open.js";
import { addMove, freeNumber, hashOf, movesOf, type Patch, REQUESTS, sealedContent, updateRequest } from "./store.js";
import { timesOf } from "./times.js";

/**
 * What people do with a request. Each act checks who may and what must hold, changes the row, writes what happened and what
 * was said, moves the clocks and the reminders, refreshes every card and tells the other side; all in one transaction.
 */

export type Drafting = {
  kind: RequestKind;
  to: Addressee;
  subjectLine: string;
  urgency?: RequestUrgency;
  label?: Label;
  content?: Content;
  follows?: CoopRequest;
};

/** An agency on Coord, an authority of the directory, or one that is both. */
export type Addressee = { agency?: Agency; authority?: Authority };

export async function draftRequest(c: Context, drafting: Drafting): Promise<CoopRequest> {
  const { work, person } = c;
  const to = await addressed(work, drafting.kind, drafting.to);
  checkOther(to, person.agencyId);
  const id = randomUUID();
  await work.tx
    .insertInto("requests")
    .values({
      ...{ id, number: await freeNumber(work), kind: drafting.kind, created_at: work.now },
      ...{ label: drafting.label ?? "AMBER", urgency: drafting.urgency ?? "normal" },
      subject: (await work.cipher()).seal(drafting.subjectLine),
      content: await sealedContent(work, drafting.content ?? EMPTY),
      ...{ from_agency_id: person.agencyId, drafter_id: person.id, entered: c.onBehalf !== undefined },
      ...{ to_agency_id: to.agency?.id ?? null, authority_id: to.authority?.id ?? null },
      follows_id: drafting.follows?.id ?? null,
    })
    .execute();
  const one = await REQUESTS.reload(work, id);
  await recordAct(c, { action: "request.drafted", item: itemOf(one), detail: counted(one) });
  await notifying.drafted(work, one);
  return one;
}

/** The agency's record in the directory, or the agency that an authority is: where one is told the other is looked for. */
async function addressed(work: UnitOfWork, kind: RequestKind, { agency, authority }: Addressee): Promise<Addressee> {
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

function checkOther({ agency }: Addressee, own: string): void {
  if (agency?.id === own) refuse((t) => t.errors.requestOwn({ agency: agency.name }));
}

/** Loads one that a reference names, for an act that makes sense now. Unknown and forbidden answer alike. */
export async function findRequest(c: Context, reference: Reference, act?: RequestAct): Promise<CoopRequest> {
  const one = await REQUESTS.find(c, reference);
  if (act) check(c, act, one);
  return one;
}

function check(c: Context, act: RequestAct, one: CoopRequest): void {
  switch (mayRequest(c.viewer, act, one.subject)) {
    case undefined:
      break;
    case "hidden":
      REQUESTS.missing({ text: one.ref });
      break;
    case "party":
      refuse(
        (t) => t.errors.requestNotYours({ ref: one.ref, who: whose(act, one), role: roleFor(act) }),
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

/** Whose act it is, by the agency. */
/** A focal point, whoever drafted it, or anybody there. */
function roleFor(act: RequestAct): "focal" | "drafter" | "anybody" {
  const { by } = requestRule(act);
  if (by.includes("drafter")) return "drafter";
  return by.includes("receiver") ? "anybody" : "focal";
}

function whose(act: RequestAct, one: CoopRequest): string {
  const { by } = requestRule(act);
  const asks = by.some((role) => role === "drafter" || role === "approver");
  if (asks || !one.to) return one.from.name;
  // What is not sent is not theirs yet.
  return one.subject.sent ? one.to.name : one.from.name;
}

type Moving = {
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
};

/** Every act but drafting goes through here. @throws Refusal where it is not theirs or makes no sense now */
async function move(c: Context, one: CoopRequest, act: RequestAct, moving: Moving = {}): Promise<CoopRequest> {
  check(c, act, one);
  const { work } = c;
  const state = moving.to ?? requestRule(act).to ?? one.state;
  const flags = [...new Set([...one.flags, ...(moving.set ?? [])])].filter((flag) => !moving.clear?.includes(flag));
  const dated = datesOf(one, state, moving.at ?? work.now);
  const changed = await updateRequest(work, one.id, {
    ...{ state, flags, ...dated.patch, ...moving.patch },
    ...timesOf(one, { ...one, ...dated.next, ...(moving.anew ? ANEW(work.now) : {}), state, flags }, work.now),
    // A date that somebody named comes before what the clock says.
    ...(act === "revise_due" ? moving.patch : {}),
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
  c: Context,
  before: CoopRequest,
  one: CoopRequest,
  act: RequestAct,
  { words, code, at }: Moving,
): Promise<void> {
  const { work } = c;
  const recorded = standing(c.viewer, act, before.subject) === "recorded";
  // What was told of another day says so.
  const told = at && at < work.now ? { ...words, on: dayOf(at, work.body.zone) } : words;
  const moveId = await addMove(work, one, { act, person: c.person, recorded, words: told, code });
  await recordAct(c, {
    action: `request.${act}`,
    item: itemOf(one),
    code,
    detail: { from: before.state, to: one.state, recorded, ...counted(one), ...lasted(work, before, one) },
    words: words && JSON.stringify(words),
  });
  await scheduleRequest(work, one);
  await refresh(work, itemOf(one));
  await notifying.moved(work, before, one, act, moveId, c.person);
}

/** What the activity summary counts a request by. */
const counted = (one: CoopRequest) => ({
  ...{ kind: one.kind, urgency: one.urgency, label: one.label, asks: one.from.handle },
  ...{ asked: one.to?.handle, country: one.authority?.country, due: one.dueAt?.toISOString() },
});

/** Seconds from one moment to the next that is counted. */
function lasted(work: UnitOfWork, before: CoopRequest, one: CoopRequest) {
  if (before.state === one.state) return {};
  const since = before.receivedAt ?? before.sentAt;
  return since ? { seconds: differenceInSeconds(work.now, since) } : {};
}

/** What is filled in; whatever was approved is approved no longer. */
export async function fillRequest(
  c: Context,
  one: CoopRequest,
  given: { values: Record<string, readonly string[]>; unknown: readonly string[]; asked: readonly string[] },
): Promise<CoopRequest> {
  const known = new Set(fieldsOf(one.kind).map(({ id }) => id));
  const values = Object.fromEntries(
    Object.entries({ ...one.content.values, ...given.values }).filter(
      ([id, parts]) => known.has(id) && parts.some((part) => part !== ""),
    ),
  );
  const unknown = [...one.content.unknown.filter((id) => !given.asked.includes(id)), ...given.unknown].filter(
    (id) => !(id in values),
  );
  return move(c, one, "fill", {
    patch: { content: await sealedContent(c.work, { values, unknown }), ...VOID },
  });
}

/** The first line, how urgent it is, and to whom it goes. */
export async function editRequest(
  c: Context,
  one: CoopRequest,
  edit: { subjectLine?: string; urgency?: RequestUrgency; to?: Addressee },
): Promise<CoopRequest> {
  const to = edit.to && (await addressed(c.work, one.kind, edit.to));
  if (to) checkOther(to, one.from.id);
  return move(c, one, "fill", {
    patch: {
      ...(edit.subjectLine === undefined ? {} : { subject: (await c.work.cipher()).seal(edit.subjectLine) }),
      ...(edit.urgency ? { urgency: edit.urgency } : {}),
      ...(to ? { to_agency_id: to.agency?.id ?? null, authority_id: to.authority?.id ?? null } : {}),
      ...VOID,
    },
    // Another sees no draft that was shown to the one before.
    clear: to ? ["draft_shown"] : [],
  });
}

const VOID: Patch = { approver_id: null, approved_hash: null };

/** What somebody pressed is done to what they read. @param seen the version that the button showed */
export function checkSeen(one: CoopRequest, seen: number | undefined): void {
  if (seen !== undefined && seen !== one.version) refuse((t) => t.errors.changed({ ref: one.ref }));
}

/** Whoever it is handed to works on it from now on; an authority here that may ask for it makes it its own. */
export async function handOver(c: Context, one: CoopRequest, to: Person): Promise<CoopRequest> {
  check(c, "hand_over", one);
  if (to.agencyId === one.to?.id) refuse((t) => t.errors.requestOwn({ agency: to.agency.name }));
  return move(c, one, "hand_over", { patch: { drafter_id: to.id, from_agency_id: to.agencyId, entered: false } });
}

export async function completeRequest(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "complete", one);
  checks.checkComplete(one);
  return move(c, one, "complete");
}

export const reworkRequest = (c: Context, one: CoopRequest, why?: string): Promise<CoopRequest> =>
  move(c, one, "rework", { patch: VOID, words: said({ why }) });

export const showDraft = (c: Context, one: CoopRequest): Promise<CoopRequest> => {
  if (!one.to) refuse((t) => t.errors.requestNotOnCoord({ ref: one.ref }));
  return move(c, one, "show_draft", { set: ["draft_shown"] });
};

export async function approveRequest(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "approve", one);
  await checks.checkApprover(c, one);
  checks.checkComplete(one);
  return move(c, one, "approve", { patch: { approver_id: c.person.id, approved_hash: hashOf(one) } });
}

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
  const fresh = await refreshed(c.work, one);
  checks.checkHash(fresh);
  checks.checkAddressee(c, fresh, why);
  return move(c, one, "send", { at, words: said({ why }), clear: ["draft_shown"] });
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
  checks.checkSendFirst(one);
  const { authority } = await refreshed(c.work, one);
  if (authority) checks.checkOpen(authority);
  await checks.checkCompetence(c.work, one);
  const paper = KINDS[one.kind].sendFirst?.paper ?? "";
  return move(c, one, "send_first", {
    words: said(o),
    set: ["owes_paper"],
    clear: ["draft_shown"],
    patch: { paper_due_at: isClock(paper) ? endOf(paper, c.work.now) : null },
  });
}

/** What was owed is there: complete, and approved as it would have been before. */
export async function settlePaper(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "settle_paper", one);
  checks.checkComplete(one);
  await checks.checkApprover(c, one);
  return move(c, one, "settle_paper", {
    patch: { approver_id: c.person.id, approved_hash: hashOf(one), paper_due_at: null },
    clear: ["owes_paper"],
  });
}

/** What a request that went first still lacks is filled in after. */
export async function supplement(
  c: Context,
  one: CoopRequest,
  given: { values: Record<string, readonly string[]>; unknown: readonly string[] },
): Promise<{ changed: CoopRequest; kept: string[] }> {
  if (!one.flags.includes("owes_paper")) check(c, "fill", one);
  const values = { ...one.content.values };
  // What was sent stays as it was sent: only what was empty is added.
  const kept: string[] = [];
  for (const [id, parts] of Object.entries(given.values))
    if (id in values) {
      if (parts.join("\n") !== values[id]?.join("\n")) kept.push(id);
    } else if (parts.some((part) => part !== "")) values[id] = parts;
  const unknown = [...new Set([...one.content.unknown, ...given.unknown])].filter((id) => !(id in values));
  const content = { values, unknown };
  const changed = await updateRequest(c.work, one.id, {
    content: await sealedContent(c.work, content),
    ...timesOf(one, one, c.work.now, content),
  });
  await recordAct(c, { action: "request.supplemented", item: itemOf(one), detail: counted(one) });
  await scheduleRequest(c.work, changed);
  await refresh(c.work, itemOf(changed));
  return { changed, kept };
}

/** A person's act: that it was delivered or opened is no receipt. Later clocks run from the day of receipt. */
export function acknowledge(
  c: Context,
  one: CoopRequest,
  o: { at?: Date; theirRef?: string; contact?: string },
): Promise<CoopRequest> {
  checkDay(c, one, o.at, one.sentAt);
  return move(c, one, "acknowledge", { at: o.at, words: said({ theirRef: o.theirRef, contact: o.contact }) });
}

/** What is recorded later was not done in the future, nor before what it follows. */
function checkDay({ work }: Context, one: CoopRequest, at: Date | undefined, after: Date | undefined): void {
  if (!at) return;
  const before = after && dayOf(at, work.body.zone) < dayOf(after, work.body.zone);
  if (at > work.now || before) refuse((t) => t.errors.requestDay({ ref: one.ref, past: before === true }));
}

export async function redirect(c: Context, one: CoopRequest, to: Addressee, why: string): Promise<CoopRequest> {
  check(c, "redirect", one);
  const next = await addressed(c.work, one.kind, to);
  checkOther(next, one.from.id);
  const same = next.agency ? next.agency.id === one.to?.id : next.authority?.id === one.authority?.id;
  if (same) refuse((t) => t.errors.requestSameAddressee({ ref: one.ref }));
  // What is only recorded sends nothing: to an agency here it goes with the approval of another, like the first time.
  const recorded = standing(c.viewer, "redirect", one.subject) === "recorded";
  if (recorded && next.agency && !isSecondPair(c.viewer, c.person.id, one.drafter.id))
    refuse((t) => t.errors.requestFourEyes({ ref: one.ref }), "four_eyes");
  const needed = KINDS[one.kind].function;
  const { authority } = next;
  // It hands all of it to them: whom nobody knows to be competent it is not handed to.
  if (!authority)
    return refuse((t) =>
      t.errors.requestUnlisted({
        ref: one.ref,
        agency: next.agency?.name ?? "",
        function: t.directory.functions[needed],
      }),
    );
  if (!authority.functions.includes(needed))
    refuse((t) => t.requests.doubts.notCompetent({ ref: authority.ref, function: t.directory.functions[needed] }));
  return move(c, one, "redirect", {
    words: said({ why }),
    clear: ["info_wanted", "conditions_offered", "postponed", "part_answered"],
    patch: {
      ...{ to_agency_id: next.agency?.id ?? null, authority_id: authority.id, executor_id: null },
      sent_at: c.work.now,
    },
    anew: true,
  });
}

export const askInfo = (c: Context, one: CoopRequest, what: string): Promise<CoopRequest> =>
  move(c, one, "ask_info", { words: { what }, set: ["info_wanted"] });

export const supplyInfo = (c: Context, one: CoopRequest, what: string): Promise<CoopRequest> =>
  move(c, one, "supply_info", { words: { what }, clear: ["info_wanted"] });

export type Agreeing = {
  scope?: string;
  executor?: Person;
  at?: Date;
  registry?: string;
  /** What is not given, and why. */
  without?: string;
  ground?: Ground;
  reasons?: string;
};

export async function agree(c: Context, one: CoopRequest, o: Agreeing): Promise<CoopRequest> {
  check(c, "agree", one);
  const own = standing(c.viewer, "agree", one.subject) === "own";
  const { executor } = o;
  if (executor && executor.agencyId !== one.to?.id)
    refuse((t) => t.errors.requestNotTheirs({ person: executor.name, agency: one.to?.name ?? "" }));
  checkDay(c, one, o.at, one.receivedAt);
  if (own) {
    checks.checkRegistry(one, o.registry);
    await checkParts(c, one, o);
  }
  return move(c, one, "agree", {
    at: o.at,
    to: KINDS[one.kind].agreeIsAnswer ? "answered" : "agreed",
    words: said({ scope: o.scope, without: o.without, reasons: o.reasons, registry: o.registry }),
    code: o.ground,
    clear: ["conditions_offered", "postponed"],
    patch: { executor_id: o.executor?.id ?? null },
  });
}

/** What is dropped inside a yes is a refusal of that part: it has a ground, reasons and where due consultation. */
async function checkParts(
  c: Context,
  one: CoopRequest,
  { without, ground, reasons }: Pick<Agreeing, "without" | "ground" | "reasons">,
): Promise<void> {
  if (!without) return;
  if (!ground)
    return refuse((t) =>
      t.errors.requestPartGround({
        ref: one.ref,
        grounds: checks.groundsFor(one, "refuse").map((other) => checks.groundTyped(t, other)),
      }),
    );
  await checks.checkGround(c, one, "refuse", ground, reasons ?? without);
}

/** Offered, not yet binding (UNTOC 18(26); Protocol 8(5)). */
export function offerConditions(
  c: Context,
  one: CoopRequest,
  o: { conditions: string; registry?: string },
): Promise<CoopRequest> {
  check(c, "offer_conditions", one);
  if (standing(c.viewer, "offer_conditions", one.subject) === "own") checks.checkRegistry(one, o.registry);
  return move(c, one, "offer_conditions", { words: said(o), set: ["conditions_offered"] });
}

/** They bind the side that asks from now on, and go with every answer. */
export const acceptConditions = (c: Context, one: CoopRequest): Promise<CoopRequest> =>
  move(c, one, "accept_conditions", {
    set: ["conditions_bind"],
    clear: ["conditions_offered", "postponed"],
    to: KINDS[one.kind].agreeIsAnswer ? "answered" : "agreed",
  });

export const declineConditions = (c: Context, one: CoopRequest, why: string): Promise<CoopRequest> =>
  move(c, one, "decline_conditions", { words: { why }, clear: ["conditions_offered"] });

/** Whom, when, how, what was offered and what they said (UNTOC 18(26)). */
export const consult = (c: Context, one: CoopRequest, words: Words): Promise<CoopRequest> =>
  move(c, one, "consult", { words });

export type Refusing = { ground: Ground; reasons?: string; at?: Date };

export async function refuseRequest(c: Context, one: CoopRequest, o: Refusing): Promise<CoopRequest> {
  check(c, "refuse", one);
  checkDay(c, one, o.at, one.receivedAt);
  if (standing(c.viewer, "refuse", one.subject) === "own")
    await checks.checkGround(c, one, "refuse", o.ground, o.reasons);
  return move(c, one, "refuse", {
    at: o.at,
    code: o.ground,
    words: said({ reasons: o.reasons }),
    clear: ["info_wanted", "conditions_offered", "postponed"],
  });
}

/** UNTOC 18(25) asks for no end: where none was named it is the day on which to ask again. */
export async function postpone(c: Context, one: CoopRequest, o: Refusing & { until: Date }): Promise<CoopRequest> {
  check(c, "postpone", one);
  if (standing(c.viewer, "postpone", one.subject) === "own")
    await checks.checkGround(c, one, "postpone", o.ground, o.reasons);
  return move(c, one, "postpone", {
    code: o.ground,
    words: said({ reasons: o.reasons }),
    set: ["postponed"],
    patch: { postponed_until: o.until },
  });
}

export const resume = (c: Context, one: CoopRequest): Promise<CoopRequest> =>
  move(c, one, "resume", { clear: ["postponed"], patch: { postponed_until: null } });

export type Answering = { answer: string; limits?: string; evidence?: string } & Pick<
  Agreeing,
  "without" | "ground" | "reasons" | "at"
>;

/** What was done and found, and the limits within which it may be used (UNTOC 18(19)). */
export async function answerRequest(c: Context, one: CoopRequest, o: Answering, part: boolean): Promise<CoopRequest> {
  const act = part ? "answer_part" : "answer";
  check(c, act, one);
  checkDay(c, one, o.at, one.receivedAt);
  if (one.flags.includes("postponed")) refuse((t) => t.errors.requestPostponed({ ref: one.ref }));
  if (one.state === "received" && !KINDS[one.kind].straightAnswer)
    refuse((t) => t.errors.requestDecideFirst({ ref: one.ref, acts: typed(actsOpen(c, one)) }));
  if (standing(c.viewer, act, one.subject) === "own") await checkParts(c, one, o);
  return move(c, one, act, {
    at: part ? undefined : o.at,
    code: o.ground,
    words: said({
      ...{ answer: o.answer, limits: o.limits, evidence: o.evidence, without: o.without, reasons: o.reasons },
    }),
    set: part ? ["part_answered"] : [],
    clear: part ? [] : ["info_wanted", "conditions_offered", "part_answered"],
  });
}

export const notEnough = (c: Context, one: CoopRequest, what: string): Promise<CoopRequest> =>
  move(c, one, "not_enough", { words: { what } });

export function closeRequest(c: Context, one: CoopRequest, outcome?: string): Promise<CoopRequest> {
  check(c, "close", one);
  if (one.flags.includes("owes_paper")) refuse((t) => t.errors.requestOwesPaper({ ref: one.ref }));
  if (one.flags.includes("owes_report")) refuse((t) => t.errors.requestOwesReport({ ref: one.ref }));
  return move(c, one, "close", { words: said({ outcome }) });
}

/** Also "no longer needed", which the other side is told promptly (UNTOC 18(24)). */
export function withdrawRequest(c: Context, one: CoopRequest, why?: string): Promise<CoopRequest> {
  check(c, "withdraw", one);
  if (one.flags.includes("owes_report")) refuse((t) => t.errors.requestOwesReport({ ref: one.ref }));
  return move(c, one, "withdraw", {
    words: said({ why }),
    clear: ["info_wanted", "conditions_offered", "postponed", "owes_paper"],
    patch: { paper_due_at: null },
  });
}

/** Another date with its reason; the first one stays beside it. */
export function reviseDue(c: Context, one: CoopRequest, due: Date, why: string): Promise<CoopRequest> {
  check(c, "revise_due", one);
  if (!one.clock) refuse((t) => t.errors.requestNoClock({ ref: one.ref }));
  const left = String(due.getTime() - c.work.now.getTime());
  const patch = one.leftMs === undefined ? { due_at: due } : { left_ms: left };
  return move(c, one, "revise_due", { words: { why }, patch });
}

/** As often as is reasonable (UNTOC 18(24)): for mutual assistance every 30 days, else once a day. */
export async function askProgress(c: Context, one: CoopRequest): Promise<CoopRequest> {
  check(c, "progress", one);
  const asked = await movesOf(c.work, one, ["progress"]);
  const last = asked.at(-1)?.at ?? (one.kind === "mla" ? one.sentAt : undefined);
  const days = one.kind === "mla" && one.urgency === "normal" ? 30 : 1;
  if (last && differenceInSeconds(c.work.now, last) < days * 86_400)
    refuse((t) => t.errors.requestProgress({ ref: one.ref, days }));
  return move(c, one, "progress");
}

/** UNTOC 18(20): who cannot keep it confidential says so promptly; who asked goes on or withdraws. */
export const cannotKeepSecret = (c: Context, one: CoopRequest, why: string): Promise<CoopRequest> =>
  move(c, one, "cannot_keep_secret", { words: { why } });

/** What a measure at sea rested on (Protocol 8(1), 8(5), 8(7)). */
export const BASES = ["authorised", "danger", "agreement", "stateless", "own_flag", "none"] as const;
export type Basis = (typeof BASES)[number];

export async function recordMeasure(c: Context, one: CoopRequest, what: string, basis: Basis): Promise<CoopRequest> {
  check(c, "measure", one);
  if (one.kind !== "vessel") refuse((t) => t.errors.requestVesselOnly({ ref: one.ref }));
  return move(c, one, "measure", {
    ...{ words: { what }, code: basis, set: ["owes_report"] },
    patch: { report_due_at: endOf("vessel.report", c.work.now) },
  });
}

/** The results, told to the flag State (Protocol 8(3)). */
export function reportResults(c: Context, one: CoopRequest, results: string): Promise<CoopRequest> {
  check(c, "report", one);
  return move(c, one, "report", { words: { results }, clear: ["owes_report"], patch: { report_due_at: null } });
}

/**
 * A formal request that follows an informal one: a draft with the facts of the first. What was shared is not copied: its
 * use in proceedings is the provider's to allow (CTOC/COP/WG.7/2012/3 para 6).
 */
export async function formalise(
  c: Context,
  one: CoopRequest,
  kind: RequestKind,
  to: Addressee | undefined,
): Promise<CoopRequest> {
  check(c, "formalise", one);
  if (!fitsKind("formalise", one)) refuse((t) => t.errors.requestFormalAlready({ ref: one.ref }));
  if (!KINDS[kind].formal || kind === one.kind) refuse((t) => t.errors.requestFormalKinds({ ref: one.ref }));
  // Whoever is asked for advice is asked anew.
  const known = new Set(fieldsOf(kind).flatMap(({ id, step }) => (step === 4 ? [] : [id])));
  const shared = Object.entries(one.content.values).filter(([id]) => known.has(id));
  const facts = one.content.values.why_there ?? one.content.values.grounds;
  const values = { ...(facts && known.has("facts") ? { facts } : {}), ...Object.fromEntries(shared) };
  const drafted = await draftRequest(c, {
    ...{ kind, to: to ?? { agency: one.to, authority: one.authority }, subjectLine: one.subjectLine },
    ...{ urgency: one.urgency, label: one.label, follows: one },
    content: { values, unknown: one.content.unknown.filter((id) => known.has(id)) },
  });
  await move(c, one, "formalise");
  return drafted;
}

/** Every opening is on the record. */
export async function openRequest(c: Context, one: CoopRequest): Promise<void> {
  check(c, "read", one);
  await recordAct(c, { action: "request.read", item: itemOf(one), detail: { kind: one.kind } });
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
  await scheduleRequest(work, changed);
  await refresh(work, itemOf(one));
  await notifying.closedBySilence(work, changed);
}

const said = (words: Readonly<Record<string, string | undefined>>): Words =>
  Object.fromEntries(Object.entries(words).flatMap(([key, value]) => (value ? [[key, value]] : [])));
