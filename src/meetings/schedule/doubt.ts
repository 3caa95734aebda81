import { covered } from "../../command/quoted.js";
import type { WhenContext } from "../../time/when.js";
import { type Reading, readingsNear } from "./near.js";
import { parseSchedule, type Schedule } from "./read.js";
import {
  ADVERB,
  ADVERBS,
  AND,
  alone,
  any,
  DAY,
  DAYS,
  EVERY,
  everyIn,
  LEAD,
  MONTH,
  NTH,
  NUMBER,
  ONCE,
  OR,
  ORDINAL,
  UNIT,
  WEEKEND,
  WORKING_DAY,
  whole,
} from "./words.js";

/**
 * Words of rhythm, of an end or of an exception that would stay in a title (or a place) and so count for nothing:
 * `Sync every weekday except | Friday 9:00`. They are asked about. In quotation marks they are a title's own.
 */

/** No letter: what was quoted. */
const HIDDEN = "\ue0fe";
const TIMES = any(({ times }) => times);
const OTHER = any(({ other, alternate }) => `${other}|${alternate}`);
const EXCEPT = any(({ except }) => except);
const ENDS = any(({ until, since }) => `${until}|${since}`);
const HOLIDAYS = any(({ holidays }) => holidays);
const WHEN = `(?:${DAY}|${MONTH}|\\d{1,4}|${WEEKEND}|${WORKING_DAY}|${HOLIDAYS})`;
const PLURALS = DAYS.flatMap((names) => names.match(/\p{L}+s(?=\?)/gu) ?? []);

/** Wherever they stand. */
const ANYWHERE = [
  `${EVERY}\\s+(?:${ORDINAL}|${NUMBER}|${OTHER}|${DAY}|${UNIT}|${WORKING_DAY}|${WEEKEND}|${MONTH})`,
  `(?:${OTHER})\\s+(?:${PLURALS.join("|")}|${any(({ alternating }) => alternating)})`,
  `${PLURALS.join("|")}|${any(({ onlyWorkingDays }) => onlyWorkingDays)}`,
  `(?:${NTH})\\s+${DAY}`,
  `(?:${EXCEPT})\\s+(?:(?:${any(({ exceptLead }) => exceptLead)})\\s+)?${LEAD}(?:${ORDINAL}|${WHEN})`,
  `(?:${ENDS})\\s*${LEAD}${WHEN}`,
  `(?:${NUMBER})\\s+(?:${TIMES})|(?:${Object.keys(ONCE).join("|")})\\s+(?:${any(({ per }) => per)})\\s+(?:${UNIT})`,
  `${DAY} (?:${any(({ outOf }) => outOf.of)})(?:${NUMBER})`,
].map((source) => new RegExp(alone(source), "u"));
const ADVERBIAL = new RegExp(alone(`(?:${any(({ twice }) => twice)})?(?:${ADVERB})`), "u");
/** Before the very words that were taken: no title ends so, but with the name of a day. */
const CALENDAR = `${EVERY}|${NTH}|${OTHER}|${EXCEPT}|${ENDS}|${DAY}|${MONTH}|${WORKING_DAY}|${UNIT}|\\d{1,2}`;
const BREAKS_OFF = `${any(({ and }) => and)}|${OR}|${EVERY}|${NTH}|${OTHER}|${EXCEPT}|${ENDS}|${any(({ of }) => of)}`;
const DANGLING = new RegExp(
  `(?<!${"[\\p{L}\\p{N}]"})((?:(?:${CALENDAR})(?:${AND}|\\s+(?:(?:${any(({ article, of }) => `${article}|${of}`)})\\s+)*))*)(?:(?<broken>(?:${BREAKS_OFF})(?:\\s+(?:${any(({ article }) => article)}))*|[&+/])|${DAY})$`,
  "u",
);

export type Doubt = {
  /** The words, as they stand. */
  said: string;
  /** The text without them, where they are no part of it. */
  before?: string;
  readings: Reading[];
  /** They may be a title's own: nothing is broken off. */
  asTyped: boolean;
};

/** @param when the schedule that was taken, which stands behind the title */
export function doubtIn(title: string, when: string, ctx: WhenContext): Doubt | undefined {
  const read = parseSchedule(when, ctx);
  if (!read.ok) return undefined;
  const text = lowered(title);
  const start = startIn(text, read.schedule);
  if (start === undefined) return undefined;
  const said = title.slice(start).trim();
  // Weekly coordination: the adverb goes before the day, and the title stays whole.
  const adverb = ADVERBIAL.exec(text)?.[0];
  const dangling = DANGLING.exec(text);
  const readings: Reading[] = [];
  const offer = (more: readonly Reading[]) =>
    readings.push(...more.filter((one) => !readings.some((other) => same(one, other))));
  // An end that stands before: until 30 June every Tue 10:00.
  offer(readingOf(`${when} ${said}`, ctx));
  if (readings.length === 0) offer(readingOf(`${everyIn(ctx.lang)} ${when} ${said}`, ctx));
  const cut = readings.length > 0 || dangling?.index === start;
  if (adverb !== undefined) offer(readingsNear(`${adverb} ${when}`, ctx));
  offer(readingsNear(`${said} ${when}`, ctx));
  return {
    said: adverb === undefined ? said : adverb,
    ...(cut ? { before: title.slice(0, start).replace(LOOSE_END, "") } : {}),
    readings,
    asTyped: dangling?.groups?.broken === undefined,
  };
}

const LOOSE_END = new RegExp(`(?:[\\s,:;–—-]|\\s(?:${any(({ article }) => article)}))+$`, "u");

function readingOf(when: string, ctx: WhenContext): Reading[] {
  const read = parseSchedule(when, ctx);
  return read.ok && read.schedule.rule !== undefined ? [{ when, schedule: read.schedule }] : [];
}

function startIn(text: string, schedule: Schedule): number | undefined {
  const found = ANYWHERE.flatMap((pattern) => pattern.exec(text)?.index ?? []);
  const dangling = DANGLING.exec(text);
  if (dangling) found.push(dangling.index);
  const adverb = ADVERBIAL.exec(text);
  if (adverb && !agrees(adverb[0], schedule)) found.push(adverb.index);
  return found.length ? Math.min(...found) : undefined;
}

/** Monthly coordination every first Tue: the title says no more than the rule. Once a year is seldom called as a series. */
function agrees(adverb: string, { rule }: Schedule): boolean {
  const [, freq, interval] = ADVERBS.find(([names]) => whole(names).test(adverb)) ?? [];
  if (freq === "YEARLY") return true;
  if (rule === undefined || freq === undefined) return false;
  const own = Number(/INTERVAL=(\d+)/.exec(rule)?.[1] ?? 1);
  const days = /BYDAY=([^;]*)/.exec(rule)?.[1]?.split(",").length ?? 0;
  if (freq === "DAILY") return rule.includes("FREQ=DAILY") || (rule.includes("FREQ=WEEKLY") && own === 1 && days >= 4);
  return rule.includes(`FREQ=${freq}`) && own === interval;
}

const same = (one: Reading, other: Reading) =>
  one.schedule.start === other.schedule.start && one.schedule.rule === other.schedule.rule;

/** Of a place: Room 5 except in August. */
export function doubtInPlace(place: string, when: string, ctx: WhenContext): Doubt | undefined {
  const text = lowered(place);
  const start = Math.min(...ANYWHERE.map((pattern) => pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY));
  if (!Number.isFinite(start)) return undefined;
  const said = place.slice(start).trim();
  const all = [...readingOf(`${when} ${said}`, ctx), ...readingsNear(`${when} ${said}`, ctx)];
  const readings = all.filter((one, i) => all.findIndex((other) => same(one, other)) === i);
  return { said, before: place.slice(0, start).trim(), readings, asTyped: true };
}

/** As the grammar reads it, each letter in its place. */
const lowered = (text: string) =>
  covered(text, undefined, HIDDEN)
    .replace(/[’‘ʼ]/g, "'")
    .replace(/\p{Lu}/gu, (letter) => {
      const small = letter.toLowerCase();
      return small.length === letter.length ? small : letter;
    });
