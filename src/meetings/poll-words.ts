import { inAny } from "../i18n/grammar/index.js";
import { parseMinutes } from "./schedule/index.js";

const PARTY = `(?:@[^\\s,]+|\\uE000\\d+\\uE001|${inAny(({ line }) => line.everybody)})`;
const WITH = new RegExp(
  `(?:^|\\s)(?:${inAny(({ schedule }) => schedule.with)})\\s+(${PARTY}(?:(?:\\s*,\\s*|\\s+(?:${inAny(({ schedule }) => schedule.and)})\\s+|\\s+)${PARTY})*)$`,
  "iu",
);
const FOR_LAST = new RegExp(`\\s+(?:${inAny(({ schedule }) => schedule.forLength)})$`, "iu");
/** `1 h 30 min` has the most. */
const MOST_WORDS = 4;

/** `Joint plan for spring 60m with @police, @iom` into its parts; a poll has no date yet. Only the end is cut. */
export function splitPoll(line: string): { title?: string; minutes?: string; with?: string } {
  let rest = line.trim();
  const found = WITH.exec(rest);
  if (found) rest = rest.slice(0, found.index).trim();
  const words = rest.split(/\s+/);
  for (let count = Math.min(MOST_WORDS, words.length); count > 0; count--) {
    const minutes = words.slice(-count).join(" ");
    if (parseMinutes(minutes) === undefined) continue;
    const title = words.slice(0, -count).join(" ").replace(FOR_LAST, "");
    return { title: title || undefined, minutes, with: found?.[1] };
  }
  return { title: rest || undefined, with: found?.[1] };
}
