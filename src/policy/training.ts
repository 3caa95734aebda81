import { decidesFor, has, stands, type Viewer } from "./viewer.js";

/** What the policy needs to know of a need, an offer or a session; it holds no words. */
export type TrainingSubject = { agencyId: string; personId: string };

/**
 * - `see`: everybody who takes part in the body, whatever the agency (docs/plan.md); an admin looks after the
 *   installation
 * - `take`: take up a match, hold a session: whoever works for the agency, and the coordinators
 * - `change`: withdraw, read what was answered: who entered it, the agency's focal point, and the coordinators
 */
export type TrainingAct = "see" | "take" | "change";
export type TrainingRefusal = "hidden" | "party";

/** @returns undefined when the act is allowed */
export function mayTraining(viewer: Viewer, act: TrainingAct, item: TrainingSubject): TrainingRefusal | undefined {
  if (!viewer.roles.some((role) => role !== "admin")) return "hidden";
  const desk = has(viewer, "coordinator");
  const ours = viewer.agencyId === item.agencyId;
  switch (act) {
    case "see":
      return undefined;
    case "take":
      return desk || (ours && (has(viewer, "staff") || has(viewer, "focal_point"))) ? undefined : "party";
    case "change":
      return desk || (ours && (isAuthor(viewer, item) || decidesFor(viewer))) ? undefined : "party";
  }
}

const isAuthor = (viewer: Viewer, { personId }: TrainingSubject): boolean =>
  viewer.id === personId || stands(viewer).some(({ id }) => id === personId);
