import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { refuse } from "../lib/refusal.js";
import type { Summary, SummaryState } from "./model.js";
import { SUMMARIES } from "./store.js";

/** A summary that a reference names. Unknown and forbidden answer alike. */
export async function findSummary(c: Context, reference: Reference): Promise<Summary> {
  return SUMMARIES.find(c, reference);
}

export function mustBe(summary: Summary, ...states: SummaryState[]): void {
  if (!states.includes(summary.state))
    refuse((t) => t.errors.summaryState({ ref: summary.ref, state: t.reports.state[summary.state] }));
}
