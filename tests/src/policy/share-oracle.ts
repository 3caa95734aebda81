import type { Label, Role } from "./task-oracle.js";

/**
 * The rules of docs/shares.md, docs/access.md (roles, deputies, RED) and the Traffic Light Protocol 2.0 about
 * one share, said a second time from the text alone. A person is described by where they stand to the share, never by
 * ids: whose agency theirs is, how the share names them, which roles they hold, for whom they stand in.
 */

/** "`draft → released → tightened* | recalled | expired → closed`", the second person's look, and two corners of time. */
export const LIFE = [
  "draft",
  "review",
  "released",
  "lapsed", // released, its end date past, the clock has not come round yet
  "recalled",
  "expired",
  "closed", // at the end of its life
  "discarded", // a draft that was given to nobody
] as const;
export type Life = (typeof LIFE)[number];

export const CODES = ["H0", "H1", "H2", "H3"] as const;
export type Code = (typeof CODES)[number];

/** Whose agency the reader works for. */
export const RELATIONS = ["provider's", "recipient's", "another"] as const;
export type Relation = (typeof RELATIONS)[number];

/** As whom the share names the reader; whoever has moved is named and works elsewhere. */
export const NAMED = ["no", "provider", "reviewer", "recipient"] as const;
export type Named = (typeof NAMED)[number];

/** To whom it went: the agency as such, a person of it, both. */
export const ADDRESSED = ["agency", "person", "both"] as const;
export type Addressed = (typeof ADDRESSED)[number];

export type Reader = {
  relation: Relation;
  named: Named;
  roles: readonly Role[];
  /** A colleague of the same agency who is away. */
  standsInFor?: { named: Named; roles: readonly Role[] };
  /** The secretariat's person, acting for the agency of this relation. */
  actingFor?: true;
  /** The agency has no focal point, and this person is of those who speak for it then. */
  speaks?: true;
};

export type ShareFacts = {
  life: Life;
  label: Label;
  codes: readonly Code[];
  addressed: Addressed;
  /** What the recipient's side said, or what befell it; of all its places, or of the person's alone. */
  declined: "no" | "person" | "all";
  suspended: boolean;
  /** Whether the agency's second person is named. */
  reviewerNamed: boolean;
  /** The provider's person is away or gone: then the first that decides of those who are there in their agency. */
  unattended?: "focal_point" | "staff" | "observer" | "nobody";
};

export type Sight = "open" | "outline" | "none";

/** "A colleague without a role works in another body alone"; admin and rapporteur "see no content". */
const works = ({ roles }: Reader) => roles.some((role) => role !== "admin" && role !== "rapporteur");
const decidesForAgency = ({ roles, standsInFor }: Reader) =>
  roles.includes("focal_point") || standsInFor?.roles.includes("focal_point") === true;

/** "An agency without a focal point is no black hole": whoever is there decides, and sees no more than before. */
const speaksFor = (reader: Reader) => decidesForAgency(reader) || reader.speaks === true;

/** "Somebody can always recall" RED: the focal point who is there, else the staff, else the secretariat; unread. */
function recallsInPlace({ relation, roles, standsInFor, actingFor }: Reader, { life, label, unattended }: ShareFacts) {
  if (!unattended || label !== "RED" || actingFor || (life !== "released" && life !== "lapsed")) return false;
  if (unattended === "nobody" && roles.includes("coordinator")) return true;
  const order = ["focal_point", "staff", "observer", "nobody"] as const;
  const holds = (role: (typeof order)[number]) =>
    role !== "nobody" &&
    (roles.includes(role) || (role === "focal_point" && standsInFor?.roles.includes(role) === true));
  return relation === "provider's" && order.slice(0, order.indexOf(unattended) + 1).some(holds);
}

/** "RED: the named persons only." "RED, even its reference, never passes to a deputy": what is not RED does. */
const isNamed = (reader: Reader, as: Named, label: Label) =>
  reader.named === as || (label !== "RED" && reader.standsInFor?.named === as);

/** By the label alone: may somebody of an agency that has it see it, though the share does not name them? */
function colleagueSees(reader: Reader, label: Label): boolean {
  switch (label) {
    // "The named persons only."
    case "RED":
      return false;
    // "The recipient agency, need to know": who decides for it.
    case "AMBER+STRICT":
      return works(reader) && decidesForAgency(reader);
    // "The recipient agency", "the members of the coordination body", "no limit".
    case "AMBER":
    case "GREEN":
    case "CLEAR":
      return works(reader);
  }
}

/** Who gave it: its author, the second person, and by the same label their colleagues. */
function gave(reader: Reader, facts: ShareFacts): boolean {
  if (reader.actingFor || reader.relation !== "provider's") return false;
  if (isNamed(reader, "provider", facts.label)) return true;
  if (facts.reviewerNamed && isNamed(reader, "reviewer", facts.label)) return true;
  // What somebody is still writing is theirs.
  return facts.life !== "draft" && colleagueSees(reader, facts.label);
}

/** The places that this reader holds among those to whom it went: for the person, for the agency. */
function places(reader: Reader, facts: ShareFacts): ("person" | "agency")[] {
  if (reader.actingFor || reader.relation !== "recipient's") return [];
  const there = facts.addressed === "both" ? (["person", "agency"] as const) : ([facts.addressed] as const);
  return there.filter(
    (place) => (place === "person" && isNamed(reader, "recipient", facts.label)) || colleagueSees(reader, facts.label),
  );
}

const shut = (place: "person" | "agency", { declined, suspended }: ShareFacts) =>
  suspended || declined === "all" || (declined === "person" && place === "person");

/** What was given out and is still valid: "no opening after the commit" of a recall, none after the end date. */
const given = ({ life }: ShareFacts) => !["draft", "review", "discarded"].includes(life);
const running = ({ life }: ShareFacts) => life === "released";

export function sight(reader: Reader, facts: ShareFacts): Sight {
  // What was never given is known to those who were to give it, and once discarded to nobody.
  if (facts.life === "discarded") return "none";
  if (gave(reader, facts)) return "open";
  if (!given(facts)) return "none";
  const held = places(reader, facts);
  if (held.length > 0) return running(facts) && held.some((place) => !shut(place, facts)) ? "open" : "outline";
  // "GREEN: the members of the coordination body"; "H2: no onward dissemination without the provider's permission".
  const forAll = (facts.label === "GREEN" || facts.label === "CLEAR") && !facts.codes.includes("H2");
  return forAll && !reader.actingFor && works(reader) && running(facts) ? "open" : "none";
}

export const ACTS = {
  see: "know of it",
  open: "read what it says",
  edit: "write the draft, send or discard it",
  review: "look at it as the second person",
  control: "tighten, add recipients, see who opened it",
  recall: "take it back",
  answer: "decide a request for use",
  receive: "decline, ask for a use, say what came of it",
} as const;
export type Act = keyof typeof ACTS;
export type Verdict = "may" | "hidden" | "party" | "state";

export function verdict(reader: Reader, act: Act, facts: ShareFacts): Verdict {
  if (act === "recall") return recallsInPlace(reader, facts) ? "may" : verdict(reader, "control", facts);
  const seen = sight(reader, facts);
  if (seen === "none") return "hidden";
  const by = (whose: boolean, now = true): Verdict => (!whose ? "party" : now ? "may" : "state");
  const red = facts.label === "RED";
  // "A deputy may what the absent person may, but for RED."
  const provides = reader.relation === "provider's" && isNamed(reader, "provider", facts.label);
  switch (act) {
    case "see":
      return "may";
    case "open":
      return by(true, seen === "open");
    case "edit":
      // Its author's alone: a deputy who sent it could also be its second person.
      return by(reader.relation === "provider's" && reader.named === "provider", facts.life === "draft");
    case "review": {
      // "A second person": never its author, whoever else they are.
      const second = facts.reviewerNamed ? reader.named === "reviewer" : speaksFor(reader);
      return by(gave(reader, facts) && reader.named !== "provider" && second, facts.life === "review");
    }
    case "control":
      // "The provider may tighten or recall at any time"; "focal point decides for the agency", of RED the provider alone.
      return by(
        provides || (gave(reader, facts) && !red && speaksFor(reader)),
        facts.life === "released" || facts.life === "lapsed",
      );
    case "answer":
      // "Only the providing agency decides": who decides for it; under RED nobody but the provider knows.
      return by(red ? provides : gave(reader, facts) && speaksFor(reader));
    case "receive":
      return by(places(reader, facts).length > 0);
  }
}
