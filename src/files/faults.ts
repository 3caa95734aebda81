import type { Messages } from "../i18n/index.js";

/** More faults than these are not read by anybody. */
const MOST_FAULTS = 20;

/** What is wrong with a file, for who sent it: the first faults, and how many more there are. */
export function faultWords<Fault>(t: Messages, faults: readonly Fault[], say: (fault: Fault) => string): string {
  const more = faults.length - MOST_FAULTS;
  return [...faults.slice(0, MOST_FAULTS).map(say), ...(more > 0 ? [t.inbox.more({ count: more })] : [])].join(" ");
}
