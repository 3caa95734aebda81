import type { AuthorityFunction } from "../../authorities/functions.js";
import type { Label } from "../../policy/index.js";
import type { RequestUrgency } from "../../store/request-tables.js";

/**
 * What is asked for in each kind of request: its fields in the order of the treaty, who may answer at once, when it may go
 * first and its paper follow. Each field says where it comes from and whether that was read; one without a source is
 * Coord's own. (UNTOC: A/RES/55/25 annex I; Protocol: its annex III.)
 */
export type Required =
  | "always"
  /** Filled, or said not to be known. */
  | "if_known"
  | "no"
  /** Another field holds something. */
  | { filled: string }
  /** One of these fields holds one of these. */
  | { oneOf: { field: readonly string[]; in: readonly string[] } }
  /** Not where a field holds nothing but these. */
  | { unlessOnly: { field: string; in: readonly string[] } }
  /** A chosen type of assistance needs it. */
  | { assistance: string };

export type FieldType =
  | "text"
  | "longtext"
  | "choice"
  | "choices"
  | "yesno"
  | "number"
  | "date"
  | "moment"
  | "language";

export type FieldRow = {
  id: string;
  type: FieldType;
  /** The dialog in which it is asked. */
  step: Step;
  required: Required;
  source?: string;
  confirmed?: boolean;
  options?: readonly string[];
  /** Characters; as many as one field of a platform takes where absent. */
  max?: number;
  /** Less is said to be unusual. */
  warnBelow?: number;
  /** Said so, or above so much, the request cannot go on: nobody may agree to it. */
  blocks?: { is: string } | { above: number };
};

/** 1: who and on what basis; 2: the case; 3: the assistance; 4: advice, people and safety. */
export const STEPS = [1, 2, 3, 4] as const;
export type Step = (typeof STEPS)[number];

/** It may be sent first and its paper follow. */
export type SendFirst = {
  /** Where it is so urgent; */
  urgency?: readonly RequestUrgency[];
  /** or where one of these is chosen. */
  chosen?: { field: string; in: readonly string[] };
  /** What it must say at least. */
  minimum: readonly string[];
  /** Until when the paper is owed, by that clock from sending; absent: until the end of one that begins later. */
  paper?: string;
  /** Never by its drafter alone. */
  secondPair?: true;
};

export type KindRow = {
  /** What the authority that is asked must be competent for; what people call that names the kind. */
  function: AuthorityFunction;
  /** It goes out as a document of the authority; the others are between services. */
  formal: boolean;
  /** Approved by another than its drafter. */
  fourEyes: boolean;
  /** After so many working days without a word what was answered is taken for enough. */
  silenceDays?: number;
  /** It may be answered without a decision first. */
  straightAnswer?: true;
  /** The decision is the answer. */
  agreeIsAnswer?: true;
  /**
   * Whether a refusal needs to be consulted about first; which ground does is said there. `appropriate`: or it is said why
   * that was left out (UNTOC 16(16)).
   */
  consultation: "required" | "appropriate" | "none";
  sendFirst?: SendFirst;
  /** It is never marked as less. */
  leastLabel?: Label;
  /** What its answer begins lasts: a team, a channel, a permission. Nobody's turn it is until that ends. */
  lasts?: true;
  /** It is stopped by whoever knows of it, for the safety of people (src/requests/acts/stopping.ts). */
  stoppable?: true;
  fields: readonly FieldRow[];
};
