import type { Generated } from "kysely";
import type { Label } from "../policy/labels.js";

/** The tables of coordination meetings, as the migration makes them. Wall times are `YYYY-MM-DDTHH:mm`. */
declare module "./schema.js" {
  interface Schema {
    meetings: MeetingRow;
    invitees: InviteeRow;
    meeting_agencies: { body_id: Generated<string>; meeting_id: string; agency_id: string };
    to_follow: {
      id: Generated<string>;
      body_id: Generated<string>;
      meeting_id: string | null;
      agency_id: string | null;
      at: Generated<Date>;
    };
    occurrences: OccurrenceRow;
    rsvps: {
      body_id: Generated<string>;
      invitee_id: string;
      n: number;
      answer: RsvpAnswer;
      deputy_id: string | null;
      by: string;
      at: Date;
    };
    poll_slots: { body_id: Generated<string>; meeting_id: string; n: number; wall: string; starts_at: Date };
    poll_votes: {
      body_id: Generated<string>;
      invitee_id: string;
      n: number;
      answer: Vote;
      by: string;
      at: Date;
    };
    agenda_items: AgendaRow;
    papers: {
      id: string;
      body_id: Generated<string>;
      occurrence_id: string;
      item_id: string | null;
      title: string;
      url: string;
      by: string;
      at: Date;
    };
    attendance: {
      body_id: Generated<string>;
      occurrence_id: string;
      invitee_id: string;
      present: boolean;
      by: string;
      at: Date;
    };
    record_lines: RecordLineRow;
    decisions: DecisionRow;
    corrections: CorrectionRow;
    approved_minutes: {
      body_id: Generated<string>;
      occurrence_id: string;
      file: string;
      sha256: string;
      approved_at: Date;
      approved_by: string | null;
    };
    feeds: { token_hash: string; person_id: string; made_at: Date };
    file_links: {
      token_hash: string;
      body_id: Generated<string>;
      person_id: string;
      kind: string;
      item_id: string;
      expires_at: Date;
    };
  }
}

export type MeetingState = "polling" | "scheduled" | "cancelled";
export type OccurrenceState = "scheduled" | "running" | "ended" | "cancelled";
export type MinutesState = "none" | "draft" | "circulated" | "approved";
/** `none`: the occurrence was moved, and the answer to the series does not hold for it. */
export type RsvpAnswer = "yes" | "maybe" | "no" | "deputy" | "none";
export type Vote = "yes" | "maybe" | "no";

export type MeetingRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  title: string;
  label: Label;
  state: MeetingState;
  zone: string;
  starts: string | null;
  rule: string | null;
  /** `YYYY-MM-DD YYYY-MM-DD` */
  except_days: Generated<string | null>;
  /** Agencies that join the body later are asked too. */
  asks_all: Generated<boolean>;
  minutes: number;
  place: string | null;
  link: string | null;
  organizer_id: string;
  organizer_agency_id: string;
  chair_id: string | null;
  secretary_id: string | null;
  sequence: Generated<number>;
  reason: string | null;
  poll_until: Date | null;
  ladder: Generated<number>;
  version: Generated<number>;
  created_at: Date;
};

export type InviteeRow = {
  id: string;
  body_id: Generated<string>;
  meeting_id: string;
  agency_id: string;
  person_id: string | null;
  guest: Generated<boolean>;
  /** Asked because they speak for the agency. */
  for_agency: Generated<boolean>;
  /** They do no longer. */
  left_at: Generated<Date | null>;
  added_at: Date;
};

export type OccurrenceRow = {
  id: string;
  body_id: Generated<string>;
  meeting_id: string;
  n: number;
  rule_wall: string;
  wall: string;
  minutes: number;
  starts_at: Date;
  ends_at: Date;
  state: Generated<OccurrenceState>;
  place: string | null;
  link: string | null;
  reason: string | null;
  sequence: Generated<number>;
  started_at: Date | null;
  ended_at: Date | null;
  started_by: string | null;
  minutes_state: Generated<MinutesState>;
  circulated_at: Date | null;
  correct_by: Date | null;
  approved_at: Date | null;
  ladder: Generated<number>;
  version: Generated<number>;
};

export type AgendaRow = {
  id: string;
  body_id: Generated<string>;
  meeting_id: string;
  occurrence_id: string | null;
  position: number;
  title: string;
  minutes: number | null;
  presenter_id: string | null;
  agency_id: string;
  proposed_by: string;
  state: Generated<"on" | "late" | "off">;
  at: Date;
};

export type RecordLineRow = {
  id: string;
  body_id: Generated<string>;
  occurrence_id: string;
  n: number;
  item_id: string | null;
  words: string;
  by: string;
  at: Date;
  version: Generated<number>;
  removed: Generated<boolean>;
};

export type DecisionRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  meeting_id: string;
  occurrence_id: string;
  words: string;
  label: Label;
  votes_for: number | null;
  votes_against: number | null;
  votes_abstain: number | null;
  present: number;
  invited: number;
  needed: number | null;
  by: string;
  at: Date;
  withdrawn_at: Date | null;
};

export type CorrectionRow = {
  id: string;
  body_id: Generated<string>;
  occurrence_id: string;
  n: number;
  words: string;
  by: string;
  at: Date;
  state: Generated<"open" | "taken" | "refused">;
};
