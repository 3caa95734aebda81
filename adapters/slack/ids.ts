import { LIMITS } from "./limits.js";

/**
 * An action id carries what Slack would otherwise forget: a menu's prefix after `|`, and `#n` where the same
 * action stands twice in one block (Slack wants ids unique there).
 */
export const actionId = (id: string, prefix: string | undefined, taken: Set<string>): string | undefined => {
  const base = prefix === undefined ? id : `${id}|${prefix}`;
  const plain = /#\d+$/.test(base) ? `${base}#0` : base;
  let unique = plain;
  for (let n = 2; taken.has(unique); n += 1) unique = `${base}#${n}`;
  // A shortened id would be another action: better no button than the wrong one.
  if (id === "" || unique.length > LIMITS.actionId) return undefined;
  taken.add(unique);
  return unique;
};

export const readActionId = (wire: string): { id: string; prefix: string } => {
  const base = wire.replace(/#\d+$/, "");
  const bar = base.indexOf("|");
  return bar < 0 ? { id: base, prefix: "" } : { id: base.slice(0, bar), prefix: base.slice(bar + 1) };
};

/** Buttons of the adapter itself: a link tells of its click though nothing is to be done. */
export const LINK = "slack:link";
/** Opens a form that a message without a trigger could not open. */
export const OPEN = "slack:open";
