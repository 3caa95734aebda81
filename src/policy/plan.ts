import { may } from "./general.js";
import type { Viewer } from "./viewer.js";

/** What the policy needs to know of an objective. Everybody who may see the plan sees all of it. */
export type ObjectiveSubject = { leadAgencyId: string; supportingAgencyIds: readonly string[] };

/** A figure is told by the agency that answers for it. */
export const mayReport = (viewer: Viewer, agencyId: string): boolean => may(viewer, "plan.report", agencyId);

/** An obstacle is raised by those who lead or support. */
export const mayRaise = (viewer: Viewer, { leadAgencyId, supportingAgencyIds }: ObjectiveSubject): boolean =>
  [leadAgencyId, ...supportingAgencyIds].some((agencyId) => may(viewer, "plan.report", agencyId));

/** What feeds an objective is linked, and an obstacle taken away, by them and by who writes the plan. */
export const mayTend = (viewer: Viewer, objective: ObjectiveSubject): boolean =>
  may(viewer, "plan.write") || mayRaise(viewer, objective);

/** What is missing to reach it is said by them, and by the agencies that answer for its figures. */
export const mayNeed = (
  viewer: Viewer,
  objective: ObjectiveSubject & { answeringAgencyIds: readonly string[] },
): boolean =>
  may(viewer, "training.write") &&
  (mayTend(viewer, objective) || objective.answeringAgencyIds.some((agencyId) => mayReport(viewer, agencyId)));
