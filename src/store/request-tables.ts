import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Label } from "../policy/labels.js";

/** Cooperation requests, as the migration makes them. */
declare module "./schema.js" {
  interface Schema {
    requests: RequestRow;
    request_moves: RequestMoveRow;
    request_documents: RequestDocumentRow;
    request_templates: RequestTemplateRow;
    request_files: RequestFileRow;
  }
}

export type RequestState =
  | "draft"
  | "ready"
  | "approved"
  | "sent"
  | "received"
  | "agreed"
  | "answered"
  | "refused"
  | "closed"
  | "withdrawn";

export type RequestFlag =
  | "info_wanted"
  | "conditions_offered"
  | "conditions_bind"
  | "postponed"
  | "part_answered"
  | "owes_paper"
  | "owes_report"
  | "stopped"
  | "draft_shown";

export type RequestKind =
  | "police"
  | "mla"
  | "video_testimony"
  | "extradition"
  | "transfer_sentenced"
  | "vessel"
  | "joint_investigation"
  | "special_technique"
  | "stay"
  | "border_channel"
  | "readmission"
  | "witness_protection";

/** A day that clocks run from or to: one that is fixed, or one on which something happened. */
export type RequestDate =
  | "arrested"
  | "consented"
  | "surrender"
  | "surrendered"
  | "released"
  | "hearing"
  | "summoned"
  | "tested"
  | "failed"
  | "held"
  | "signed"
  | "reviewed"
  | "ends"
  | "told"
  | "reflection"
  | "order"
  | "assessed";
export type RequestDates = Partial<Record<RequestDate, string>>;
export type RequestUrgency = "life-safety" | "urgent" | "normal";

export type RequestRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  kind: RequestKind;
  state: Generated<RequestState>;
  flags: Generated<RequestFlag[]>;
  label: Label;
  urgency: RequestUrgency;
  /** Sealed. */
  subject: string;
  /** Sealed JSON: what is filled in, by field. */
  content: string;
  from_agency_id: string;
  drafter_id: string;
  entered: Generated<boolean>;
  to_agency_id: string | null;
  authority_id: string | null;
  approver_id: string | null;
  executor_id: string | null;
  /** Of RED: who may see it, of each side, beside who drafted, approved and executes it. */
  officers: Generated<string[]>;
  /** SHA-256 of what was approved. */
  approved_hash: string | null;
  created_at: Date;
  sent_at: Date | null;
  received_at: Date | null;
  decided_at: Date | null;
  answered_at: Date | null;
  closed_at: Date | null;
  /** Under which day lists have it: when it is due, or when it ended. */
  listed_at: GeneratedAlways<Date>;
  /** The clock that runs, when it ends, and as it first was. */
  clock: string | null;
  due_at: Date | null;
  original_due_at: Date | null;
  /** Of a clock that pauses: what was left, in milliseconds. */
  left_ms: string | null;
  postponed_until: Date | null;
  paper_due_at: Date | null;
  /** When the results of a measure are owed. */
  report_due_at: Date | null;
  /** ISO 8601, UTC. */
  dates: ColumnType<RequestDates, string | undefined, string>;
  /** The request that this one follows. */
  follows_id: string | null;
  /** The first request of the operation that it belongs to; null: it is none, or the first. */
  operation_id: string | null;
  /** What its answer began goes on until then; null: nothing does. */
  goes_on_until: Date | null;
  stopped_at: Date | null;
  /** Why, by a code. */
  stopped_for: string | null;
  version: Generated<number>;
  ladder: Generated<number>;
};

export type RequestMoveRow = {
  id: string;
  body_id: Generated<string>;
  request_id: string;
  /** As the policy calls it. */
  act: string;
  at: Date;
  person_id: string;
  agency_id: string;
  /** Of the other side, which is not on Coord: told by whoever entered it. */
  recorded: Generated<boolean>;
  /** Sealed JSON: what was said with it. */
  words: string | null;
  /** A ground of refusal, or another code. */
  code: string | null;
};

/** As it was approved; the file is sealed. */
export type RequestDocumentRow = {
  id: string;
  body_id: Generated<string>;
  request_id: string;
  lang: string;
  file: string;
  sha256: string;
  approved_hash: string;
  made_at: Date;
};

/** An agency's own; the file is sealed. */
export type RequestTemplateRow = {
  body_id: Generated<string>;
  agency_id: string;
  lang: string;
  file: string;
  sha256: string;
  set_at: Date;
  set_by: string;
};

export type RequestFileRow = {
  id: string;
  body_id: Generated<string>;
  request_id: string;
  /** Sealed. */
  file: string;
  added_by: string;
  added_at: Date;
  /** Of the side that answers; null: it belongs to the request itself. */
  agency_id: string | null;
  /** Sealed JSON, of a file of an answer: what it is called, of which type and with which hash. */
  about: string | null;
  /** The act that gave it to the side that asks; null: it waits for one. */
  move_id: string | null;
};
