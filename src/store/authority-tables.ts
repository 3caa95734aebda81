import type { Generated } from "kysely";

/** The directory of authorities, as the migration makes it. Days are `YYYY-MM-DD`. */
declare module "./schema.js" {
  interface Schema {
    authorities: AuthorityRow;
    authority_rules: AuthorityRuleRow;
  }
}

export type AuthorityRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  name: string;
  other_names: string[];
  country: string;
  country_name: string | null;
  functions: string[];
  kind: string;
  phone: string | null;
  email: string | null;
  address: string | null;
  /** Sealed. */
  urgent: string | null;
  hours: string | null;
  langs: string[];
  channels: string[];
  requirements: string | null;
  networks: string[];
  source: string | null;
  state: Generated<"active" | "paused" | "closed">;
  replaced_by: string | null;
  verified_on: string | null;
  verified_by: string | null;
  keeper_id: string;
  /** The agency of this body that it is, where it is one. */
  agency_id: string | null;
  plain: string;
  created_at: Date;
  version: Generated<number>;
};

/** A case that an authority takes, for one of its functions; what is null is all the same to it. */
export type AuthorityRuleRow = {
  id: string;
  body_id: Generated<string>;
  authority_id: string;
  function: string;
  stage: "investigation" | "trial" | "after_judgment" | null;
  matter: string | null;
  region: string | null;
  urgent: boolean;
  added_by: string;
  added_at: Date;
};
