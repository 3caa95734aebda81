import { plain } from "../../time/text.js";
import type { WhenContext } from "../../time/when.js";
import { takeClauses, takeRange, two } from "./clauses.js";
import { parseSchedule, type Schedule, withoutClock } from "./read.js";
import { ADVERBS, AND, any, EVERY, everyIn, LEAD, OR, whole } from "./words.js";

/** What could have been meant by words that no rule says: lines that one would type, each a schedule that can be. */

export type Reading = { when: string; schedule: Schedule };

const MOST = 4;
/** So many words at the end may be what is not understood: every Tuesday in summer. */
const MOST_DROPPED = 4;

const OTHER = new RegExp(`(${EVERY})\\s+(?:${any(({ other }) => other)})\\s+`, "gu");
const UNCLEAR = new RegExp(`^(.*?)(?:${any(({ unclear }) => unclear)})(\\p{L}+)\\s*(.*)$`, "u");
const WEEK_KINDS = new RegExp(`\\s+(?:${any(({ weekKinds }) => weekKinds)})$`, "u");
const PARTS = new RegExp(`${AND}|\\s+(?:${OR})\\s+`, "u");

/** Those that come again, the nearest first; of one meeting whose hour is unclear, that one at each hour. */
export function readingsNear(said: string, ctx: WhenContext): Reading[] {
  const words = plain(said).replace(/[\s()]+/g, " ");
  const clauses = takeClauses(takeRange(words).text);
  const { clock, zoned, rhythm } = withoutClock(clauses.head);
  const zone = zoned.kind === "zone" ? ` ${zoned.zone}` : "";
  const ends = `${clauses.since ? ` from ${clauses.since}` : ""}${clauses.until ? ` until ${clauses.until}` : ""}`;
  const once =
    clock.kind === "ambiguous"
      ? onceAt(
          (clock.times ?? timesOf(clock)).map((time) => `${rhythm} ${time}${zone}`),
          ctx,
        )
      : [];
  if (once.length) return once;
  const every = everyIn(ctx.lang);
  const found = new Map<string, Reading>();
  for (const when of [
    ...timesOf(clock).flatMap((time) => rhythmsNear(rhythm, every).map((one) => `${one} ${time}${zone}${ends}`)),
    // Every Tue 10:00 and Thu 14:00: two meetings.
    ...words.split(PARTS).flatMap((part) => alsoEvery(part, every)),
  ]) {
    const read = parseSchedule(when, ctx);
    if (!read.ok || read.schedule.rule === undefined) continue;
    const { start, rule } = read.schedule;
    if (!found.has(`${start} ${rule}`)) found.set(`${start} ${rule}`, { when, schedule: read.schedule });
  }
  return [...found.values()].slice(0, MOST);
}

/** Friday 3:00 is one Friday, whichever the hour. */
function onceAt(lines: readonly string[], ctx: WhenContext): Reading[] {
  return lines.flatMap((when) => {
    const read = parseSchedule(when, ctx);
    return read.ok && read.schedule.rule === undefined ? [{ when, schedule: read.schedule }] : [];
  });
}

function timesOf(clock: ReturnType<typeof withoutClock>["clock"]): string[] {
  if (clock.kind === "found") return clock.hour === 24 ? [] : [`${two(clock.hour)}:${two(clock.minute)}`];
  // At 5: in the morning or in the afternoon.
  return clock.kind === "ambiguous" ? [...clock.detail.matchAll(/\d{1,2}:\d{2}/g)].map(([time]) => time) : [];
}

const isWeekly = (adverb: string): boolean =>
  ADVERBS.some(([names, freq]) => freq === "WEEKLY" && whole(names).test(adverb));

function rhythmsNear(rhythm: string, every: string): string[] {
  const [, before = "", unit, after = ""] = UNCLEAR.exec(rhythm) ?? [];
  const bare = rhythm.replace(WEEK_KINDS, "");
  const parts = rhythm.split(PARTS);
  const words = rhythm.split(" ");
  return [
    ...(unit === undefined ? [] : [`${before}every 2 ${isWeekly(unit) ? "weeks" : "months"} ${after}`]),
    rhythm,
    `${every} ${withoutLead(rhythm)}`,
    ...(bare === rhythm ? [] : [`every other ${bare.replace(new RegExp(`^${EVERY}\\s+`, "u"), "")}`, bare]),
    rhythm.replace(OTHER, "$1 "),
    ...(parts.length > 1 ? parts.flatMap((part) => alsoEvery(part, every)) : []),
    ...Array.from({ length: Math.min(MOST_DROPPED, words.length - 1) }, (_, n) => words.slice(0, -n - 1).join(" ")),
  ];
}

/** A figure alone is a day of some month, and nobody's series. */
function alsoEvery(part: string, every: string): string[] {
  const bare = withoutLead(part);
  return /^\d/.test(bare) ? [part] : [part, `${every} ${bare}`];
}

const withoutLead = (text: string) => text.replace(new RegExp(`^${LEAD}`, "u"), "");
