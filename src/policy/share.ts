import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";
import type { Schema } from "../store/schema.js";
import type { HandlingCode, ShareState } from "../store/share-tables.js";
import type { Label } from "./labels.js";
import { isAbsent, rolesThere } from "./presence.js";
import { decidesFor, has, SPEAKING, type Speaking, stands, type Viewer, worksHere } from "./viewer.js";

/** What the policy needs to know of a share; it holds no words. */
export type ShareSubject = {
  state: ShareState;
  label: Label;
  codes: readonly HandlingCode[];
  providerId: string;
  providerAgencyId: string;
  reviewerId: string | null;
  recipients: readonly RecipientSubject[];
  /** Its validity has run out, whether the clock has marked it or not. */
  lapsed: boolean;
  /** A draft that was given to nobody and is not to be: there is no such share any more. */
  discarded: boolean;
  /**
   * Of RED: its provider is away or has left; with the first of `SPEAKING` that anybody of their agency who is there
   * holds, if any does.
   */
  unattended?: { voice: Speaking | undefined };
};

export type RecipientSubject = {
  agencyId: string;
  personId: string | null;
  declined: boolean;
  /** After a breach (para 16), or since the grant that admitted them has ended. */
  suspended: boolean;
};

/**
 * - `open`: may read the content, once the conditions are accepted
 * - `outline`: reference, codename, type, label, agencies, dates and state
 * - `none`: there is no such share
 */
export type ShareSight = "open" | "outline" | "none";

/**
 * Two axes hold, the stricter of both (docs/shares.md). Under RED the persons named; under AMBER+STRICT of the
 * recipient agency who needs to know: the persons named and the focal points; under AMBER the recipient agency; under
 * GREEN and CLEAR the members of the body, unless H2 keeps it with its recipients. The providing agency sees what it
 * gave by the same label. Nothing opens that is not released, has run out, or was declined or suspended for the reader.
 * RED passes to no deputy; the secretariat acting for an agency opens nothing.
 */
export function sightOfShare(viewer: Viewer, share: ShareSubject): ShareSight {
  if (share.discarded) return "none";
  if (isProvider(viewer, share)) return "open";
  if (share.state === "draft" || share.state === "review") return "none";
  const held = recipientsFor(viewer, share);
  if (held.length === 0) return mayFind(viewer, share) && isLive(share) ? "open" : "none";
  return isLive(share) && held.some((one) => !one.declined && !one.suspended) ? "open" : "outline";
}

const isLive = (share: ShareSubject): boolean => share.state === "released" && !share.lapsed;

/** On the providing side: who wrote it, who reviews it, and by the label their colleagues. */
export function isProvider(viewer: Viewer, share: ShareSubject): boolean {
  if (viewer.onBehalf) return false;
  const named = (id: string) => id !== "" && (id === share.providerId || id === share.reviewerId);
  if (named(viewer.id) && viewer.agencyId === share.providerAgencyId) return true;
  if (share.label === "RED" || viewer.agencyId !== share.providerAgencyId) return false;
  if (stands(viewer).some(({ id }) => named(id))) return true;
  // A draft is its author's until it is given to review.
  if (share.state === "draft") return false;
  return worksHere(viewer) && (share.label !== "AMBER+STRICT" || has(viewer, "focal_point"));
}

/** The places among the recipients that this person holds. */
export function recipientsFor(viewer: Viewer, share: ShareSubject): RecipientSubject[] {
  if (viewer.onBehalf) return [];
  return share.recipients.filter(({ agencyId, personId }) => {
    if (viewer.agencyId !== agencyId) return false;
    if (personId !== null && viewer.id === personId) return true;
    if (share.label === "RED") return false;
    if (personId !== null && stands(viewer).some(({ id }) => id === personId)) return true;
    // A person named under AMBER is so for the agency; under AMBER+STRICT its focal points need to know.
    return worksHere(viewer) && (share.label !== "AMBER+STRICT" || has(viewer, "focal_point"));
  });
}

/** GREEN is for the members of the body (TLP 2.0), unless it may not be passed on. */
const isForMembers = ({ label, codes }: Pick<ShareSubject, "label" | "codes">): boolean =>
  (label === "GREEN" || label === "CLEAR") && !codes.includes("H2");

const mayFind = (viewer: Viewer, share: ShareSubject): boolean =>
  !viewer.onBehalf && isForMembers(share) && worksHere(viewer);

/** Whether an agency has it from its provider, whoever there may open it. One that was cut off has not what members have. */
export function isHeldBy(share: ShareSubject, agencyId: string): boolean {
  if (share.providerAgencyId === agencyId) return true;
  const places = share.recipients.filter((one) => one.agencyId === agencyId);
  return places.length ? places.some(({ declined, suspended }) => !declined && !suspended) : isForMembers(share);
}

type Shares = ExpressionBuilder<Schema, "shares">;
type Predicate = (eb: Shares) => ExpressionWrapper<Schema, "shares", SqlBool>;

/**
 * The ways in which somebody comes to know of a share, each a predicate: from their own agency, as a recipient (to
 * open it now, or of its outline), and found as a member of the body. Lists go each way by its own index.
 */
export function waysToShares(
  viewer: Viewer,
  now: Date,
): Record<"provided" | "receivedOpen" | "receivedKnown" | "found", Predicate> {
  if (viewer.onBehalf) return { provided: nothing, receivedOpen: nothing, receivedKnown: nothing, found: nothing };
  const live: Predicate = (eb) =>
    eb.and([
      eb("shares.state", "=", "released"),
      eb.or([eb("shares.valid_until", "is", null), eb("shares.valid_until", ">", now)]),
    ]);
  return {
    provided: (eb) => eb.and([notDiscarded(eb), providedBy(eb, viewer)]),
    receivedOpen: (eb) => eb.and([live(eb), held(eb, viewer, "open", now)]),
    receivedKnown: (eb) =>
      eb.and([notDiscarded(eb), eb("shares.state", "not in", ["draft", "review"]), held(eb, viewer, "any")]),
    found: worksHere(viewer)
      ? (eb) =>
          eb.and([
            live(eb),
            eb("shares.label", "in", ["GREEN", "CLEAR"]),
            eb.not(eb("shares.codes", "@>", eb.val(["H2"]))),
            eb.not(held(eb, viewer, "any")),
          ])
      : nothing,
  };
}

/** The same rule for lists, counts and searches: shares that this person may open now. */
export function sharesOpenTo(viewer: Viewer, now: Date): Predicate {
  const { provided, receivedOpen, found } = waysToShares(viewer, now);
  return (eb) => eb.and([notDiscarded(eb), eb.or([provided(eb), receivedOpen(eb), found(eb)])]);
}

/** Shares about whose use this person decides (`answer` below). */
export function sharesAnsweredBy(viewer: Viewer, now: Date): Predicate {
  const { provided } = waysToShares(viewer, now);
  return (eb) =>
    eb.and([
      provided(eb),
      eb.or([
        ...(viewer.id ? [eb.and([eb("shares.label", "=", "RED"), eb("shares.provider_id", "=", viewer.id)])] : []),
        ...(decidesFor(viewer) ? [eb("shares.label", "!=", "RED")] : []),
      ]),
    ]);
}

/** RED shares that this person may recall unread while their provider is not there (`recall` below). */
export function sharesRecalledBy(viewer: Viewer, now: Date): Predicate {
  if (viewer.onBehalf || viewer.id === "") return nothing;
  const there = rolesThere("shares.provider_agency_id", now);
  const own = SPEAKING.findIndex((role) => has(viewer, role));
  return (eb) => {
    const ways = [];
    if (own === 0) ways.push(eb("shares.provider_agency_id", "=", viewer.agencyId));
    if (own > 0)
      ways.push(
        eb.and([
          eb("shares.provider_agency_id", "=", viewer.agencyId),
          sql<SqlBool>`not exists (${there} and pr.role in (${sql.join(SPEAKING.slice(0, own))}))`,
        ]),
      );
    if (has(viewer, "coordinator")) ways.push(eb.and([sql<SqlBool>`not exists (${there})`]));
    if (ways.length === 0) return nothing(eb);
    return eb.and([
      eb("shares.label", "=", "RED"),
      eb("shares.state", "=", "released"),
      isAbsent("shares.provider_id", "shares.provider_agency_id", now),
      eb.or(ways),
    ]);
  };
}

/** Shares of which this person knows at least the outline. */
export function sharesKnownTo(viewer: Viewer, now: Date): Predicate {
  const { provided, receivedKnown, found } = waysToShares(viewer, now);
  return (eb) => eb.and([notDiscarded(eb), eb.or([provided(eb), receivedKnown(eb), found(eb)])]);
}

/** What was discarded as a draft never was. */
const notDiscarded: Predicate = (eb) =>
  eb.or([eb("shares.state", "!=", "closed"), eb("shares.released_at", "is not", null)]);

const nothing: Predicate = (eb) => eb("shares.number", "<", 0);

function providedBy(eb: Shares, viewer: Viewer) {
  const ours = eb("shares.provider_agency_id", "=", viewer.agencyId);
  const notRed = eb("shares.label", "!=", "RED");
  const named = (id: string) => eb.or([eb("shares.provider_id", "=", id), eb("shares.reviewer_id", "=", id)]);
  const ways = stands(viewer).map(({ id }) => eb.and([named(id), notRed]));
  if (viewer.id !== "") ways.push(named(viewer.id));
  if (worksHere(viewer))
    ways.push(eb.and([eb("shares.label", "in", labelsOf(viewer)), eb("shares.state", "!=", "draft")]));
  return ways.length ? eb.and([ours, eb.or(ways)]) : nothing(eb);
}

const labelsOf = (viewer: Viewer): Label[] =>
  has(viewer, "focal_point") ? ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT"] : ["CLEAR", "GREEN", "AMBER"];

/** @param now for `open`: until when a grant holds */
function held(eb: Shares, viewer: Viewer, which: "any" | "open", now?: Date) {
  return eb.exists(
    eb
      .selectFrom("share_recipients")
      .select("share_recipients.id")
      .whereRef("share_recipients.share_id", "=", "shares.id")
      .where("share_recipients.agency_id", "=", viewer.agencyId)
      .where((r) => {
        const notRed = r("shares.label", "!=", "RED");
        const ways = stands(viewer).map(({ id }) => r.and([r("share_recipients.person_id", "=", id), notRed]));
        if (viewer.id !== "") ways.push(r("share_recipients.person_id", "=", viewer.id));
        if (worksHere(viewer)) ways.push(r("shares.label", "in", labelsOf(viewer)));
        return ways.length ? r.or(ways) : r.val(false);
      })
      .$if(which === "open", (q) =>
        q
          .where("share_recipients.state", "!=", "declined")
          .where("share_recipients.suspended", "=", false)
          .where((r) =>
            r.or([
              r("share_recipients.grant_id", "is", null),
              r.exists(
                r
                  .selectFrom("use_requests")
                  .select("use_requests.id")
                  .whereRef("use_requests.id", "=", "share_recipients.grant_id")
                  .where("use_requests.state", "=", "granted")
                  .where("use_requests.expires_at", ">", now ?? new Date(0)),
              ),
            ]),
          ),
      ),
  );
}

/**
 * - `edit`, `submit`: the draft's author
 * - `review`: a second person of the providing agency
 * - `control`: tighten, recall, add recipients, see who opened it: the provider or, but for RED, their deputy and their
 *   agency's focal point
 * - `recall`: whoever controls it; of RED whose provider is away or gone, unread, the focal point of their agency who is
 *   there, else its staff, else the secretariat: somebody can always stop it (docs/access.md)
 * - `answer`: decide use requests on the agency's own information: the focal point, for RED its provider
 * - `receive`: decline, ask for use, report an outcome: whoever holds a place among the recipients
 */
export type ShareAct = "see" | "open" | "edit" | "review" | "control" | "recall" | "answer" | "receive";
export type ShareRefusal = "hidden" | "party" | "state";

/** @returns undefined when the act is allowed */
export function mayShare(viewer: Viewer, act: ShareAct, share: ShareSubject): ShareRefusal | undefined {
  if (act === "recall") return recallsUnread(viewer, share) ? undefined : mayShare(viewer, "control", share);
  const sight = sightOfShare(viewer, share);
  if (sight === "none") return "hidden";
  switch (act) {
    case "see":
      return undefined;
    case "open":
      return sight === "open" ? undefined : "state";
    case "edit":
      if (viewer.id !== share.providerId || !isProvider(viewer, share)) return "party";
      return share.state === "draft" ? undefined : "state";
    case "review":
      if (!isProvider(viewer, share) || viewer.id === share.providerId || !mayReview(viewer, share)) return "party";
      return share.state === "review" ? undefined : "state";
    case "control":
      if (!controls(viewer, share)) return "party";
      return share.state === "released" ? undefined : "state";
    case "answer":
      return isProvider(viewer, share) && (share.label === "RED" ? viewer.id === share.providerId : decidesFor(viewer))
        ? undefined
        : "party";
    case "receive":
      return recipientsFor(viewer, share).length > 0 ? undefined : "party";
  }
}

function recallsUnread(viewer: Viewer, share: ShareSubject): boolean {
  const { unattended } = share;
  if (!unattended || share.label !== "RED" || share.state !== "released") return false;
  if (viewer.onBehalf || viewer.id === "") return false;
  const { voice } = unattended;
  if (voice === undefined && has(viewer, "coordinator")) return true;
  const own = SPEAKING.findIndex((role) => has(viewer, role));
  if (viewer.agencyId !== share.providerAgencyId || own < 0) return false;
  return voice === undefined || own <= SPEAKING.indexOf(voice);
}

/** Whoever is named as the reviewer, else the agency's focal point. */
const mayReview = (viewer: Viewer, share: ShareSubject): boolean =>
  share.reviewerId === null ? decidesFor(viewer) : viewer.id === share.reviewerId;

export const controls = (viewer: Viewer, share: ShareSubject): boolean =>
  isProvider(viewer, share) &&
  (viewer.id === share.providerId ||
    (share.label !== "RED" && (decidesFor(viewer) || stands(viewer).some(({ id }) => id === share.providerId))));
