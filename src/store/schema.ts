import type { ColumnType, Generated, GeneratedAlways, JSONColumnType, RawBuilder, Transaction } from "kysely";
import type { ConversationRef, MessageRef, Platform } from "../chat/index.js";
import type { Label } from "../policy/labels.js";
import type { Role } from "../policy/roles.js";

/**
 * The tables as the migrations make them; those of a noun are added by its own file beside this one. Instants are `Date`,
 * UTC.
 */
export interface Schema {
  bodies: BodyRow;
  agencies: AgencyRow;
  members: {
    body_id: Generated<string>;
    agency_id: string;
    observer: Generated<boolean>;
    represented: Generated<boolean>;
    share_review: Generated<boolean>;
    weekly: Generated<boolean>;
    channel: NullableJson<ConversationRef>;
    /** Whom the agency named as its data protection officer. */
    officer_id: Generated<string | null>;
    since: Generated<Date>;
  };
  persons: PersonRow;
  roles: { body_id: Generated<string>; person_id: string; role: Role };
  accounts: {
    platform: Platform;
    tenant: string;
    user_id: string;
    person_id: string;
    linked_at: Generated<Date>;
    unreachable: string | null;
    told: ColumnType<{ name?: string; email?: string; zone?: string } | null, string | undefined, string>;
  };
  absences: { id: string; person_id: string; from_at: Date; until_at: Date; deputy_id: string | null };
  duties: { id: string; agency_id: string; person_id: string; from_at: Date; until_at: Date };
  enrolments: EnrolmentRow;
  places: PlaceRow;
  inbound: { platform: string; tenant: string; key: string; received_at: Generated<Date> };
  held_back: { body_id: Generated<string>; part: string; item_id: string; code: string; since: Date };
  tenants: { platform: Platform; tenant: string; enterprise: string };
  outbox: OutboxRow;
  cards: CardRow;
  item_changes: { body_id: Generated<string>; item_id: string; changed: string };
  card_items: { body_id: Generated<string>; card_id: string; item_id: string };
  pace: { key: string; free_at: Date };
  events: EventRow;
  seals: SealRow;
  head_posts: { body_id: Generated<string>; n: Generated<number>; attempts: Generated<number>; due_at: Date };
  adapter_store: { key: string; value: string; expires_at: Date | null };
  data_keys: { id: string; scope: string; wrapped: string; created_at: Generated<Date> };
  reminder_steps: ReminderStepRow;
  reminder_tellings: { body_id: Generated<string>; step_id: string; person_id: string; bundle: string; told_at: Date };
  drafts: { id: string; body_id: Generated<string>; person_id: string; words: string; at: Date };
  tasks: TaskRow;
  task_supporters: SupporterRow;
  task_comments: {
    id: string;
    body_id: Generated<string>;
    task_id: string;
    author_id: string;
    at: Date;
    words: string;
  };
  undos: {
    id: string;
    body_id: Generated<string>;
    person_id: string;
    item_kind: string;
    item_id: string;
    act: string;
    before: Json<Record<string, unknown>>;
    version: number;
    at: Date;
    undone: Generated<boolean>;
  };
}

/** Read as a value, written as JSON text (an array given as it is would become a PostgreSQL array). */
type Json<T extends object> = JSONColumnType<T>;
type NullableJson<T extends object> = ColumnType<T | null, string | null, string | null>;

type WorkingWeek = {
  work_days: Generated<number[]>;
  work_from: Generated<string>;
  work_to: Generated<string>;
  holidays_added: Generated<string[]>;
  holidays_removed: Generated<string[]>;
};

export type BodyRow = {
  id: string;
  slug: string;
  name: string;
  zone: string;
  lang: Generated<string>;
  country: string | null;
  rules: ColumnType<BodyRules, string | undefined, string>;
  created_at: Generated<Date>;
} & WorkingWeek;

export type SupporterRow = {
  body_id: Generated<string>;
  task_id: string;
  agency_id: string;
  person_id: string | null;
  state: Generated<"asked" | "agreed" | "declined">;
};

export type Tx = Transaction<Schema>;

/** What a body decides for itself; absent, the default holds. */
export type BodyRules = {
  /** By kind and priority, e.g. `task.urgent`, in the notation of escalation policies. */
  ladders?: Record<string, string>;
  /** The weekly digest: ISO weekday and hour, or none. */
  digest?: { day: number; at: string } | "off";
  meetings?: Partial<MeetingRules>;
  /** The coordinators do not want to see what is still to be set up. */
  setup?: "off";
};

/** How a body meets (docs/meetings.md). */
export type MeetingRules = {
  /** Agencies that must be present for a decision: more than half or two thirds of those invited, a number, or none. */
  quorum: "half" | "two-thirds" | "none" | number;
  /** The agenda closes so many hours before. */
  freezeHours: number;
  /** The pack goes out so many working days before. */
  packDays: number;
  /** Invitations go out so many days before at least; shorter notice is said. */
  noticeDays: number;
  /** Draft minutes can be corrected for so many working days. */
  correctDays: number;
  /** How minutes are approved: by silence when the time to correct is over, or at the next meeting. */
  approval: "silence" | "meeting";
};

export type AgencyRow = {
  id: string;
  handle: string;
  name: string;
  country: string | null;
  mandate: string;
  langs: Generated<string[]>;
  zone: string;
  hints: Generated<boolean>;
  created_at: Generated<Date>;
} & WorkingWeek;

export type PersonRow = {
  id: string;
  agency_id: string;
  name: string;
  email: string | null;
  phone: string | null;
  lang: Generated<string>;
  zone: string;
  work_from: Generated<string>;
  work_to: Generated<string>;
  current_body: string | null;
  digest_at: Generated<string>;
  digest_days: Generated<number[]>;
  active: Generated<boolean>;
  created_at: Generated<Date>;
};

export type EnrolmentRow = {
  id: string;
  body_id: Generated<string>;
  agency_id: string;
  role: Role;
  code_hash: string | null;
  name: string | null;
  issued_by: string | null;
  expires_at: Date;
  confirmed_at_issue: Generated<boolean>;
  platform: Platform | null;
  tenant: string | null;
  user_id: string | null;
  display_name: string | null;
  state: EnrolmentState;
  asked_at: Date | null;
  decided_by: string | null;
  decided_at: Date | null;
  second: Generated<boolean>;
};

/** A conversation bound to an agency, and what its platform says of who reads it (src/conversations). */
export type PlaceRow = {
  id: Generated<string>;
  platform: Platform;
  tenant: string;
  conversation: string;
  body_id: Generated<string>;
  agency_id: string | null;
  ref: ColumnType<ConversationRef, string, string | RawBuilder<unknown>>;
  audience: Generated<"members" | "outsiders" | "unknown">;
  audience_reason: string | null;
  audience_scope: string | null;
  answered_at: Date | null;
  stale: Generated<boolean>;
  drawn_low: Generated<boolean>;
  lowered: Generated<boolean>;
  told: Generated<string>;
  ask_at: Generated<Date>;
  ask_lease: Date | null;
  ask_attempts: Generated<number>;
  changes: Generated<number>;
};

export type OutboxRow = {
  id: string;
  body_id: Generated<string>;
  notice: string;
  params: Json<Record<string, unknown>>;
  person_id: string | null;
  place: NullableJson<ConversationRef>;
  card_id: string | null;
  thread_of: string | null;
  on_behalf_of: string | null;
  dedupe: string | null;
  priority: Generated<number>;
  state: Generated<"pending" | "sending" | "sent" | "nothing" | "failed" | "dropped">;
  attempts: Generated<number>;
  due_at: Date;
  failing_since: Date | null;
  lease_until: Date | null;
  slotted: Generated<boolean>;
  /** Accounts given up on, as `platform tenant user reason`. */
  tried: ColumnType<string[], string | undefined, string>;
  reason: string | null;
  sent_at: Date | null;
  acknowledged_at: Date | null;
  message: string | null;
  ref: NullableJson<MessageRef>;
  created_at: Generated<Date>;
};

export type CardRow = {
  id: string;
  body_id: Generated<string>;
  notice: string;
  params: Json<Record<string, unknown>>;
  item_kind: string;
  item_id: string;
  /** A second item that it shows something of. */
  follows_id: string | null;
  person_id: string | null;
  ref: Json<MessageRef>;
  platform: Platform;
  tenant: string;
  conversation: string;
  message: string;
  /** Hash of what it shows: a refresh that would show the same is not sent. */
  shown: string;
  created_at: Generated<Date>;
};

export type EventRow = {
  id: Generated<number>;
  body_id: Generated<string | null>;
  at: Date;
  actor_id: string | null;
  action: string;
  item_kind: string | null;
  item_id: string | null;
  item_ref: string | null;
  code: string | null;
  detail: ColumnType<Record<string, unknown>, string | undefined, never>;
  words: string | null;
  commitment: string | null;
  salt: string | null;
  txid: ColumnType<string, never, never>;
};

export type SealRow = {
  body_id: Generated<string>;
  n: number;
  version: number;
  event_ids: number[];
  previous: string;
  skip: string | null;
  root: string | null;
  size: number | null;
  hash: string;
  sealed_at: Date;
  horizon: ColumnType<string, RawBuilder<unknown>, never>;
  floor: number;
  cluster: string | null;
  first_id: ColumnType<number, never, never>;
  last_id: ColumnType<number, never, never>;
};

export type ReminderStepRow = {
  id: string;
  body_id: Generated<string>;
  item_kind: string;
  item_id: string;
  step: string;
  audience: string;
  about: Date | null;
  ladder: number;
  due_at: Date;
  fired_at: Date | null;
  held_until: Date | null;
  outcome: string | null;
};

export type TaskRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  title: string;
  detail: string | null;
  label: Label;
  priority: Priority;
  state: Generated<TaskState>;
  requester_id: string;
  requester_agency_id: string;
  entered_by: string | null;
  lead_agency_id: string;
  assignee_id: string | null;
  due_at: Date | null;
  due_zone: string | null;
  original_due_at: Date | null;
  proposed_due_at: Date | null;
  proposed_due_zone: string | null;
  proposed_by: string | null;
  proposed_by_agency: string | null;
  proposed_reason: string | null;
  blocked_reason: string | null;
  evidence: string | null;
  outcome_reason: string | null;
  source_kind: string | null;
  source_id: string | null;
  created_at: Date;
  agreed_at: Date | null;
  done_at: Date | null;
  closed_at: Date | null;
  /** Under which day lists have it: when it is due, or when it ended. */
  listed_at: GeneratedAlways<Date>;
  version: Generated<number>;
  ladder: Generated<number>;
  own_ladder: string | null;
};

export type EnrolmentState = "issued" | "asked" | "active" | "refused";
export type TaskState = "asked" | "agreed" | "done" | "closed" | "declined" | "cancelled";
export type Priority = "life-safety" | "urgent" | "normal" | "low";
