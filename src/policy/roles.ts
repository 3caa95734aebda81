export const ROLES = ["staff", "focal_point", "coordinator", "rapporteur", "observer", "admin"] as const;
export type Role = (typeof ROLES)[number];
