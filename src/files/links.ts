import { createHash, randomBytes } from "node:crypto";
import { addMinutes } from "date-fns";
import type { SummaryFormat } from "../store/report-tables.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** Addresses that open one thing for one person, once, for a few minutes; the right is checked again when it is opened. */
const MINUTES_OPEN = 5;

/** Some take a file, the others give one. */
const TAKING = ["upload", "import", "plan_import"] as const;
export type FileKind =
  | "minutes"
  | "calendar"
  | "attachment"
  | "plan"
  | (typeof TAKING)[number]
  | `summary.${SummaryFormat}`
  | "report-key";

export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** @returns undefined where nobody said under which address Coord is reached */
export async function fileLink(
  work: UnitOfWork,
  personId: string,
  kind: FileKind,
  itemId: string,
): Promise<{ url: string; minutes: number } | undefined> {
  const site = work.site();
  if (!site) return undefined;
  const token = randomBytes(24).toString("base64url");
  await work.tx
    .insertInto("file_links")
    .values({
      token_hash: hashOf(token),
      person_id: personId,
      kind,
      item_id: itemId,
      expires_at: addMinutes(work.now, MINUTES_OPEN),
    })
    .execute();
  return {
    url: `${site}/${TAKING.some((taking) => taking === kind) ? "upload" : "files"}/${token}`,
    minutes: MINUTES_OPEN,
  };
}
