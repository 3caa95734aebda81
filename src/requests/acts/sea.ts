import type { Context } from "../../command/define.js";
import { refuse } from "../../lib/refusal.js";
import { endOf } from "../clocks.js";
import type { CoopRequest } from "../model.js";
import { check, move } from "./moving.js";

/** What is done at sea (Protocol 8). */

/** What a measure at sea rested on (Protocol 8(1), 8(5), 8(7)). */
export const BASES = ["authorised", "danger", "agreement", "stateless", "own_flag", "none"] as const;
export type Basis = (typeof BASES)[number];

export async function recordMeasure(c: Context, one: CoopRequest, what: string, basis: Basis): Promise<CoopRequest> {
  check(c, "measure", one);
  if (one.kind !== "vessel") refuse((t) => t.errors.requestVesselOnly({ ref: one.ref }));
  return move(c, one, "measure", {
    ...{ words: { what }, code: basis, set: ["owes_report"] },
    patch: { report_due_at: endOf("vessel.report", c.work.now) },
  });
}

/** The results, told to the flag State (Protocol 8(3)). */
export function reportResults(c: Context, one: CoopRequest, results: string): Promise<CoopRequest> {
  check(c, "report", one);
  return move(c, one, "report", { words: { results }, clear: ["owes_report"], patch: { report_due_at: null } });
}
