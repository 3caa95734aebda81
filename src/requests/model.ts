import type { Authority } from "../authorities/model.js";
import type { Agency, Person } from "../people/model.js";
import type { Label, RequestAct, RequestSubject } from "../policy/index.js";
import type { RequestDates, RequestFlag, RequestKind, RequestState, RequestUrgency } from "../store/request-tables.js";
import type { Clock } from "./clocks.js";
import type { Content } from "./fields.js";
import { KINDS } from "./kinds.js";

/**
 * A request for cooperation to an authority of another State (CTOC/COP/WG.7/2012/3 paras 6 to 12). Asking and being asked
 * are two views of the same; where the authority is not on Coord, the asking side records what it does.
 */
export type CoopRequest = {
  id: string;
  number: number;
  /** `R-4417` */
  ref: string;
  kind: RequestKind;
  state: RequestState;
  flags: readonly RequestFlag[];
  label: Label;
  urgency: RequestUrgency;
  subjectLine: string;
  content: Content;
  from: Agency;
  drafter: Person;
  /** Absent: not on Coord. */
  to?: Agency;
  /** Of the directory, where it was addressed so or the agency stands there. */
  authority?: Authority;
  approver?: Person;
  executor?: Person;
  /** Of RED: who is named for it, of both sides. */
  officers: readonly Person[];
  approvedHash?: string;
  createdAt: Date;
  sentAt?: Date;
  receivedAt?: Date;
  decidedAt?: Date;
  answeredAt?: Date;
  closedAt?: Date;
  clock?: Clock;
  /** Absent while the clock rests. */
  dueAt?: Date;
  originalDueAt?: Date;
  /** Of a clock that rests: what is left, in milliseconds. */
  leftMs?: number;
  postponedUntil?: Date;
  paperDueAt?: Date;
  reportDueAt?: Date;
  /** Days that clocks run from or to (src/requests/dates.ts); ISO 8601. */
  dates: RequestDates;
  /** The reference of the request that this one follows. */
  follows?: string;
  /** Of what runs in several States, one request to each: the first of them, by its id, and the others. */
  operation: string;
  others: readonly Beside[];
  stopped?: { at: Date; why: StopCode };
  /** What its answer began goes on until then. */
  goesOnUntil?: Date;
  version: number;
  scheduleVersion: number;
  subject: RequestSubject;
};

/** Nobody but the officers named may see it, and nothing of it leaves a dialog (UNTOC 24(2)(a)). */
export const isRed = ({ label }: Pick<CoopRequest, "label">): boolean => label === "RED";

/** Another request of the same operation. @property called who is asked @property refused they said no, closed or not */
export type Beside = {
  id: string;
  ref: string;
  state: RequestState;
  stopped: boolean;
  refused: boolean;
  called: string;
};

/** Why an operation is stopped. */
export const STOP_CODES = ["person", "unsafe", "refused", "order", "review"] as const;
export type StopCode = (typeof STOP_CODES)[number];

export const REQUEST = "request";
/** What an address opens or takes that is about a file of a request. */
export const ATTACHMENT = "request_attachment";
/** What an address takes that is the text of a field. */
export const TEXT_FILE = "request_text";

/** In the record, where an authority is asked that is not on Coord; no agency's handle. */
export const OFF_COORD = "-off-coord";

export const itemOf = ({ id, ref }: Pick<CoopRequest, "id" | "ref">) => ({ kind: REQUEST, id, ref });

const OVER: readonly RequestState[] = ["closed", "withdrawn"];
export const isOpen = ({ state }: Pick<CoopRequest, "state">): boolean => !OVER.includes(state);

/** It is out and not answered: somebody there has still to do something. */
export const UNDER_WAY: readonly RequestState[] = ["sent", "received", "agreed"];
/** Its time is over and the side that is asked has not done what it is for. */
export const isLate = ({ state, dueAt }: Pick<CoopRequest, "state" | "dueAt">, now: Date): boolean =>
  UNDER_WAY.includes(state) && dueAt !== undefined && dueAt < now;

/**
 * No morning is waited for: life is at stake, a vessel is on its way, or it went before its paper, until somebody there has
 * it or, where the paper is owed within hours, until it is there.
 */
export const isAtOnce = ({ urgency, kind, flags, state }: Hurry): boolean =>
  urgency === "life-safety" ||
  kind === "vessel" ||
  flags.includes("stopped") ||
  // What is let run is looked at every few hours, day and night.
  (kind === "special_technique" && state === "agreed") ||
  (flags.includes("owes_paper") && (state === "sent" || KINDS[kind].sendFirst?.paper !== undefined));

type Hurry = Pick<CoopRequest, "urgency" | "kind" | "flags" | "state">;

/** How the side that is asked is called. */
export const calledTo = ({ to, authority }: Pick<CoopRequest, "to" | "authority">): string =>
  to?.name ?? authority?.name ?? "";

/** What was done with it, by whom and when. `recorded`: by the other side, which is not on Coord. */
export type Done = {
  id: string;
  act: RequestAct;
  at: Date;
  person: Person;
  agency: Agency;
  recorded: boolean;
  words: Words;
  code?: string;
};

/** What was said with an act; absent what was not. */
export type Words = Readonly<Record<string, string>>;
