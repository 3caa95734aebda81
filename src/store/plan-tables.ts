import type { Generated } from "kysely";

/** The tables of the action plan, as the migration makes them. Days are `YYYY-MM-DD`; decimals are text, exact. */
declare module "./schema.js" {
  interface Schema {
    objectives: {
      id: string;
      body_id: Generated<string>;
      number: number;
      created_at: Date;
      version: Generated<number>;
    };
    objective_versions: ObjectiveVersionRow;
    indicators: { id: string; body_id: Generated<string>; objective_id: string; n: number; ladder: Generated<number> };
    indicator_versions: IndicatorVersionRow;
    plan_progress: ProgressRow;
    plan_obstacles: ObstacleRow;
    plan_links: {
      body_id: Generated<string>;
      objective_id: string;
      /** As `Item.linked` says. */
      kind: string;
      item_id: string;
      by_id: string;
      at: Date;
    };
  }
}

export type Pillar = "prosecution" | "protection" | "prevention" | "cooperation";
export type ObjectiveState = "planned" | "under_way" | "achieved" | "stalled" | "dropped";
export type Frequency = "monthly" | "quarterly" | "half_yearly" | "yearly" | "once";

export type ObjectiveVersionRow = {
  body_id: Generated<string>;
  objective_id: string;
  n: number;
  at: Date;
  by_id: string;
  title: string;
  pillar: Pillar;
  requirement: string | null;
  measure: string | null;
  legal_review: boolean;
  lead_agency_id: string;
  supporting: string[];
  state: ObjectiveState;
  label: "CLEAR" | "GREEN";
  starts_on: string;
  due_on: string;
};

export type IndicatorVersionRow = {
  body_id: Generated<string>;
  indicator_id: string;
  n: number;
  at: Date;
  by_id: string;
  name: string;
  unit: string;
  baseline: string;
  target: string;
  frequency: Frequency;
  source: string;
  agency_id: string;
  first_due: string;
  dropped: boolean;
};

export type ProgressRow = {
  body_id: Generated<string>;
  indicator_id: string;
  n: number;
  at: Date;
  by_id: string;
  agency_id: string;
  value: string;
  period: string;
  evidence: string | null;
  words: string | null;
};

export type ObstacleRow = {
  id: string;
  body_id: Generated<string>;
  objective_id: string;
  n: number;
  words: string;
  by_id: string;
  agency_id: string;
  at: Date;
  resolved_at: Date | null;
  resolved_by: string | null;
};
