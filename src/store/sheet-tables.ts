import type { Generated } from "kysely";

/** Procedure sheets, as the migration makes them. Days are `YYYY-MM-DD`. */
declare module "./schema.js" {
  interface Schema {
    procedure_sheets: ProcedureSheetRow;
  }
}

export type ProcedureSheetRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  country: string;
  measure: string;
  possible: "yes" | "partly" | "no";
  instead: string | null;
  scope: string | null;
  framework: string | null;
  receives_id: string | null;
  executes: string | null;
  authorises: string | null;
  langs: string[];
  takes: string | null;
  requirements: string | null;
  costs: string | null;
  notes: string | null;
  source: string | null;
  verified_on: string | null;
  verified_by: string | null;
  keeper_id: string;
  /** It is no longer there for anybody. */
  removed: Generated<boolean>;
  created_at: Date;
  version: Generated<number>;
};
