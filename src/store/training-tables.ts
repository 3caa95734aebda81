import type { Generated } from "kysely";

/** The tables of training and of the library, as the migration makes them. */
declare module "./schema.js" {
  interface Schema {
    training_items: TrainingRow;
    training_enrolments: EnrolmentOfTraining;
    training_evaluations: {
      body_id: Generated<string>;
      training_id: string;
      person_id: string;
      /** 1 to 5, as the two after it. */
      usefulness: number;
      relevance: number;
      trainer: number;
      words: string | null;
      at: Date;
    };
    training_followups: {
      body_id: Generated<string>;
      training_id: string;
      agency_id: string;
      answer: "yes" | "partly" | "no";
      words: string | null;
      by: string;
      at: Date;
    };
    resources: ResourceRow;
  }
}

export type TrainingKind = "need" | "offer" | "session";
export type TrainingState = "open" | "matched" | "met" | "withdrawn" | "lapsed";
export type TrainingWhat = "training" | "assistance" | "equipment";
export type CountryRole = "origin" | "transit" | "destination" | "none";
export type TrainingFormat = "in_person" | "online" | "mixed";

export type TrainingRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  kind: TrainingKind;
  what: TrainingWhat;
  topic: string;
  words: string;
  label: "CLEAR" | "GREEN";
  state: Generated<TrainingState>;
  agency_id: string;
  person_id: string;
  country: string | null;
  role: CountryRole;
  people: number | null;
  from_at: Date | null;
  until_at: Date | null;
  langs: string[];
  format: TrainingFormat | null;
  provider: string | null;
  matched_id: string | null;
  of_id: string | null;
  meeting_id: string | null;
  seats: number | null;
  follow_days: Generated<number>;
  held_at: Date | null;
  created_at: Date;
  ladder: Generated<number>;
  version: Generated<number>;
};

type EnrolmentOfTraining = {
  body_id: Generated<string>;
  training_id: string;
  person_id: string;
  agency_id: string;
  place: number;
  state: "enrolled" | "waiting" | "left";
  by: string;
  at: Date;
};

export type ResourceRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  title: string;
  kind: string;
  topics: string[];
  langs: string[];
  url: string;
  publisher: string;
  year: number | null;
  label: "CLEAR" | "GREEN";
  agency_id: string;
  person_id: string;
  added_at: Date;
  removed_at: Date | null;
};
