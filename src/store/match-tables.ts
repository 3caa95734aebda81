import type { Generated } from "kysely";

/** The tables of deconfliction, as the migration makes them. */
declare module "./schema.js" {
  interface Schema {
    match_entries: MatchEntryRow;
    match_imports: MatchImportRow;
    match_hashes: { body_id: Generated<string>; hash: string; loose: Generated<boolean>; entry_id: string };
    match_hits: { id: string; body_id: Generated<string>; entry_id: string; other_id: string; at: Date };
  }
}

export type MatchEntryRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  agency_id: string;
  person_id: string;
  kind: "phone" | "document" | "vessel" | "vehicle" | "account" | "name";
  case_ref: string;
  purpose: string;
  silent: boolean;
  created_at: Date;
  expires_at: Date;
  removed_at: Date | null;
  import_id: string | null;
  ladder: Generated<number>;
};

export type MatchImportRow = {
  id: string;
  body_id: Generated<string>;
  agency_id: string;
  person_id: string;
  digest: string;
  rows: number;
  written: Generated<number>;
  undone: Generated<boolean>;
  begun_at: Date;
  lease_until: Date;
};
