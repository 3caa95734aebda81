import type { Generated } from "kysely";

export type SummaryFormat = "docx" | "xlsx" | "csv" | "json";

/** Activity summaries (docs/reports.md). What is called sealed is encrypted under the body's key. */
declare module "./schema.js" {
  interface Schema {
    summaries: SummaryRow;
    /** @property told sealed JSON */
    published_summaries: { body_id: Generated<string>; summary_id: string; told: string };
    /** @property file sealed bytes */
    published_files: {
      body_id: Generated<string>;
      summary_id: string;
      format: SummaryFormat;
      file: string;
      sha256: string;
    };
    /** @property png sealed bytes */
    pictures: { token_hash: string; body_id: Generated<string>; item_id: string; png: string; expires_at: Date };
    report_keys: {
      id: string;
      token_hash: string;
      body_id: Generated<string>;
      person_id: string;
      made_at: Date;
      expires_at: Date;
      revoked_at: Date | null;
    };
  }
}

export type SummaryRow = {
  id: string;
  body_id: Generated<string>;
  number: number;
  period: string;
  first_day: string;
  last_day: string;
  by: string;
  state: Generated<"making" | "ready" | "publishing" | "failed" | "cancelled" | "published">;
  done: Generated<number>;
  lease_until: Date | null;
  report: string | null;
  notes: string | null;
  recommendations: string | null;
  cut: "agency" | "kind" | null;
  pictures: string | null;
  made_at: Date | null;
  published_at: Date | null;
  published_by: string | null;
  created_at: Date;
  version: Generated<number>;
};
