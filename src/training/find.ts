import type { Context } from "../command/define.js";
import type { Reference } from "../command/references.js";
import { refuse } from "../lib/refusal.js";
import { mayTraining, type TrainingAct } from "../policy/index.js";
import type { Training } from "./model.js";
import { TRAININGS } from "./store.js";

/** Loads what a reference names. Unknown and forbidden answer alike. */
export async function findTraining(c: Context, reference: Reference): Promise<Training> {
  return TRAININGS.find(c, reference);
}

/** @throws Refusal where it is a need or an offer */
export async function findSession(c: Context, reference: Reference): Promise<Training> {
  const item = await findTraining(c, reference);
  if (item.kind !== "session") refuse((t) => t.errors.trainingNoSession({ ref: item.ref }));
  return item;
}

/** @throws Refusal when it is another agency's act */
export function checkTraining(c: Context, act: TrainingAct, item: Training): void {
  if (mayTraining(c.viewer, act, item.subject) === undefined) return;
  refuse((t) => t.errors.trainingAct({ ref: item.ref, agency: item.agency.name }), `party.training.${act}`);
}
