/**
 * The rules about requests for cooperation to another State, said a second time: from the treaty text and the rules of
 * access, not from the code. Quotation marks hold a rule as it was first written down.
 * A person is described by where they stand to one request and which roles they hold, never by ids.
 */

import type { Role } from "./task-oracle.js";

/** What names people is never less than AMBER; RED, which passes to nobody, is that of what protects a witness. */
export const LABELS = ["AMBER", "AMBER+STRICT", "RED"] as const;
export type Label = (typeof LABELS)[number];

/** "`draft → ready → approved → sent → received → agreed → answered → closed`, aside `refused`, `withdrawn`." */
export const STATES = [
  ...["draft", "ready", "approved", "sent", "received"],
  ...["agreed", "answered", "refused", "closed", "withdrawn"],
] as const;
export type State = "draft" | "ready" | "approved" | "sent" | "received" | Late;
type Late = "agreed" | "answered" | "refused" | "closed" | "withdrawn";

/** "Flags, not states." */
export const FLAGS = [
  ...["info_wanted", "conditions_offered", "postponed", "part_answered"],
  ...["owes_paper", "owes_report", "draft_shown", "stopped"],
] as const;
export type Flag =
  | "info_wanted"
  | "conditions_offered"
  | "postponed"
  | "part_answered"
  | "owes_paper"
  | "owes_report"
  | "draft_shown"
  | "stopped";

export type Side = "asking" | "asked" | "elsewhere";
/**
 * Whom a request names: who drafted it, who approved it, who was told to execute it, who entered it for an agency; and the
 * officers of either side who are named for what is RED.
 */
export type Named = "drafter" | "approver" | "executor" | "clerk" | "officer" | "their officer";

export type Who = {
  side: Side;
  is?: Named;
  roles: readonly Role[];
  /** For whom this person, of the same agency, is the deputy now. */
  deputyOf?: { is?: Named; roles: readonly Role[] };
  /** The secretariat's person, acting for the agency of this side, which has nobody here. */
  actingFor?: true;
  /** On the duty roster of their agency now. */
  onDuty?: true;
  /** The agency has no focal point, and this person is of those who speak for it then. */
  speaks?: true;
};

export type Facts = {
  /**
   * "Focal point or duty of the requested agency" decides between police; at sea nobody waits for the morning. Who is on
   * duty watches a technique: "any named person stops it everywhere within the second", at night too.
   */
  duty: "decides" | "watches" | "none";
  state: State;
  flags: readonly Flag[];
  label: Label;
  /** It has left the agency that asks. */
  sent: boolean;
  /** "Counterpart off Coord: own side records its moves." */
  onCoord: boolean;
  /** By the secretariat, for an agency that has nobody here. */
  entered: boolean;
};

export const READERS = {
  drafter: { side: "asking", is: "drafter", roles: ["staff"] },
  "drafter who is the focal point": { side: "asking", is: "drafter", roles: ["focal_point", "staff"] },
  "drafter who is a rapporteur now": { side: "asking", is: "drafter", roles: ["rapporteur"] },
  approver: { side: "asking", is: "approver", roles: ["focal_point"] },
  "approver who is no focal point any more": { side: "asking", is: "approver", roles: ["staff"] },
  "asking focal point": { side: "asking", roles: ["focal_point", "staff"] },
  "asking staff": { side: "asking", roles: ["staff"] },
  "asking staff that speaks": { side: "asking", roles: ["staff"], speaks: true },
  "asking officer": { side: "asking", is: "officer", roles: ["staff"] },
  "asked officer": { side: "asked", is: "their officer", roles: ["staff"] },
  "deputy of the asked officer": {
    side: "asked",
    roles: ["staff"],
    deputyOf: { is: "their officer", roles: ["staff"] },
  },
  "deputy of the drafter": { side: "asking", roles: ["staff"], deputyOf: { is: "drafter", roles: ["staff"] } },
  "deputy of the asking focal point": { side: "asking", roles: ["staff"], deputyOf: { roles: ["focal_point"] } },
  "deputy of a colleague": { side: "asking", roles: ["staff"], deputyOf: { roles: ["staff"] } },
  "admin of the asking agency": { side: "asking", roles: ["admin"] },
  "rapporteur of the asking agency": { side: "asking", roles: ["rapporteur"] },
  "secretariat for the asking agency": { side: "asking", roles: ["focal_point", "staff"], actingFor: true },
  "asked focal point": { side: "asked", roles: ["focal_point", "staff"] },
  "asked staff": { side: "asked", roles: ["staff"] },
  "asked staff that speaks": { side: "asked", roles: ["staff"], speaks: true },
  "asking duty officer": { side: "asking", roles: ["staff"], onDuty: true },
  "asked duty officer": { side: "asked", roles: ["staff"], onDuty: true },
  "asked duty officer who is a rapporteur": { side: "asked", roles: ["rapporteur"], onDuty: true },
  "duty officer of another agency": { side: "elsewhere", roles: ["staff"], onDuty: true },
  "asked observer": { side: "asked", roles: ["observer"] },
  executor: { side: "asked", is: "executor", roles: ["staff"] },
  "deputy of the executor": { side: "asked", roles: ["staff"], deputyOf: { is: "executor", roles: ["staff"] } },
  "deputy of the asked focal point": { side: "asked", roles: ["staff"], deputyOf: { roles: ["focal_point"] } },
  "admin of the asked agency": { side: "asked", roles: ["admin"] },
  "rapporteur of the asked agency": { side: "asked", roles: ["rapporteur"] },
  "secretariat for the asked agency": { side: "asked", roles: ["focal_point", "staff"], actingFor: true },
  clerk: { side: "elsewhere", is: "clerk", roles: ["coordinator"] },
  coordinator: { side: "elsewhere", roles: ["coordinator"] },
  "secretariat for another agency": { side: "elsewhere", roles: ["focal_point", "staff"], actingFor: true },
  rapporteur: { side: "elsewhere", roles: ["rapporteur"] },
  observer: { side: "elsewhere", roles: ["observer"] },
  admin: { side: "elsewhere", roles: ["admin"] },
  stranger: { side: "elsewhere", roles: ["staff", "focal_point"] },
  "somebody without a role": { side: "asking", roles: [] },
} as const satisfies Record<string, Who>;
export type ReaderName = keyof typeof READERS;

const UNSIGNED: readonly State[] = ["draft", "ready"];
const DECIDED: readonly State[] = ["agreed", "answered", "refused", "closed"];

/** Whom a request in this situation names at all. */
export const namesOf = ({ state, onCoord, entered, label }: Facts): readonly Named[] => [
  ...(label === "RED" ? (["officer", "their officer"] as const) : []),
  entered ? "clerk" : "drafter",
  ...(UNSIGNED.includes(state) ? [] : (["approver"] as const)),
  ...(onCoord && DECIDED.includes(state) ? (["executor"] as const) : []),
];

/** A deputy decides as the focal point whom they stand in for. */
const holds = (who: Who, role: Role) =>
  who.roles.includes(role) || (role === "focal_point" && who.deputyOf?.roles.includes(role) === true);
/** Whoever holds another role beside is a member of the agency like any other. */
const member = ({ roles }: Who) => roles.some((role) => role !== "rapporteur" && role !== "admin");
/** "Focal point: decides for the agency." One without a focal point is no black hole: whoever is there decides. */
const decides = (who: Who) => holds(who, "focal_point") || who.speaks === true;
/** Who works at the agency and is on duty there stands for it, in what is decided at night. */
const duty = (who: Who, facts: Facts) => who.onDuty === true && member(who) && facts.duty === "decides";
const watches = (who: Who, facts: Facts) => who.onDuty === true && member(who) && facts.duty !== "none";
const is = (who: Who, name: Named, facts: Facts) =>
  namesOf(facts).includes(name) && (who.is === name || who.deputyOf?.is === name);

/** Under their own name: to nobody's deputy, and to nobody who acts for an agency. */
const named = (who: Who, facts: Facts) => !who.actingFor && who.is !== undefined && namesOf(facts).includes(who.is);

/** A draft is its agency's own, unless it was shown ("addressee reads the draft and comments"). */
const knows = ({ side }: Who, { sent, onCoord, flags }: Facts) =>
  side === "asking" || (side === "asked" && onCoord && (sent || flags.includes("draft_shown")));

/** What somebody sees: nothing; reference, agencies, dates and state; everything. */
export type Sight = "none" | "outline" | "full";

export function sight(who: Who, facts: Facts): Sight {
  const party = knows(who, facts);
  // "That a request exists: to the named officers alone."
  if (facts.label === "RED") return party && named(who, facts) ? "full" : "none";
  // "Acting for an agency: the secretariat sees what is GREEN and what it entered itself", of the rest the outline.
  if (who.actingFor) return party ? (facts.entered ? "full" : "outline") : "none";
  if (who.is === "clerk" && facts.entered) return "full";
  if (party) {
    // "AMBER+STRICT: of those agencies the persons named and the focal points", and whoever stands in for one of them.
    if (namesOf(facts).some((name) => is(who, name, facts))) return "full";
    if (member(who) && (facts.label === "AMBER" || holds(who, "focal_point") || watches(who, facts))) return "full";
  }
  // "The coordinators know the outline of what was sent", and of a draft of another agency not even that.
  return facts.sent && who.roles.includes("coordinator") ? "outline" : "none";
}

/**
 * Who it is for. `watch`: who is on duty on either side, where that is watched at night. `night`: who is on duty at the agency that asks. `drafter`: who works on it at the agency that asks, where the focal point may stand in for anybody.
 * `approver`: who binds that agency. `receiver`: who works at the agency that is asked; `decider`: who binds it;
 * `executor`: whom it named, and who binds it.
 */
type Part = "drafter" | "approver" | "night" | "receiver" | "decider" | "executor" | "watch";

function plays(who: Who, part: Part, facts: Facts): boolean {
  const asks = who.side === "asking";
  const asked = who.side === "asked" && knows(who, facts);
  if (facts.label === "RED")
    return (
      part !== "night" &&
      part !== "watch" &&
      named(who, facts) &&
      (part === "drafter" || part === "approver" ? asks : asked)
    );
  switch (part) {
    case "drafter":
      // What the secretariat entered for an agency it can go on with.
      return (
        (asks && (is(who, "drafter", facts) || decides(who) || duty(who, facts))) ||
        (who.is === "clerk" && facts.entered)
      );
    case "approver":
      return asks && decides(who);
    case "night":
      return asks && duty(who, facts);
    case "watch":
      return (asks || asked) && watches(who, facts);
    case "receiver":
      return asked && (member(who) || decides(who));
    case "decider":
      return asked && (decides(who) || duty(who, facts));
    case "executor":
      return asked && (is(who, "executor", facts) || decides(who) || duty(who, facts));
  }
}

type Rule = {
  what: string;
  when: readonly State[];
  whose: readonly Part[];
  /** The state it leads to; absent: "to: same". */
  leads?: State;
  /** "Where the other side is not on Coord, the own side records its moves." */
  recorded?: true;
  /** What must stand open. */
  answers?: Flag;
};

const BEFORE_SENT: readonly State[] = ["draft", "ready", "approved"];
const THERE: readonly State[] = ["received", "agreed"];
const PENDING: readonly State[] = ["sent", ...THERE];
const AFTER_SENT: readonly State[] = [...PENDING, "answered", "refused"];
const theirs = (...whose: Part[]) => ({ whose, recorded: true }) as const;

export const ACTS = {
  // "Approve, then edit one letter: the approval is void": whatever is changed is a draft again.
  fill: { what: "fill it in", when: BEFORE_SENT, whose: ["drafter"], leads: "draft" },
  // To a colleague, or to an authority here that may ask for it.
  hand_over: { what: "hand it over", when: ["draft"], whose: ["drafter"] },
  complete: { what: "say that it is complete", when: ["draft"], whose: ["drafter"], leads: "ready" },
  // Each side its own; before it is sent who drafts it names both.
  officer: { what: "name an officer", when: [...BEFORE_SENT, ...AFTER_SENT], whose: ["drafter", "receiver"] },
  rework: { what: "give it back", when: ["ready", "approved"], whose: ["drafter", "approver"], leads: "draft" },
  // "It is not received, no clock runs."
  show_draft: { what: "show the draft", when: ["draft", "ready"], whose: ["drafter"] },
  approve: { what: "approve it", when: ["ready"], whose: ["approver"], leads: "approved" },
  send: { what: "send it", when: ["approved"], whose: ["drafter", "approver"], leads: "sent" },
  send_first: { what: "send it first", when: ["draft", "ready"], whose: ["drafter"], leads: "sent" },
  // "`owes_paper` can be settled in every state it can stand in, also `refused`."
  settle_paper: {
    ...{ what: "settle the paper", when: AFTER_SENT, whose: ["drafter", "approver"], answers: "owes_paper" },
  },
  acknowledge: { what: "confirm receipt", when: ["sent"], leads: "received", ...theirs("receiver") },
  redirect: { what: "say whose it is", when: ["sent", "received"], leads: "sent", ...theirs("receiver") },
  ask_info: { what: "ask back", when: THERE, ...theirs("receiver") },
  supply_info: { what: "answer what was asked back", when: THERE, whose: ["drafter"], answers: "info_wanted" },
  agree: { what: "agree", when: ["received"], leads: "agreed", ...theirs("decider") },
  offer_conditions: { what: "offer conditions", when: ["received"], ...theirs("decider") },
  accept_conditions: {
    ...{ what: "accept conditions", when: ["received"], whose: ["approver", "night"] },
    ...{ leads: "agreed", answers: "conditions_offered" },
  },
  decline_conditions: {
    ...{ what: "decline conditions", when: ["received"], whose: ["approver", "night"], answers: "conditions_offered" },
  },
  // Before a refusal or a postponement, both of which are theirs to decide.
  consult: { what: "write down a consultation", when: THERE, ...theirs("decider") },
  postpone: { what: "postpone", when: THERE, ...theirs("decider") },
  resume: { what: "go on", when: THERE, answers: "postponed", ...theirs("decider") },
  refuse: { what: "refuse", when: THERE, leads: "refused", ...theirs("decider") },
  answer_part: { what: "answer in part", when: ["agreed"], ...theirs("executor") },
  // From `received` "only where the kind takes a straight answer": that is for the kind to say.
  answer: { what: "answer", when: THERE, leads: "answered", ...theirs("executor") },
  not_enough: { what: "say what is missing", when: ["answered"], whose: ["drafter"], leads: "agreed" },
  close: { what: "close", when: ["answered", "refused"], whose: ["drafter", "approver"], leads: "closed" },
  // "Once sent, only an approver withdraws": see `whose` below.
  withdraw: {
    ...{ what: "withdraw", when: [...BEFORE_SENT, ...PENDING], whose: ["drafter", "approver"], leads: "withdrawn" },
  },
  revise_due: { what: "name another date", when: PENDING, ...theirs("receiver", "decider") },
  // Who arrests, surrenders and hears says when: also after the answer, since a surrender comes after the decision.
  set_date: { what: "fix a day", when: [...THERE, "answered"], ...theirs("executor") },
  happened: { what: "say what happened", when: [...THERE, "answered"], ...theirs("executor") },
  progress: { what: "ask how far it is", when: PENDING, whose: ["drafter"] },
  cannot_keep_secret: { what: "say that it cannot be secret", when: THERE, ...theirs("receiver", "decider") },
  // At sea it is the side that asked that boards; what it did is told whatever the answer was, or before one came.
  measure: { what: "record a measure", when: AFTER_SENT, whose: ["drafter"] },
  // Owed as soon as a measure was taken, which may be before an answer came.
  report: { what: "report results", when: AFTER_SENT, whose: ["drafter"], answers: "owes_report" },
  // Beside the first, at any time before that is over.
  copy: { what: "ask another for the same", when: [...BEFORE_SENT, ...AFTER_SENT], whose: ["drafter"] },
  // "The one lawful bypass of a use limit": also after it is closed.
  disclose: { what: "disclose what clears", when: ["agreed", "answered", "refused", "closed"], whose: ["drafter"] },
  // "Any named person may; none may overrule": whoever knows of it, see below.
  stop: { what: "stop it", when: AFTER_SENT, whose: [] },
  // Each side for itself: whoever works on it there.
  safety: { what: "answer on safety", when: PENDING, whose: ["drafter", "receiver", "decider", "executor", "watch"] },
  restart: { what: "start it again", when: PENDING, answers: "stopped", ...theirs("decider") },
  prolong: { what: "prolong the order", when: PENDING, whose: ["drafter"] },
  formalise: { what: "ask formally for the same", when: [...AFTER_SENT, "closed"], whose: ["drafter"] },
  read: { what: "read all of it", when: STATES as readonly State[], whose: [] },
} as const satisfies Record<string, Rule>;
export type Act = keyof typeof ACTS;

export const ruleOf = (act: Act): Rule => ACTS[act];

/** "It was the agency's word." */
const whose = (act: Act, { sent }: Facts): readonly Part[] =>
  act === "withdraw" && sent ? ["approver"] : ruleOf(act).whose;

const ASKING: readonly Part[] = ["drafter", "approver", "night"];

export type Standing = "own" | "recorded" | undefined;

/** Whose act it is, whatever the state. */
export function stands(who: Who, act: Act, facts: Facts): Standing {
  if (act === "read") return sight(who, facts) === "full" ? "own" : undefined;
  if (act === "stop") return sight(who, facts) === "none" ? undefined : "own";
  // Whoever knows its outline alone decides nothing about it; the secretariat says for an agency what that one is asked.
  const theirs = ruleOf(act).whose.filter((part) => !ASKING.includes(part));
  const full = sight(who, facts) === "full";
  if (!full && !(who.actingFor && theirs.length)) return undefined;
  if ((full ? whose(act, facts) : theirs).some((part) => plays(who, part, facts))) return "own";
  return ruleOf(act).recorded && !facts.onCoord && plays(who, "drafter", facts) ? "recorded" : undefined;
}

export type Verdict = "may" | "hidden" | "party" | "state" | "flag";

export function verdict(who: Who, act: Act, facts: Facts): Verdict {
  // "Stranger, at every step: `R-903` and `R-999999` answer alike."
  if (sight(who, facts) === "none") return "hidden";
  if (!stands(who, act, facts)) return "party";
  // "What is not listed is refused."
  const { when, answers } = ruleOf(act);
  if (!when.includes(facts.state)) return "state";
  return answers && !facts.flags.includes(answers) ? "flag" : "may";
}
