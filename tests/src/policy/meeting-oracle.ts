import type { Label, Role } from "./task-oracle.js";

/**
 * The rules about meetings (docs/access.md, docs/meetings.md), said a second time, from the rules alone and not from
 * the code. Quotation marks hold a rule as it was first written down.
 * A person is described by where they and their agency stand to one meeting and which roles they hold, never by ids.
 */

/** How the agency stands to the meeting: it calls it, was asked to come, or neither. */
export const RELATIONS = ["organizer's", "invited", "not invited"] as const;
export type Relation = (typeof RELATIONS)[number];

/** How the person does. A guest came, or was sent as somebody's deputy, without being asked to every occurrence. */
export const NAMED = ["organizer", "chair", "secretary", "invited", "guest", "none"] as const;
export type Named = (typeof NAMED)[number];

export type Attendant = {
  agency: Relation;
  named: Named;
  roles: readonly Role[];
  /** For whom of the same agency this person is the deputy now, or for how many. */
  deputyOf?: { named: Named; roles: readonly Role[] };
  /** The secretariat's person, acting for the agency, which has nobody here. */
  actingFor?: true;
};

export type MeetingSight = "none" | "outline" | "full";

const restricted = (label: Label) => label === "AMBER" || label === "AMBER+STRICT" || label === "RED";
const ofAParty = ({ agency }: Attendant) => agency !== "not invited";
const holds = (who: Attendant, role: Role) =>
  who.roles.includes(role) || (role === "focal_point" && who.deputyOf?.roles.includes(role) === true);

export function sightOf(who: Attendant, label: Label): MeetingSight {
  // "RED: the named persons only"; roles neither give nor take: restricted content goes to "named recipients".
  if (who.named !== "none" && !who.actingFor) return "full";
  // "RED, even its reference, never passes to a deputy, successor or focal point", and no role passes by.
  if (label === "RED") return "none";
  // "The secretariat acts for @prosecution" and "sees no restricted content": of that it knows the outline.
  if (who.actingFor) return ofAParty(who) ? (restricted(label) ? "outline" : "full") : "none";
  // What is not RED passes to a deputy for the time.
  if (who.deputyOf && who.deputyOf.named !== "none") return "full";
  // "AMBER: the recipient agency"; "AMBER+STRICT: need to know": beside the named the one who decides for the agency.
  // "Admin: sees no content", "rapporteur: the content of nothing".
  const member = who.roles.some((role) => role !== "rapporteur" && role !== "admin");
  if (ofAParty(who) && member && (label !== "AMBER+STRICT" || holds(who, "focal_point"))) return "full";
  // The secretariat "schedules meetings, keeps agenda, minutes, decisions", and "sees no restricted content".
  if (who.roles.includes("coordinator")) return restricted(label) ? "outline" : "full";
  // "Observer: sees what it was invited to."
  return "none";
}

const officer = (named: Named) => named === "organizer" || named === "chair" || named === "secretary";
const asked = (named: Named) => named === "invited" || named === "guest";

/** "People press only Start, End, Circulate, Approve (and Move, Cancel)": the officers, and the secretariat. */
const runs = (who: Attendant, label: Label): boolean =>
  !who.actingFor &&
  (officer(who.named) ||
    (label !== "RED" &&
      ((who.deputyOf !== undefined && officer(who.deputyOf.named)) || who.roles.includes("coordinator"))));

/** "Answer meeting invitations": who was asked; "focal point: decides for the agency". */
const answers = (who: Attendant, label: Label): boolean =>
  (asked(who.named) && !who.actingFor) ||
  (label !== "RED" &&
    ((who.deputyOf !== undefined && asked(who.deputyOf.named)) ||
      (who.agency === "invited" && holds(who, "focal_point"))));

/** "Any member agency proposes items": one that is asked to come; who runs it; a guest for as long as they are one. */
const proposes = (who: Attendant, label: Label): boolean =>
  runs(who, label) ||
  who.agency === "invited" ||
  (asked(who.named) && !who.actingFor) ||
  (label !== "RED" && who.deputyOf !== undefined && asked(who.deputyOf.named));

export type MeetingVerdict = "may" | "hidden" | "party";

export function verdictOf(who: Attendant, act: "see" | "run" | "answer" | "propose", label: Label): MeetingVerdict {
  const sight = sightOf(who, label);
  // "A reference that the reader may not see answers exactly like one that does not exist."
  if (sight === "none") return "hidden";
  if (act === "see") return "may";
  // An outline is to know of, not to act on.
  if (sight === "outline") return "party";
  const may = { run: runs, answer: answers, propose: proposes }[act](who, label);
  return may ? "may" : "party";
}

/** "RED material goes to those recorded as present only", themselves and nobody for them. */
export const readsRecord = (who: Attendant, label: Label, present: boolean): boolean =>
  sightOf(who, label) === "full" && (label !== "RED" || (present && !who.actingFor));
