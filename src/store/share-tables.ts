import type { ColumnType, Generated } from "kysely";
import type { Label } from "../policy/labels.js";

/** The tables of information sharing, as the migration makes them. Sealed words are text. */
declare module "./schema.js" {
  interface Schema {
    shares: ShareRow;
    share_recipients: ShareRecipientRow;
    share_openings: {
      id: Generated<number>;
      body_id: Generated<string>;
      share_id: string;
      person_id: string;
      agency_id: string;
      conditions: number;
      purpose: string;
      accepted: boolean;
      attachment_id: string | null;
      at: Date;
    };
    attachments: {
      id: string;
      body_id: Generated<string>;
      share_id: string;
      name: string;
      type: string;
      size: number;
      content: string;
      by: string;
      at: Date;
    };
    share_words: { body_id: Generated<string>; share_id: string; hash: string };
    use_requests: UseRequestRow;
    outcomes: OutcomeRow;
    breaches: {
      id: string;
      body_id: Generated<string>;
      share_id: string;
      recipient_id: string;
      words: string;
      by: string;
      at: Date;
    };
  }
}

/** Protocol art. 10(1) (a) to (f). */
export type ShareKind = "a" | "b" | "c" | "d" | "e" | "f";
export type ShareState = "draft" | "review" | "released" | "recalled" | "expired" | "closed";
export type HandlingCode = "H0" | "H1" | "H2" | "H3";
export type RecipientState = "delivered" | "in_use" | "declined" | "closed";
export type OutcomeState = "none" | "interim" | "final";
export type UseRequestState = "submitted" | "granted" | "refused" | "withdrawn" | "lapsed" | "void";

export type ShareRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  codename: string;
  kind: ShareKind;
  label: Label;
  codes: HandlingCode[];
  other_code: string | null;
  source_grade: string | null;
  content_grade: string | null;
  title: string | null;
  content: string | null;
  attribution: boolean;
  valid_until: Date | null;
  valid_zone: string | null;
  outcome_days: number;
  state: Generated<ShareState>;
  provider_id: string;
  provider_agency_id: string;
  reviewer_id: string | null;
  reason: string | null;
  conditions: Generated<number>;
  created_at: Date;
  released_at: Date | null;
  ended_at: Date | null;
  /** Released, else drawn up. */
  at: ColumnType<Date, never, never>;
  version: Generated<number>;
};

export type ShareRecipientRow = {
  id: string;
  body_id: Generated<string>;
  share_id: string;
  agency_id: string;
  person_id: string | null;
  state: Generated<RecipientState>;
  reason: string | null;
  suspended: Generated<boolean>;
  outcome: Generated<OutcomeState>;
  outcome_due: Date | null;
  ladder: Generated<number>;
  received_at: Date | null;
  /** The grant by which it was passed on: the place holds as long as it does. */
  grant_id: string | null;
  added_at: Date;
};

export type UseRequestRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  share_id: string;
  code: HandlingCode;
  agency_id: string;
  person_id: string;
  recipients: ColumnType<UseRecipient[], string, string>;
  purpose: string;
  legal_basis: string | null;
  needed_by: Date | null;
  state: Generated<UseRequestState>;
  answer: string | null;
  expires_at: Date | null;
  decided_by: string | null;
  decided_at: Date | null;
  conditions: number;
  created_at: Date;
  ladder: Generated<number>;
  version: Generated<number>;
  /** Where it is asked for one request for cooperation: which, and to which authority that goes. */
  request_id: string | null;
  authority_id: string | null;
};

export type UseRecipient = { agencyId: string; personId?: string };

export type OutcomeRow = {
  id: string;
  body_id: Generated<string>;
  share_id: string;
  recipient_id: string;
  kind: string;
  final: boolean;
  direct: boolean | null;
  happened_on: string | null;
  count: number | null;
  narrative: string | null;
  label: Label;
  by: string;
  agency_id: string;
  at: Date;
  thanked_at: Date | null;
};
