import { json } from "../store/database.js";
import type { BodyRules } from "../store/schema.js";
import type { UnitOfWork } from "../store/unit-of-work.js";

/** Changes what a body decides for itself; the rest stays. */
export async function setRules(work: UnitOfWork, change: BodyRules): Promise<void> {
  const rules = { ...work.body.rules, ...change };
  await work.tx
    .updateTable("bodies")
    .set({ rules: json(rules) })
    .where("id", "=", work.body.id)
    .execute();
  work.body.rules = rules;
}

/** Whether a second person of the agency looks at what it releases in this body. */
export async function setShareReview(work: UnitOfWork, agencyId: string, on: boolean): Promise<void> {
  await work.tx.updateTable("members").set({ share_review: on }).where("agency_id", "=", agencyId).execute();
}

/** Whether the agency's channel gets its week in this body. */
export async function setWeekly(work: UnitOfWork, agencyId: string, on: boolean): Promise<void> {
  await work.tx.updateTable("members").set({ weekly: on }).where("agency_id", "=", agencyId).execute();
}
