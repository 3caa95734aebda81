import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from "kysely";

import type { MeetingState } from "../store/meeting-tables.js";
import type { Schema } from "../store/schema.js";
import { isRestricted, type Label } from "./labels.js";
import type { Role } from "./roles.js";
import { has, stands, type Viewer, worksHere } from "./viewer.js";

/** What the policy needs to know of a meeting; it holds no words. */
export type MeetingSubject = {
  label: Label;
  state: MeetingState;
  organizerId: string;
  organizerAgencyId: string;
  /** Chair and secretary, where named. */
  officerIds: readonly string[];
  /** Persons asked to come, deputies and other guests among them. */
  invitedIds: readonly string[];
  /** Not those of guests: who walks in brings no colleagues. */
  invitedAgencyIds: readonly string[];
  /** Agencies that were asked and have no focal point, with the role that speaks for each instead. */
  spokenFor?: ReadonlyMap<string, Role>;
};

/** Everything; reference, agencies, dates and state; or that there is nothing. */
export type MeetingSight = "full" | "outline" | "none";

/**
 * Persons named see a meeting; under AMBER the agencies invited do, under AMBER+STRICT of them the focal points, under
 * RED nobody else. Coordinators see what is open, since they keep the body's meetings, and of the rest that it is held
 * (docs/meetings.md). An agency that was not invited sees nothing.
 */
export function sightOfMeeting(viewer: Viewer, meeting: MeetingSubject): MeetingSight {
  if (isNamed(viewer.id, meeting)) return "full";
  if (meeting.label === "RED") return "none";
  const invited = meeting.invitedAgencyIds.includes(viewer.agencyId) || viewer.agencyId === meeting.organizerAgencyId;
  if (viewer.onBehalf) return !invited ? "none" : isRestricted(meeting.label) ? "outline" : "full";
  if (stands(viewer).some(({ id }) => isNamed(id, meeting))) return "full";
  if (invited && worksHere(viewer) && (meeting.label !== "AMBER+STRICT" || has(viewer, "focal_point"))) return "full";
  if (has(viewer, "coordinator")) return isRestricted(meeting.label) ? "outline" : "full";
  return "none";
}

/**
 * The same rule for lists, counts and searches: meetings that this person sees in full.
 * @param by the column that says how secret it is: a decision may be more so than its meeting
 */
export function meetingsSeenBy(viewer: Viewer, by: "meetings.label" | "decisions.label" = "meetings.label") {
  const label = sql.ref<Label>(by);
  return (eb: ExpressionBuilder<Schema, "meetings">): ExpressionWrapper<Schema, "meetings", SqlBool> => {
    const invited = eb.or([
      eb("meetings.organizer_agency_id", "=", viewer.agencyId),
      invitee(eb, "agency_id", viewer.agencyId),
    ]);
    const open = eb(label, "in", ["CLEAR", "GREEN"]);
    if (viewer.onBehalf) return eb.and([invited, open]);
    const seen = stands(viewer).map(({ id }) => eb.and([named(eb, id), eb(label, "!=", "RED")]));
    if (viewer.id !== "") seen.push(named(eb, viewer.id));
    if (worksHere(viewer)) {
      const labels: Label[] = has(viewer, "focal_point")
        ? ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT"]
        : ["CLEAR", "GREEN", "AMBER"];
      seen.push(eb.and([invited, eb(label, "in", labels)]));
    }
    if (has(viewer, "coordinator")) seen.push(open);
    return eb.or(seen);
  };
}

/** Meetings of which this person knows at least that they are held. */
export function meetingsKnownTo(viewer: Viewer) {
  return (eb: ExpressionBuilder<Schema, "meetings">): ExpressionWrapper<Schema, "meetings", SqlBool> => {
    const notRed = eb("meetings.label", "!=", "RED");
    if (viewer.onBehalf)
      return eb.and([
        notRed,
        eb.or([eb("meetings.organizer_agency_id", "=", viewer.agencyId), invitee(eb, "agency_id", viewer.agencyId)]),
      ]);
    return has(viewer, "coordinator") ? eb.or([meetingsSeenBy(viewer)(eb), notRed]) : meetingsSeenBy(viewer)(eb);
  };
}

const named = (eb: ExpressionBuilder<Schema, "meetings">, id: string) =>
  eb.or([
    eb("meetings.organizer_id", "=", id),
    eb("meetings.chair_id", "=", id),
    eb("meetings.secretary_id", "=", id),
    invitee(eb, "person_id", id),
  ]);

const invitee = (eb: ExpressionBuilder<Schema, "meetings">, column: "agency_id" | "person_id", value: string) => {
  const asked = eb
    .selectFrom("invitees")
    .select("invitees.id")
    .whereRef("invitees.meeting_id", "=", "meetings.id")
    .where("invitees.left_at", "is", null)
    .where(`invitees.${column}`, "=", value);
  return eb.exists(column === "agency_id" ? asked.where("invitees.guest", "=", false) : asked);
};

/**
 * What was said and decided goes to who sees the meeting; of a RED one, to those recorded as present alone
 * (docs/meetings.md).
 * @param presentIds the persons recorded as present at the occurrence
 */
export function mayReadRecord(viewer: Viewer, meeting: MeetingSubject, presentIds: readonly string[]): boolean {
  if (sightOfMeeting(viewer, meeting) !== "full") return false;
  return meeting.label !== "RED" || presentIds.includes(viewer.id);
}

/**
 * - `run`: move, cancel, start, end, attendance, decisions, record, agenda, minutes
 * - `answer`: say whether one comes, vote on dates
 * - `propose`: put something on the agenda, add a paper, correct the minutes
 */
export type MeetingAct = "see" | "run" | "answer" | "propose";
/** `hidden` is answered exactly like a reference that does not exist; `party` says whose act it is. */
export type MeetingRefusal = "hidden" | "party";

/** @returns undefined when the act is allowed */
export function mayMeeting(viewer: Viewer, act: MeetingAct, meeting: MeetingSubject): MeetingRefusal | undefined {
  const sight = sightOfMeeting(viewer, meeting);
  if (sight === "none") return "hidden";
  switch (act) {
    case "see":
      return undefined;
    case "run":
      return sight === "full" && runs(viewer, meeting) ? undefined : "party";
    case "answer":
      return sight === "full" && answersFor(viewer, meeting) ? undefined : "party";
    case "propose":
      return sight === "full" && proposes(viewer, meeting) ? undefined : "party";
  }
}

/** The organizer, the chair, the secretary, their deputies but for RED, and the coordinators for what they see. */
function runs(viewer: Viewer, meeting: MeetingSubject): boolean {
  const officers = [meeting.organizerId, ...meeting.officerIds];
  if (viewer.id !== "" && officers.includes(viewer.id)) return true;
  if (meeting.label === "RED" || viewer.onBehalf) return false;
  return stands(viewer).some(({ id }) => officers.includes(id)) || has(viewer, "coordinator");
}

/** Who was asked, in person or for the agency. */
function answersFor(viewer: Viewer, meeting: MeetingSubject): boolean {
  if (viewer.id !== "" && meeting.invitedIds.includes(viewer.id)) return true;
  if (meeting.label === "RED") return false;
  if (stands(viewer).some(({ id }) => meeting.invitedIds.includes(id))) return true;
  if (!meeting.invitedAgencyIds.includes(viewer.agencyId)) return false;
  const speaks = meeting.spokenFor?.get(viewer.agencyId);
  return has(viewer, "focal_point") || (speaks !== undefined && viewer.roles.includes(speaks));
}

/** Who runs it, who was asked, and everybody of an agency that was. */
const proposes = (viewer: Viewer, meeting: MeetingSubject): boolean =>
  runs(viewer, meeting) || answersFor(viewer, meeting) || meeting.invitedAgencyIds.includes(viewer.agencyId);

const isNamed = (id: string, meeting: MeetingSubject): boolean =>
  id !== "" && (id === meeting.organizerId || meeting.officerIds.includes(id) || meeting.invitedIds.includes(id));
