import type { Agency, Person } from "../people/model.js";
import type { Label, ShareSubject } from "../policy/index.js";
import type { HandlingCode, OutcomeState, RecipientState, ShareKind, ShareState } from "../store/share-tables.js";

/**
 * Information that one agency shares with others (docs/shares.md). No word of it is here: what it says is opened by
 * `content.ts` alone, at the moment of reading, so that no card, list or log can hold it by mistake.
 */
export type Share = {
  id: string;
  number: number;
  /** `I-31` */
  ref: string;
  /** Spoken: `heron`. */
  codename: string;
  kind: ShareKind;
  label: Label;
  codes: readonly HandlingCode[];
  sourceGrade?: string;
  contentGrade?: string;
  /** Whether the provider may be named when it is passed on. */
  attribution: boolean;
  validUntil?: { at: Date; zone: string };
  /** After so many days recipients are asked what came of it. */
  outcomeDays: number;
  state: ShareState;
  provider: Person;
  providerAgency: Agency;
  reviewer?: Person;
  /** Rises when the conditions are tightened; an acknowledgement of older ones does not hold. */
  conditions: number;
  written: boolean;
  createdAt: Date;
  releasedAt?: Date;
  endedAt?: Date;
  version: number;
  recipients: Recipient[];
  subject: ShareSubject;
};

export type Recipient = {
  id: string;
  agency: Agency;
  person?: Person;
  state: RecipientState;
  suspended: boolean;
  outcome: OutcomeState;
  outcomeDue?: Date;
  receivedAt?: Date;
  scheduleVersion: number;
};

export const SHARE_KINDS = ["a", "b", "c", "d", "e", "f"] as const satisfies readonly ShareKind[];
export const CODES = ["H0", "H1", "H2", "H3"] as const satisfies readonly HandlingCode[];
/** What somebody opens information for; H0 allows none but the first three. */
export const PURPOSES = ["investigation", "prevention", "protection", "assessment"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** What came of it (para 17). `final` ones end the question. */
export const OUTCOMES = [
  "arrest",
  "charge",
  "conviction",
  "seizure",
  "document_fraud",
  "interception",
  "route_disrupted",
  "group_identified",
  "persons_rescued",
  "protection_referral",
  "new_lead",
  "corroborated",
  "alert",
  "formal_request",
  "policy",
  "nothing",
  "inaccurate",
  "duplicate",
  "not_yet",
] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

/** Of these more comes by their nature: a tap asks whether it was the last word. Every other one is, but "not yet". */
export const MORE_FOLLOWS: ReadonlySet<OutcomeKind> = new Set(["charge", "new_lead", "alert", "formal_request"]);

/** Shares that were given out, whether they can still be opened or not. */
export const GIVEN_STATES = ["released", "recalled", "expired"] as const satisfies readonly ShareState[];

/** Whether a place still has to say what came of it: whatever became of the share, if somebody opened it (para 17). */
export const owesOutcome = (
  { state }: Pick<Share, "state">,
  { state: place, outcome }: Pick<Recipient, "state" | "outcome">,
): boolean =>
  outcome !== "final" && (place === "in_use" || (place === "delivered" && state === "released")) && isGiven(state);

const isGiven = (state: ShareState): boolean => (GIVEN_STATES as readonly ShareState[]).includes(state);

export const itemOf = (share: Pick<Share, "id" | "ref">) => ({ kind: "share", id: share.id, ref: share.ref });
export const nameOf = (share: Pick<Share, "ref" | "codename">): string => `${share.ref} ${share.codename}`;
