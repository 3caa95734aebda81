import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from "kysely";
import type { RequestFlag, RequestKind, RequestState } from "../store/request-tables.js";
import type { Schema } from "../store/schema.js";
import type { Label } from "./labels.js";
import { decidesFor, has, stands, type Viewer, worksHere } from "./viewer.js";

/** What the policy needs to know of a cooperation request; it holds no words. */
export type RequestSubject = {
  kind: RequestKind;
  state: RequestState;
  flags: readonly RequestFlag[];
  label: Label;
  fromAgencyId: string;
  drafterId: string;
  /** Absent: the authority that is asked is not on Coord, and the asking side records what it does. */
  toAgencyId: string | null;
  /** Whom the agency that is asked has named to execute it. */
  executorId: string | null;
  approverId: string | null;
  /** Of RED: who is named for it, of both sides. */
  officerIds: readonly string[];
  /** It has left the asking agency. */
  sent: boolean;
  /** Entered by the secretariat for the agency that asks. */
  entered: boolean;
};

/**
 * How much of a request somebody sees: everything; its outline (reference, agencies, dates and state); or that there is
 * nothing. Of what is not sent yet the other side knows nothing, unless it was shown the draft. Under AMBER+STRICT inside
 * both agencies the persons named and the focal points alone, and who is on duty where that one decides. The coordinators
 * know the outline of what was sent. Under RED there is nothing but for the persons named, which passes to no deputy and to
 * nobody who acts for an agency (UNTOC 24(2)(a): non-disclosure).
 */
export type RequestSight = "full" | "outline" | "none";

export function sightOfRequest(viewer: Viewer, request: RequestSubject): RequestSight {
  if (request.label === "RED") return isParty(viewer, request) && isOfficer(viewer, request) ? "full" : "none";
  if (isParty(viewer, request)) {
    if (viewer.onBehalf) return request.entered ? "full" : "outline";
    if (isNamed(viewer.id, request) || stands(viewer).some(({ id }) => isNamed(id, request))) return "full";
    if (worksHere(viewer) && (request.label === "AMBER" || has(viewer, "focal_point"))) return "full";
    if (isDuty(viewer, request, DUTY_WATCHES)) return "full";
  }
  if (viewer.onBehalf) return "none";
  // The secretariat's person who entered it for an agency.
  if (request.entered && viewer.id !== "" && viewer.id === request.drafterId) return "full";
  return request.sent && has(viewer, "coordinator") ? "outline" : "none";
}

/** The same rule for every list, count and digest: rows of which this person knows at least the outline. */
export function requestsKnownTo(viewer: Viewer) {
  return (eb: ExpressionBuilder<Schema, "requests">): ExpressionWrapper<Schema, "requests", SqlBool> => {
    const party = partyTo(eb, viewer);
    const open = eb("requests.label", "!=", "RED");
    if (viewer.onBehalf) return eb.and([open, party]);
    const named = (id: string) =>
      eb.or([eb("drafter_id", "=", id), eb("executor_id", "=", id), eb("approver_id", "=", id)]);
    const ways = [...(viewer.id === "" ? [] : [viewer.id]), ...stands(viewer).map(({ id }) => id)].map(named);
    if (worksHere(viewer)) {
      ways.push(eb("requests.label", "in", has(viewer, "focal_point") ? SEEN_BY_FOCAL : ["AMBER"]));
      if (viewer.onDuty) ways.push(eb("requests.kind", "in", DUTY_WATCHES));
    }
    const seen = ways.length ? [eb.and([party, eb.or(ways)])] : [];
    if (viewer.id !== "") seen.push(eb.and([eb("entered", "=", true), eb("drafter_id", "=", viewer.id)]));
    if (has(viewer, "coordinator")) seen.push(eb("sent_at", "is not", null));
    const rest = eb.and([open, eb.or(seen)]);
    if (viewer.id === "") return rest;
    const officer = eb.or([named(viewer.id), eb(eb.val(viewer.id), "=", eb.fn.any("requests.officers"))]);
    return eb.or([rest, eb.and([eb("requests.label", "=", "RED"), party, officer])]);
  };
}

/**
 * Kinds of which the duty officer decides in the name of the agency: between police as its focal point would, and at sea,
 * where an answer "as expeditiously as possible" (Protocol 8(4)) waits for no morning. Elsewhere a judge or a central
 * authority decides, and the duty officer confirms receipt.
 */
export const DUTY_KINDS: RequestKind[] = ["police", "vessel"];

/** Kinds that the duty officer sees: of a technique who is there at night hears that it is stopped, and stops it. */
export const DUTY_WATCHES: RequestKind[] = [...DUTY_KINDS, "special_technique"];

const isDuty = (viewer: Viewer, { kind }: RequestSubject, kinds = DUTY_KINDS): boolean =>
  viewer.onDuty === true && worksHere(viewer) && kinds.includes(kind);

const SEEN_BY_FOCAL: Label[] = ["AMBER", "AMBER+STRICT"];

const partyTo = (eb: ExpressionBuilder<Schema, "requests">, { agencyId }: Viewer) =>
  eb.or([
    eb("from_agency_id", "=", agencyId),
    eb.and([
      eb("to_agency_id", "=", agencyId),
      eb.or([eb("sent_at", "is not", null), eb(eb.val("draft_shown"), "=", eb.fn.any("requests.flags"))]),
    ]),
  ]);

const isParty = ({ agencyId }: Viewer, r: RequestSubject): boolean =>
  agencyId === r.fromAgencyId || (agencyId === r.toAgencyId && (r.sent || r.flags.includes("draft_shown")));

/** Named for RED, under their own name. */
const isOfficer = ({ id, onBehalf }: Viewer, request: RequestSubject): boolean =>
  !onBehalf && (isNamed(id, request) || (id !== "" && request.officerIds.includes(id)));

const isNamed = (id: string, { drafterId, executorId, approverId }: RequestSubject): boolean =>
  id !== "" && [drafterId, executorId, approverId].includes(id);

/**
 * Whose act it is. `drafter`, `approver`: of the side that asks, where the focal point is both; that the approver is not
 * the drafter is for the act to see. `receiver`, `decides`, `executor`: of the side that is asked. `duty`: who is on duty at
 * the side that asks, for what cannot wait there; who is on duty is also drafter, decides and executes (DUTY_KINDS). `watch`:
 * who is on duty at either side of what is watched at night (DUTY_WATCHES).
 */
export type RequestRole = "drafter" | "approver" | "duty" | "receiver" | "decides" | "executor" | "watch";

type Rule = {
  from: readonly RequestState[];
  by: readonly RequestRole[];
  /** Where it leads; absent: the state stays. */
  to?: RequestState;
  /** Where the other side is not on Coord, the asking side records that it was done. */
  recordable?: true;
  /** It answers something that must stand open. */
  needs?: RequestFlag;
};

const UNSENT = ["draft", "ready", "approved"] as const;
const UNDER_WAY = ["received", "agreed"] as const;
const SENT = ["sent", ...UNDER_WAY, "answered", "refused"] as const;

/**
 * The one machine of every kind of request: in which states an act makes sense, whose it is, and where it leads. What is
 * not here is refused. (CTOC/COP/WG.7/2012/3 paras 6 to 12; UNTOC 18.)
 */
export const REQUEST_ACTS = {
  fill: { from: UNSENT, by: ["drafter"], to: "draft" },
  complete: { from: ["draft"], by: ["drafter"], to: "ready" },
  /** To a colleague, or to an authority here that may ask for it. */
  hand_over: { from: ["draft"], by: ["drafter", "approver"] },
  /** Who else is named for what is RED. */
  officer: { from: [...UNSENT, ...SENT], by: ["drafter", "approver", "receiver"] },
  rework: { from: ["ready", "approved"], by: ["drafter", "approver"], to: "draft" },
  show_draft: { from: ["draft", "ready"], by: ["drafter", "approver"] },
  approve: { from: ["ready"], by: ["approver"], to: "approved" },
  send: { from: ["approved"], by: ["drafter", "approver"], to: "sent" },
  send_first: { from: ["draft", "ready"], by: ["drafter"], to: "sent" },
  settle_paper: { from: SENT, by: ["approver"], needs: "owes_paper" },
  acknowledge: { from: ["sent"], by: ["receiver"], to: "received", recordable: true },
  redirect: { from: ["sent", "received"], by: ["receiver"], to: "sent", recordable: true },
  ask_info: { from: UNDER_WAY, by: ["receiver"], recordable: true },
  supply_info: { from: UNDER_WAY, by: ["drafter"], needs: "info_wanted" },
  agree: { from: ["received"], by: ["decides"], to: "agreed", recordable: true },
  offer_conditions: { from: ["received"], by: ["decides"], recordable: true },
  accept_conditions: { from: ["received"], by: ["approver", "duty"], to: "agreed", needs: "conditions_offered" },
  decline_conditions: { from: ["received"], by: ["approver", "duty"], needs: "conditions_offered" },
  consult: { from: UNDER_WAY, by: ["decides"], recordable: true },
  postpone: { from: UNDER_WAY, by: ["decides"], recordable: true },
  resume: { from: UNDER_WAY, by: ["decides"], needs: "postponed", recordable: true },
  refuse: { from: UNDER_WAY, by: ["decides"], to: "refused", recordable: true },
  answer_part: { from: ["agreed"], by: ["executor"], recordable: true },
  answer: { from: UNDER_WAY, by: ["executor"], to: "answered", recordable: true },
  not_enough: { from: ["answered"], by: ["drafter"], to: "agreed" },
  close: { from: ["answered", "refused"], by: ["drafter", "approver"], to: "closed" },
  withdraw: { from: [...UNSENT, "sent", ...UNDER_WAY], by: ["drafter", "approver"], to: "withdrawn" },
  revise_due: { from: ["sent", ...UNDER_WAY], by: ["receiver", "decides"], recordable: true },
  /** A day is fixed that lies ahead: of a surrender, of a hearing. */
  set_date: { from: [...UNDER_WAY, "answered"], by: ["executor"], recordable: true },
  /** Something happened from which a clock runs, or which ends one: an arrest, a surrender, a hearing. */
  happened: { from: [...UNDER_WAY, "answered"], by: ["executor"], recordable: true },
  progress: { from: ["sent", ...UNDER_WAY], by: ["drafter", "approver"] },
  cannot_keep_secret: { from: UNDER_WAY, by: ["receiver"], recordable: true },
  measure: { from: SENT, by: ["drafter", "approver"] },
  report: { from: SENT, by: ["drafter", "approver"], needs: "owes_report" },
  formalise: { from: [...SENT, "closed"], by: ["drafter", "approver"] },
  /** The same is asked of another authority. */
  copy: { from: [...UNSENT, ...SENT], by: ["drafter", "approver"] },
  /** What clears an accused person is disclosed whatever limit stands on it (UNTOC 18(5), 18(19)). */
  disclose: { from: ["agreed", "answered", "refused", "closed"], by: ["drafter", "approver"] },
  /** Whoever knows of it stops it, and nobody may overrule that (CTOC/COP/WG.7/2012/3 para 23). */
  stop: { from: SENT, by: [] },
  /** What a side knows of the safety of the people. */
  safety: { from: ["sent", ...UNDER_WAY], by: ["drafter", "approver", "receiver", "decides", "executor", "watch"] },
  restart: { from: ["sent", ...UNDER_WAY], by: ["decides"], needs: "stopped", recordable: true },
  /** The order on which it rests runs longer. */
  prolong: { from: ["sent", ...UNDER_WAY], by: ["drafter", "approver"] },
  /** Whoever sees all of it. */
  read: { from: [...UNSENT, ...SENT, "closed", "withdrawn"], by: [] },
} as const satisfies Record<string, Rule>;

export type RequestAct = keyof typeof REQUEST_ACTS;
export const requestRule = (act: RequestAct): Rule => REQUEST_ACTS[act];

/**
 * Why not: `hidden` is answered exactly like a reference that does not exist; `party` says whose act it is; `state` says
 * what the request is now; `flag` that nothing stands open which it would answer.
 */
export type RequestRefusal = "hidden" | "party" | "state" | "flag";

/** @returns undefined when the act is allowed */
export function mayRequest(viewer: Viewer, act: RequestAct, request: RequestSubject): RequestRefusal | undefined {
  if (sightOfRequest(viewer, request) === "none") return "hidden";
  const rule = requestRule(act);
  if (!standing(viewer, act, request)) return "party";
  if (!rule.from.includes(request.state)) return "state";
  return rule.needs && !request.flags.includes(rule.needs) ? "flag" : undefined;
}

/** @returns `recorded` where it is the other side's act, which is not on Coord */
export function standing(viewer: Viewer, act: RequestAct, request: RequestSubject): "own" | "recorded" | undefined {
  const sight = sightOfRequest(viewer, request);
  if (act === "read") return sight === "full" ? "own" : undefined;
  if (act === "stop") return sight === "none" ? undefined : "own";
  const { by, recordable } = requestRule(act);
  // Whoever knows its outline alone decides nothing about it. What an agency that is asked says, the secretariat says for it.
  const theirs = by.filter((role) => !ASKING_ROLES.includes(role));
  const says = viewer.onBehalf && theirs.length > 0;
  if (!says && sight !== "full") return undefined;
  // Once it is sent only who may approve takes it back: it was the agency's word.
  const whole = act === "withdraw" && request.sent ? (["approver"] as const) : by;
  const roles = sight === "full" ? whole : theirs;
  if (roles.some((role) => holds(viewer, role, request))) return "own";
  return recordable && request.toAgencyId === null && holds(viewer, "drafter", request) ? "recorded" : undefined;
}

const ASKING_ROLES: readonly RequestRole[] = ["drafter", "approver", "duty"];

function holds(viewer: Viewer, role: RequestRole, request: RequestSubject): boolean {
  const asks = viewer.agencyId === request.fromAgencyId;
  const asked = viewer.agencyId === request.toAgencyId && isParty(viewer, request);
  const is = (id: string | null) =>
    id !== null && ((viewer.id !== "" && viewer.id === id) || stands(viewer).some((one) => one.id === id));
  // Whoever is named for RED does whatever their side does.
  if (request.label === "RED") {
    const side = ASKING_ROLES.includes(role) ? asks : asked;
    return role !== "duty" && role !== "watch" && side && isOfficer(viewer, request);
  }
  const duty = isDuty(viewer, request);
  switch (role) {
    case "drafter":
      return (asks && (is(request.drafterId) || decidesFor(viewer) || duty)) || entered(viewer, request);
    case "approver":
      return asks && decidesFor(viewer);
    case "duty":
      return asks && duty;
    case "watch":
      return (asks || asked) && isDuty(viewer, request, DUTY_WATCHES);
    case "receiver":
      return asked && (worksHere(viewer) || decidesFor(viewer));
    case "decides":
      return asked && (decidesFor(viewer) || duty);
    case "executor":
      return asked && (is(request.executorId) || decidesFor(viewer) || duty);
  }
}

const entered = (viewer: Viewer, request: RequestSubject): boolean =>
  request.entered && viewer.id !== "" && viewer.id === request.drafterId;

/**
 * Four eyes: the approver is not the drafter, whose right passes to nobody for this, neither to a deputy nor to the
 * secretariat's person who entered it (CTOC/COP/WG.7/2012/3 para 9: advice and approval before asking).
 * @param actorId the person who really acts, also where for an agency
 */
export function isSecondPair(viewer: Viewer, actorId: string, drafterId: string): boolean {
  if (actorId === drafterId) return false;
  if (viewer.roles.includes("focal_point") || viewer.speaks === true) return true;
  return stands(viewer).some(({ id, roles }) => id !== drafterId && roles.includes("focal_point"));
}
