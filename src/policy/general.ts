import type { Role } from "./roles.js";
import type { Viewer } from "./viewer.js";

/**
 * Acts that are not about one item. Whoever holds one of the roles may; `own` limits the act to the person's own agency.
 * No role passes by: `admin` runs the installation and sees no content.
 */
const GENERAL = {
  "task.create": { roles: ["staff", "focal_point", "coordinator"] },
  "task.list": { roles: ["staff", "focal_point", "coordinator", "observer"] },
  "people.see": { roles: ["staff", "focal_point", "coordinator", "rapporteur", "observer", "admin"] },
  "people.add": { roles: ["focal_point"], own: true, orAnywhere: ["coordinator"] },
  "people.remove": { roles: ["focal_point"], own: true, orAnywhere: ["coordinator"] },
  "people.duty": { roles: ["focal_point"], own: true },
  "place.bind": { roles: ["focal_point"], own: true },
  // A body's meetings are its secretariat's; agencies call meetings of their own (docs/meetings.md).
  "meeting.call": { roles: ["focal_point", "coordinator"] },
  "meeting.list": { roles: ["staff", "focal_point", "coordinator", "observer"] },
  "share.create": { roles: ["staff", "focal_point"] },
  "match.use": { roles: ["staff", "focal_point"] },
  // A plan is known to the whole body; its secretariat writes it, and who answers for a figure tells it (docs/plan.md).
  "plan.see": { roles: ["staff", "focal_point", "coordinator", "rapporteur", "observer"] },
  "plan.write": { roles: ["coordinator"] },
  "plan.report": { roles: ["staff", "focal_point"], own: true },
  "share.list": { roles: ["staff", "focal_point", "coordinator", "observer"] },
  // Everybody reads what is needed, offered and held together: it is GREEN at most (docs/plan.md).
  "training.see": { roles: ["staff", "focal_point", "coordinator", "rapporteur", "observer"] },
  "training.write": { roles: ["staff", "focal_point", "coordinator"] },
  // Whom a request goes to is known to everybody who takes part; it is GREEN, an urgent channel AMBER (docs/directory.md).
  "authority.see": { roles: ["staff", "focal_point", "coordinator", "rapporteur", "observer"] },
  "authority.urgent": { roles: ["staff", "focal_point", "coordinator"] },
  "authority.write": { roles: ["focal_point", "coordinator"] },
  // Whoever works on requests; which of them, and which act, is for the request's own rule (docs/requests.md).
  "request.see": { roles: ["staff", "focal_point", "coordinator", "observer"] },
  "request.use": { roles: ["staff", "focal_point", "coordinator"] },
  "request.write": { roles: ["staff", "focal_point"] },
  // When an agency works: its own to say, and the secretariat's until it does.
  "agency.settings": { roles: ["focal_point"], own: true, orAnywhere: ["coordinator"] },
  "agency.add": { roles: ["coordinator"] },
  "agency.rules": { roles: ["focal_point"], own: true },
  "act.for": { roles: ["coordinator"] },
  "body.rules": { roles: ["coordinator"] },
  "delivery.see": { roles: ["focal_point", "coordinator"] },
  // Figures about everything, and the content of nothing.
  "report.make": { roles: ["rapporteur", "coordinator"] },
  "report.read": { roles: ["staff", "focal_point", "coordinator", "rapporteur", "observer"] },
  "report.key": { roles: ["rapporteur"] },
  "own.settings": { roles: ["staff", "focal_point", "coordinator", "rapporteur", "observer", "admin"] },
} as const satisfies Record<string, { roles: readonly Role[]; own?: true; orAnywhere?: readonly Role[] }>;

export type GeneralAct = keyof typeof GENERAL;
export const GENERAL_ACTS = Object.keys(GENERAL) as GeneralAct[];

/** @param agencyId the agency that the act touches, where it touches one */
export function may(viewer: Viewer, act: GeneralAct, agencyId?: string): boolean {
  const rule: { roles: readonly Role[]; own?: true; orAnywhere?: readonly Role[] } = GENERAL[act];
  const holds = (roles: readonly Role[] = []) => roles.some((role) => viewer.roles.includes(role));
  if (holds(rule.orAnywhere)) return true;
  return holds(rule.roles) && (!rule.own || agencyId === undefined || agencyId === viewer.agencyId);
}

/** Which roles one must hold, for the sentence that refuses. */
export const rolesFor = (act: GeneralAct): Role[] => {
  const rule: { roles: readonly Role[]; orAnywhere?: readonly Role[] } = GENERAL[act];
  return [...new Set([...rule.roles, ...(rule.orAnywhere ?? [])])];
};
