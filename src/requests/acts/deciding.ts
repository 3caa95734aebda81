import type { Context } from "../../command/define.js";
import type { Reference } from "../../command/references.js";
import { refuse } from "../../lib/refusal.js";
import type { Person } from "../../people/model.js";
import { may, standing } from "../../policy/index.js";
import { draft, submit, write } from "../../shares/acts/sharing.js";
import type { Share } from "../../shares/model.js";
import type { HandlingCode, ShareKind } from "../../store/share-tables.js";
import * as checks from "../checks.js";
import { settledByConsent } from "../dates.js";
import { gapsOf } from "../fields.js";
import type { Ground } from "../grounds.js";
import { KINDS } from "../kinds.js";
import { type CoopRequest, isRed, type Words } from "../model.js";
import { actsOpen, attachesTo, fitsKind, typed } from "../open.js";
import { checkHandedOn } from "../shared.js";
import {
  type Addressee,
  addressed,
  check,
  checkDay,
  checkOther,
  findRequest,
  isWithThem,
  move,
  said,
} from "./moving.js";
import { checkMayRun, checkNotStopped, firstReview, stopAll } from "./stopping.js";

/** What the side that is asked does; where it is not on Coord, the side that asks records it. */

/** A person's act: that it was delivered or opened is no receipt. Later clocks run from the day of receipt. */
export function acknowledge(
  c: Context,
  one: CoopRequest,
  o: { at?: Date; theirRef?: string; contact?: string },
): Promise<CoopRequest> {
  checkDay(c, one, o.at, one.sentAt);
  return move(c, one, "acknowledge", { at: o.at, words: said({ theirRef: o.theirRef, contact: o.contact }) });
}

export async function redirect(c: Context, one: CoopRequest, to: Addressee, why: string): Promise<CoopRequest> {
  check(c, "redirect", one);
  // Who else might protect is for voices, not for a list.
  if (isRed(one)) refuse((t) => t.errors.requestRedStays({ ref: one.ref }));
  const next = await addressed(c.work, one.kind, to);
  checkOther(next, one.from.id);
  if (isWithThem(next, one)) refuse((t) => t.errors.requestSameAddressee({ ref: one.ref }));
  // What is only recorded sends nothing: to an agency here it goes with the approval of another, like the first time.
  const recorded = standing(c.viewer, "redirect", one.subject) === "recorded";
  if (recorded && next.agency) await checks.checkSecondPair(c, one);
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
  await checkHandedOn(c.work, one, { to: next.agency, authority });
  return move(c, one, "redirect", {
    words: said({ why }),
    clear: ["info_wanted", "conditions_offered", "postponed", "part_answered"],
    // Whom another authority arrested or heard is not with this one; the order on which it rests is.
    dates: one.dates.order ? { order: one.dates.order } : {},
    patch: {
      ...{ to_agency_id: next.agency?.id ?? null, authority_id: authority.id, executor_id: null },
      sent_at: c.work.now,
      ...(KINDS[one.kind].sendFirst?.paper ? {} : { paper_due_at: null }),
    },
    anew: true,
  });
}

export const askInfo = (c: Context, one: CoopRequest, what: string): Promise<CoopRequest> =>
  move(c, one, "ask_info", { words: { what }, set: ["info_wanted"] });

export type Agreeing = {
  scope?: string;
  executor?: Person;
  at?: Date;
  registry?: string;
  /** What is not given, and why. */
  without?: string;
  ground?: Ground;
  reasons?: string;
  /** Why the other side was not consulted first, where that may be left out. */
  unconsulted?: string;
};

export async function agree(c: Context, one: CoopRequest, o: Agreeing): Promise<CoopRequest> {
  check(c, "agree", one);
  const own = standing(c.viewer, "agree", one.subject) === "own";
  const { executor } = o;
  if (executor && executor.agencyId !== one.to?.id)
    refuse((t) => t.errors.requestNotTheirs({ person: executor.name, agency: one.to?.name ?? "" }));
  checkDay(c, one, o.at, one.receivedAt);
  // Also where their yes is only recorded: what is stopped, or has no order, does not run.
  await checkMayRun(c.work, one);
  if (own) {
    checks.checkRegistry(one, o.registry);
    // Who conducts the hearing there, or that the court here does (UNTOC 18(18)).
    if (one.kind === "video_testimony") checkHearing(one, executor !== undefined || o.scope !== undefined);
    await checkParts(c, one, o);
  }
  const settled = settledByConsent(one);
  return move(c, one, "agree", {
    at: o.at,
    to: KINDS[one.kind].agreeIsAnswer ? "answered" : "agreed",
    words: said({
      ...{ scope: o.scope, without: o.without, reasons: o.reasons, unconsulted: o.unconsulted, registry: o.registry },
    }),
    code: o.ground,
    clear: ["conditions_offered", "postponed", ...settled.clear],
    patch: { executor_id: o.executor?.id ?? null, ...settled.patch },
    due: await firstReview(c.work, one),
  });
}

const HEARING_NEEDS = ["person_status", "consent", "interpreter", "hearing_at"];

/**
 * Before a hearing is agreed to: who conducts it, an interpreter or that none is needed, and of a suspect that they consent
 * (UNTOC 18(18); CETS 182 art 9(5)(d), 9(8)).
 */
function checkHearing(one: CoopRequest, named: boolean): void {
  if (!named) refuse((t) => t.errors.requestWhoHears({ ref: one.ref }));
  const gaps = gapsOf(one.kind, one.content, one.urgency, one.flags).filter(({ id }) => HEARING_NEEDS.includes(id));
  if (gaps.length)
    refuse((t) => t.errors.requestAgreeNeeds({ ref: one.ref, fields: gaps.map(({ id }) => checks.fieldName(t, id)) }));
}

/** What is dropped inside a yes is a refusal of that part: it has a ground, reasons and where due consultation. */
async function checkParts(
  c: Context,
  one: CoopRequest,
  { without, ground, reasons, unconsulted }: Pick<Agreeing, "without" | "ground" | "reasons" | "unconsulted">,
): Promise<void> {
  if (!without) return;
  if (!ground)
    return refuse((t) =>
      t.errors.requestPartGround({
        ref: one.ref,
        grounds: checks.groundsFor(one, "refuse").map((other) => checks.groundTyped(t, other)),
      }),
    );
  await checks.checkGround(c, one, "refuse", ground, { reasons: reasons ?? without, unconsulted });
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

/** Whom, when, how, what was offered and what they said (UNTOC 18(26)). */
export const consult = (c: Context, one: CoopRequest, words: Words): Promise<CoopRequest> =>
  move(c, one, "consult", { words });

/** `unconsulted`: why the other side was not consulted first, where that may be left out. */
export type Refusing = { ground: Ground; reasons?: string; unconsulted?: string; at?: Date };

export async function refuseRequest(c: Context, one: CoopRequest, o: Refusing): Promise<CoopRequest> {
  check(c, "refuse", one);
  checkDay(c, one, o.at, one.receivedAt);
  if (standing(c.viewer, "refuse", one.subject) === "own") await checks.checkGround(c, one, "refuse", o.ground, o);
  const unhurried = KINDS[one.kind].sendFirst?.paper === undefined;
  const refused = await move(c, one, "refuse", {
    at: o.at,
    code: o.ground,
    words: said({ reasons: o.reasons, unconsulted: o.unconsulted }),
    // Papers that would follow an arrest follow nothing that is refused.
    clear: [
      ...(["info_wanted", "conditions_offered", "postponed", "stopped"] as const),
      ...(unhurried ? (["owes_paper"] as const) : []),
    ],
    patch: { stopped_at: null, stopped_for: null, ...(unhurried ? { paper_due_at: null } : {}) },
  });
  // The no of one State on the route is a no for all of it.
  if (KINDS[one.kind].stoppable) await stopAll(c, refused, "refused", {});
  return refused;
}

/** UNTOC 18(25) asks for no end: where none was named it is the day on which to ask again. */
export async function postpone(c: Context, one: CoopRequest, o: Refusing & { until: Date }): Promise<CoopRequest> {
  check(c, "postpone", one);
  if (standing(c.viewer, "postpone", one.subject) === "own") await checks.checkGround(c, one, "postpone", o.ground, o);
  return move(c, one, "postpone", {
    code: o.ground,
    words: said({ reasons: o.reasons }),
    set: ["postponed"],
    patch: { postponed_until: o.until },
  });
}

export const resume = (c: Context, one: CoopRequest): Promise<CoopRequest> =>
  move(c, one, "resume", { clear: ["postponed"], patch: { postponed_until: null } });

export type Answering = {
  answer: string;
  limits?: string;
  evidence?: string;
  /** It is given as information of this type, under these codes. */
  as?: ShareKind;
  codes?: readonly HandlingCode[];
} & Pick<Agreeing, "without" | "ground" | "reasons" | "unconsulted" | "at">;

/** What was done and found, and the limits within which it may be used (UNTOC 18(19)). */
export async function answerRequest(c: Context, one: CoopRequest, o: Answering, part: boolean): Promise<CoopRequest> {
  const act = part ? "answer_part" : "answer";
  check(c, act, one);
  checkDay(c, one, o.at, one.receivedAt);
  checkAnswerable(c, one);
  if (standing(c.viewer, act, one.subject) === "own") await checkParts(c, one, o);
  const share = await sharedAnswer(c, one, o);
  return move(c, one, act, {
    at: part ? undefined : o.at,
    code: o.ground,
    words: said({
      ...{ answer: o.answer, limits: o.limits, evidence: o.evidence, without: o.without, reasons: o.reasons },
      ...{ unconsulted: o.unconsulted, share: share?.ref },
    }),
    set: part ? ["part_answered"] : [],
    clear: part ? [] : ["info_wanted", "conditions_offered", "part_answered"],
  });
}

/**
 * An answer that is given under conditions is information that was shared: the side that asked opens it so, and asks before
 * it is used for anything else, as in a formal request (UNTOC 18(19); docs/shares.md).
 */
async function sharedAnswer(
  c: Context,
  one: CoopRequest,
  { answer, limits, as, codes }: Answering,
): Promise<Share | undefined> {
  if (!as && !codes?.length) return undefined;
  if (!as) return refuse((t) => t.errors.requestShareAs({ ref: one.ref }));
  if (!one.to || isRed(one))
    return refuse((t) => t.errors.requestShareTo({ to: one.to?.name ?? one.authority?.name ?? "" }));
  if (!may(c.viewer, "share.create")) refuse((t) => t.errors.shareNotFor);
  const conditions = {
    ...{ kind: as, label: one.label, attribution: true, outcomeDays: OUTCOME_DAYS, otherCode: limits },
    codes: [...(codes ?? []).filter((code) => code !== "H3"), ...(limits ? (["H3"] as const) : [])],
  };
  // Under AMBER+STRICT whoever drafted it reads its answer beside the focal points.
  const drafted = await draft(c, conditions, [one.from], one.label === "AMBER" ? [] : [one.drafter]);
  return submit(c, await write(c, drafted, c.t.requests.answerTitle({ ref: one.ref }), answer));
}

/** After so many days it is asked what came of it, as of anything that is shared. */
const OUTCOME_DAYS = 14;

/** While it is postponed nothing is answered; and most kinds are decided first. */
function checkAnswerable(c: Context, one: CoopRequest): void {
  if (one.flags.includes("postponed")) refuse((t) => t.errors.requestPostponed({ ref: one.ref }));
  checkNotStopped(one);
  // A team is there once all have signed (UNTOC 19: by agreement).
  if (one.kind === "joint_investigation" && one.state === "agreed" && !one.dates.signed)
    refuse((t) => t.errors.requestSignFirst({ ref: one.ref }));
  if (one.state === "received" && !KINDS[one.kind].straightAnswer)
    refuse((t) => t.errors.requestDecideFirst({ ref: one.ref, acts: typed(actsOpen(c, one)) }));
}

/** One to which this person may attach a file now, and whether that belongs to the request or to what is said about it next. */
export async function findToAttach(
  c: Context,
  reference: Reference,
): Promise<{ one: CoopRequest; side: "request" | "answer" }> {
  const one = await findRequest(c, reference);
  if (isRed(one)) refuse((t) => t.errors.requestNoPaper({ ref: one.ref }));
  const side = attachesTo(c, one);
  if (side) return { one, side };
  const asks = c.viewer.agencyId === one.from.id || one.subject.entered;
  check(c, asks && one.to ? "fill" : "answer", one);
  checkAnswerable(c, one);
  return refuse((t) => t.errors.requestFileLate);
}

/** Another date with its reason; the first one stays beside it. */
export function reviseDue(c: Context, one: CoopRequest, due: Date, why: string): Promise<CoopRequest> {
  check(c, "revise_due", one);
  if (!one.clock) refuse((t) => t.errors.requestNoClock({ ref: one.ref }));
  if (!fitsKind("revise_due", one)) refuse((t) => t.errors.requestReviewDue({ ref: one.ref }));
  const left = String(due.getTime() - c.work.now.getTime());
  const patch = one.leftMs === undefined ? { due_at: due } : { left_ms: left };
  return move(c, one, "revise_due", { words: { why }, patch });
}

/** UNTOC 18(20): who cannot keep it confidential says so promptly; who asked goes on or withdraws. */
export const cannotKeepSecret = (c: Context, one: CoopRequest, why: string): Promise<CoopRequest> =>
  move(c, one, "cannot_keep_secret", { words: { why } });
