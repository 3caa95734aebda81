/**
 * The rules about tasks (docs/access.md, docs/tasks.md), said a second time, from the rules alone and not from the
 * code. Quotation marks hold a rule as it was first written down.
 * A person is described by where they stand to one task and which roles they hold, never by ids.
 */

export const LABELS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const;
export type Label = (typeof LABELS)[number];

/** "People see four states: Asked, Agreed, Done, Closed (and Declined with reason, Cancelled by who asked)." */
export const STATES = ["asked", "agreed", "done", "closed", "declined", "cancelled"] as const;
export type State = (typeof STATES)[number];

export const ROLES = ["staff", "focal_point", "coordinator", "rapporteur", "observer", "admin"] as const;
export type Role = (typeof ROLES)[number];

export const POSITIONS = [
  "requester", // the person who asked
  "requester agency", // anybody else there
  "assignee", // the person to whom it was handed
  "lead agency",
  "supporter", // the person whom a supporting agency named
  "supporting agency",
  "elsewhere",
] as const;
export type Position = (typeof POSITIONS)[number];

export type Who = {
  position: Position;
  roles: readonly Role[];
  /** For whom this person, of the same agency, is the deputy now. */
  deputyOf?: { position: Position; roles: readonly Role[] };
  /** The secretariat's person, acting for the agency of this position, which has nobody here. */
  actingFor?: true;
  /** The agency has no focal point, and this person is of those who speak for it then. */
  speaks?: true;
};
export type Facts = { label: Label; state: State; bornInMeeting: boolean };

/** The readers by name, as the tables print them. */
export const READERS = {
  "requester person": { position: "requester", roles: ["staff"] },
  "requester agency colleague": { position: "requester agency", roles: ["staff"] },
  "requester focal point": { position: "requester agency", roles: ["focal_point"] },
  assignee: { position: "assignee", roles: ["staff"] },
  "lead agency staff": { position: "lead agency", roles: ["staff"] },
  "lead focal point": { position: "lead agency", roles: ["focal_point"] },
  "supporter person": { position: "supporter", roles: ["staff"] },
  "supporter focal point": { position: "supporting agency", roles: ["focal_point"] },
  "supporter staff": { position: "supporting agency", roles: ["staff"] },
  "desk coordinator": { position: "elsewhere", roles: ["coordinator"] },
  rapporteur: { position: "elsewhere", roles: ["rapporteur"] },
  observer: { position: "elsewhere", roles: ["observer"] },
  admin: { position: "elsewhere", roles: ["admin"] },
  "admin of the lead agency": { position: "lead agency", roles: ["admin"] },
  "rapporteur of the requester agency": { position: "requester agency", roles: ["rapporteur"] },
  outsider: { position: "elsewhere", roles: ["staff", "focal_point"] },
} as const satisfies Record<string, Who>;
export type ReaderName = keyof typeof READERS;

/** A deputy decides as the focal point whom they stand in for. */
const holds = (who: Who, role: Role) =>
  who.roles.includes(role) || (role === "focal_point" && who.deputyOf?.roles.includes(role) === true);
/** Of a task the named are who asked, who does it, who supports it. */
const named = ({ position }: Who) => ["requester", "assignee", "supporter"].includes(position);
const ofAParty = ({ position }: Who) => position !== "elsewhere";
const restricted = (label: Label) => label === "AMBER" || label === "AMBER+STRICT" || label === "RED";

/** What somebody sees: nothing; reference, agencies, dates and state; these and the title; everything. */
export type Sight = "none" | "outline" | "title" | "full";

export function sight(who: Who, { label, bornInMeeting }: Omit<Facts, "state">): Sight {
  // "RED: the named persons only." Roles give nothing to the named and take nothing from them:
  // "coordinator, rapporteur and admin see no restricted content unless they are named recipients".
  if (named(who)) return "full";
  // "RED, even its reference, never passes to a deputy, successor or focal point."
  if (label === "RED") return "none";
  // "Rapporteur: sees figures about everything and the content of nothing." "Admin: sees no content."
  // "The secretariat acts for @prosecution", and still "sees no restricted content": it knows the outline of that.
  if (who.actingFor) return restricted(label) ? "outline" : "full";
  // What is not RED passes to a deputy for the time.
  if (ofAParty(who) && who.deputyOf && named(who.deputyOf)) return "full";
  // Whoever holds another role beside is a member of the agency like any other.
  const member = who.roles.some((role) => role !== "rapporteur" && role !== "admin");
  // "Requester, lead and supporting agencies see a task." "AMBER+STRICT: the recipient agency, need to know":
  // beside the named it is the focal point, who decides for the agency, that needs to know.
  if (ofAParty(who) && member && (label !== "AMBER+STRICT" || holds(who, "focal_point"))) return "full";
  // "The desk and packs see reference, agencies, dates and state, and titles only of tasks born in that body's
  // meetings"; of restricted ones not even these, since titles are content and a coordinator "sees no restricted
  // content".
  if (holds(who, "coordinator")) return bornInMeeting && !restricted(label) ? "title" : "outline";
  // "Observer: sees what it was invited to."
  return "none";
}

export const ACTS = {
  see: "look at it",
  give: "hand it to a person of the lead agency",
  accept: "agree to it",
  decline: "decline it with a reason",
  date: "put another date forward, or answer one",
  snooze: "be reminded later",
  done: "say that it is done",
  problem: "say what stands in the way, or that it is solved",
  close: "confirm that it is done",
  reopen: "Not yet",
  cancel: "withdraw it",
  edit: "change its words or its priority",
  support: "answer for a supporting agency",
  comment: "say something to all who work on it",
  nudge: "ask kindly how it is coming along",
} as const;
export type Act = keyof typeof ACTS;

/** "Focal point: decides for the agency." Nobody else of the agency does, but for the person it is with. */
const decides =
  (person: Position, agency: Position) =>
  (who: Who, { label }: Facts) =>
    who.position === person ||
    (label !== "RED" &&
      who.position === agency &&
      // "An agency without a focal point is no black hole": whoever is there decides.
      (holds(who, "focal_point") || who.speaks === true || who.deputyOf?.position === person));
const worksOnIt = decides("assignee", "lead agency");
const askedForIt = decides("requester", "requester agency");
const supportsIt = decides("supporter", "supporting agency");

const WHOSE: Record<Act, (who: Who, facts: Facts) => boolean> = {
  see: () => true,
  // "The receiving agency": hands it on, agrees, declines; "for the assignee [Done] [More time] [Problem]".
  give: worksOnIt,
  accept: worksOnIt,
  decline: worksOnIt,
  done: worksOnIt,
  problem: worksOnIt,
  // "The receiving agency may propose another date", "a later one is an extension that the requester grants or refuses".
  date: (who, facts) => worksOnIt(who, facts) || askedForIt(who, facts),
  snooze: worksOnIt,
  // "For the requester [Close] [Not yet]"; "Cancelled by who asked".
  close: askedForIt,
  reopen: askedForIt,
  cancel: askedForIt,
  edit: askedForIt,
  support: supportsIt,
  // "Comments relay" among those who see the task; the desk sees an outline and has no say in it.
  comment: (who, facts) => sight(who, facts) === "full",
  // "/coord nudge (one polite, previewed message to each late agency)": who asked, and the desk, which sees "who is late".
  nudge: (who, facts) => askedForIt(who, facts) || holds(who, "coordinator"),
};

const WHEN: Record<Act, readonly State[]> = {
  see: STATES,
  give: ["asked", "agreed"],
  accept: ["asked"],
  decline: ["asked"],
  date: ["asked", "agreed"],
  // Reminders come while it is open.
  snooze: ["asked", "agreed", "done"],
  // Who does at once what was asked has agreed by doing.
  done: ["asked", "agreed"],
  problem: ["agreed"],
  close: ["done"],
  reopen: ["done"],
  // What is closed, declined or cancelled has come to an end.
  cancel: ["asked", "agreed", "done"],
  edit: ["asked", "agreed"],
  support: ["asked", "agreed"],
  comment: ["asked", "agreed", "done"],
  // Nothing is late once it is done.
  nudge: ["asked", "agreed"],
};

export type Verdict = "may" | "hidden" | "party" | "sealed" | "state";

export function verdict(who: Who, act: Act, facts: Facts): Verdict {
  // "A reference that the reader may not see answers exactly like one that does not exist."
  if (sight(who, facts) === "none") return "hidden";
  if (!WHOSE[act](who, facts)) return "party";
  // RED "never passes": handing it on would name another.
  if (act === "give" && facts.label === "RED") return "sealed";
  return WHEN[act].includes(facts.state) ? "may" : "state";
}
