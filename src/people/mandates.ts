export const MANDATES = [
  "law_enforcement",
  "border",
  "immigration",
  "prosecution",
  "judiciary",
  "labour",
  "social_services",
  "health",
  "foreign_affairs",
  "international_organisation",
  "civil_society",
  "other",
] as const;
export type Mandate = (typeof MANDATES)[number];
