import type { Role } from "./roles.js";

/** Who asks: the person's id, agency and roles in the body at hand. */
export type Viewer = {
  /** Empty: nobody in particular, as in a channel or where the secretariat acts for an agency. */
  id: string;
  agencyId: string;
  roles: readonly Role[];
  /** Whose deputy: their rights pass for the time, those to RED never do (docs/access.md, Deputies). */
  standsInFor?: readonly { id: string; roles: readonly Role[] }[];
  /** Their agency has no focal point and they speak for it: its staff, or where it has none its observers. */
  speaks?: boolean;
  /** On the duty roster of their agency at this moment. It passes to nobody. */
  onDuty?: boolean;
  /** The secretariat acting for an agency sees what the agency would, up to GREEN, and what it entered. */
  onBehalf?: true;
};

/**
 * Belonging to an agency shows what it takes part in to who works for it in this body. An admin looks after the installation, a
 * rapporteur after figures (docs/access.md, Roles); a colleague without a role works in another body alone.
 */
export const worksHere = (viewer: Viewer): boolean =>
  viewer.roles.some((role) => role !== "admin" && role !== "rapporteur");

export const stands = (viewer: Viewer) => viewer.standsInFor ?? [];

/** A role of one's own, or a focal point's while standing in for one. */
export const has = (viewer: Viewer, role: Role): boolean =>
  viewer.roles.includes(role) || (role === "focal_point" && stands(viewer).some(({ roles }) => roles.includes(role)));

/** Who speaks for an agency: the first of these that anybody there is. */
export const SPEAKING = ["focal_point", "staff", "observer"] as const satisfies readonly Role[];
export type Speaking = (typeof SPEAKING)[number];

/**
 * Decides what is asked of the agency: its focal point, or whoever speaks for it where it has none. It gives no sight:
 * what focal points alone may see nobody else does.
 */
export const decidesFor = (viewer: Viewer): boolean => has(viewer, "focal_point") || viewer.speaks === true;
