import type { Agency, Person } from "../people/model.js";
import type { TrainingSubject } from "../policy/index.js";
import type {
  CountryRole,
  TrainingFormat,
  TrainingKind,
  TrainingState,
  TrainingWhat,
} from "../store/training-tables.js";

export const TRAINING = "training";

export const TOPICS = [
  "document_examination",
  "interviewing",
  "protection_and_referral",
  "investigation",
  "financial_investigation",
  "international_cooperation",
  "border_management",
  "maritime",
  "data_and_analysis",
  "human_rights",
  "other",
] as const;
export type Topic = (typeof TOPICS)[number];

export const WHATS = ["training", "assistance", "equipment"] as const satisfies readonly TrainingWhat[];
export const COUNTRY_ROLES = ["origin", "transit", "destination", "none"] as const satisfies readonly CountryRole[];
export const FORMATS = ["in_person", "online", "mixed"] as const satisfies readonly TrainingFormat[];
export const OPEN_LABELS = ["GREEN", "CLEAR"] as const;
export type OpenLabel = (typeof OPEN_LABELS)[number];

/** A need, an offer, or a session that agencies hold together. */
export type Training = {
  id: string;
  number: number;
  /** `K-2` */
  ref: string;
  kind: TrainingKind;
  what: TrainingWhat;
  topic: Topic;
  words: string;
  label: OpenLabel;
  state: TrainingState;
  agency: Agency;
  /** Who entered it. */
  personId: string;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  role: CountryRole;
  /** How many it is for. */
  people?: number;
  /** Of a need `until` is by when; an offer stands from the one until the other. */
  from?: Date;
  until?: Date;
  langs: readonly string[];
  format?: TrainingFormat;
  /** Somebody outside the body gives it; absent: the agency itself. */
  provider?: string;
  matchedId?: string;
  /** Of a session. */
  ofId?: string;
  meetingId?: string;
  /** Absent: as many as come. */
  seats?: number;
  followDays: number;
  heldAt?: Date;
  scheduleVersion: number;
  version: number;
  subject: TrainingSubject;
};

export type Enrolment = {
  person: Person;
  /** In line. */
  place: number;
  state: "enrolled" | "waiting" | "left";
};

export const itemOf = ({ id, ref }: Pick<Training, "id" | "ref">) => ({ kind: TRAINING, id, ref });

/** What every event about it says: figures and handles, so that summaries count from events alone. */
export const figuresOf = ({ agency, topic, what, country, role }: Training) => ({
  agency: agency.handle,
  topic,
  what,
  country: country ?? null,
  role,
});
