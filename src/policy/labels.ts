/** Traffic Light Protocol 2.0 (FIRST, August 2022), from open to closed. */
export const LABELS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const;
export type Label = (typeof LABELS)[number];

const strictness = (label: Label): number => LABELS.indexOf(label);

/** Whether `label` may be shown where the ceiling is `ceiling`. */
export const within = (label: Label, ceiling: Label): boolean => strictness(label) <= strictness(ceiling);

/** The stricter of the labels given: an item is at least as strict as what it links to (docs/access.md, Labels). */
export const strictest = (first: Label, ...more: Label[]): Label =>
  more.reduce((a, b) => (strictness(b) > strictness(a) ? b : a), first);

/** Restricted words are encrypted at rest and never indexed in the clear. */
export const isRestricted = (label: Label): boolean => strictness(label) >= strictness("AMBER");

/** What people type: `amber strict`, `tlp:red`, `Green`. */
export function parseLabel(text: string): Label | undefined {
  const bare = text
    .trim()
    .toUpperCase()
    .replace(/^TLP[:\s]*/, "")
    .replace(/[\s_-]+/g, "+");
  return LABELS.find((label) => label === bare);
}
