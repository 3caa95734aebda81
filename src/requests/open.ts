import { mayRequest, type RequestAct, type Viewer } from "../policy/index.js";
import { GIVING } from "./answer-files.js";
import { datesOf } from "./dates.js";
import { maySendFirst } from "./fields.js";
import { KINDS } from "./kinds.js";
import { type CoopRequest, isRed, UNDER_WAY } from "./model.js";

/** Which acts stand open for somebody with a request: the one rule for its card, its reminders and what refuses. */

/** What people type to do it. */
export const TYPED = {
  ...{
    fill: "fill",
    hand_over: "hand",
    officer: "officer",
    complete: "ready",
    rework: "back",
    show_draft: "draft",
    approve: "approve",
    send: "send",
  },
  ...{ send_first: "sendnow", settle_paper: "paper", acknowledge: "received", redirect: "redirect", ask_info: "ask" },
  ...{ supply_info: "reply", agree: "agree", offer_conditions: "conditions", accept_conditions: "accept" },
  ...{ decline_conditions: "decline", consult: "consult", postpone: "postpone", resume: "resume", refuse: "refuse" },
  ...{ answer_part: "part", answer: "answer", not_enough: "missing", close: "close", withdraw: "withdraw" },
  ...{ revise_due: "due", progress: "progress", cannot_keep_secret: "secrecy", measure: "measure", report: "report" },
  ...{ formalise: "formalise", read: "read", set_date: "date", happened: "happened", copy: "copy" },
  ...{ stop: "stop", safety: "safety", restart: "restart", prolong: "prolong", disclose: "disclose" },
} as const satisfies Record<RequestAct, string>;

export const typed = (acts: readonly RequestAct[]): string[] => acts.map((act) => `request ${TYPED[act]}`);

/** What this person may do with it now. */
export const actsOpen = ({ viewer }: { viewer: Viewer }, one: CoopRequest): RequestAct[] =>
  (Object.keys(TYPED) as RequestAct[]).filter(
    (act) => mayRequest(viewer, act, one.subject) === undefined && fitsKind(act, one),
  );

/** Whether somebody writes it: until it is sent, and after that where something of it is owed. */
export function mayFill(viewer: Viewer, one: Pick<CoopRequest, "subject" | "flags">): boolean {
  const why = mayRequest(viewer, "fill", one.subject);
  return why === undefined || (why === "state" && one.flags.includes("owes_paper"));
}

/**
 * Where a file goes that this person attaches now: to the request, as long as they write it; or to what is said about it next.
 * @returns undefined where they can attach none
 */
export function attachesTo({ viewer }: { viewer: Viewer }, one: CoopRequest): "request" | "answer" | undefined {
  // Nothing of RED goes as a file.
  if (isRed(one)) return undefined;
  if (mayFill(viewer, one)) return "request";
  // The address takes what the person gives for the own agency.
  if (viewer.onBehalf) return undefined;
  return actsOpen({ viewer }, one).some((act) => GIVING.includes(act)) ? "answer" : undefined;
}

/** Acts of the side that asks which are none of the other's business. */
const INSIDE: ReadonlySet<RequestAct> = new Set([
  ...(["fill", "hand_over", "complete", "rework", "approve", "settle_paper", "formalise", "copy"] as const),
]);
export const isInside = (act: RequestAct): boolean => INSIDE.has(act);

/** Acts that only some kinds know, or that only stand open in a part of their states. */
export function fitsKind(act: RequestAct, one: CoopRequest): boolean {
  const { formal, straightAnswer, stoppable } = KINDS[one.kind];
  const stopped = one.flags.includes("stopped");
  switch (act) {
    case "officer":
      return isRed(one);
    case "send_first":
      return maySendFirst(one.kind, one.content, one.urgency);
    case "set_date":
      return datesOf(one.kind, true).length > 0;
    case "happened":
      return datesOf(one.kind, false).length > 0;
    case "revise_due":
      // Nobody puts off the look at the safety of people: it is taken, or it stops.
      return one.clock !== "sit.safety_review";
    case "measure":
      return one.kind === "vessel";
    case "report":
      return one.flags.includes("owes_report");
    case "formalise":
      return !formal || one.kind === "vessel";
    case "answer":
      return (one.state === "agreed" || straightAnswer === true) && !one.flags.includes("postponed") && !stopped;
    case "answer_part":
      return !one.flags.includes("postponed") && !stopped;
    case "agree":
    case "accept_conditions":
      return !stopped;
    case "stop":
      return stoppable === true && !stopped && [one, ...one.others].some(({ state }) => UNDER_WAY.includes(state));
    case "safety":
    case "restart":
    case "prolong":
      return stoppable === true;
    case "withdraw":
      return !one.flags.includes("owes_report");
    case "close":
      return !one.flags.includes("owes_paper") && !one.flags.includes("owes_report");
    case "show_draft":
      return one.to !== undefined && !one.flags.includes("draft_shown") && !isRed(one);
    case "copy":
    case "redirect":
      return !isRed(one);
    default:
      return true;
  }
}
