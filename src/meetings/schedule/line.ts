import { covered } from "../../command/quoted.js";
import { inAny } from "../../i18n/grammar/index.js";
import { plain } from "../../time/text.js";
import type { WhenContext } from "../../time/when.js";
import { HALF_PAST, LENGTH_LEAD, takeLength, takeRange } from "./clauses.js";
import type { ScheduleProblem } from "./found.js";
import { parseSchedule, withoutClock } from "./read.js";
import { AND, alone, any, DAY, EVERY } from "./words.js";

/** Of no script and no meaning: it stands for a letter that was quoted, so that places in the text stay the same. */
const HIDDEN = "\ue0fe";
/** Typed, or the mark that stands for a mention (chat/inbound.ts). */
const HANDLE = "(?:@[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*|\\ue000\\d+\\ue001)";
const EVERYBODY = any(({ everybody }) => everybody);
const WITH = any((words) => words.with);
const WORD = "(?=[\\p{N}_'’-]*\\p{L})[\\p{L}\\p{N}_'’-]+";
/** Somebody who is invited: a handle, everybody, or bare words as agencies are called. */
const PARTY = new RegExp(`^(?:${HANDLE}|${EVERYBODY}|${WORD}(?: ${WORD}){0,3})$`, "iu");
const BETWEEN_PARTIES = new RegExp(AND, "iu");
const LEADS_TO_PARTIES = new RegExp(`(?<=^|\\s)(?:${WITH})\\s+`, "giu");
const WITH_HANDLES = new RegExp(
  `(?<=^|\\s)(?:${WITH})\\s+((?:${HANDLE}|${EVERYBODY})(?:${AND}(?:${HANDLE}|${EVERYBODY}))*)$`,
  "iu",
);
const PLACE = new RegExp(`(?<=\\s)(?:${any(({ at }) => at)})\\s+(?=\\S)`, "giu");

export type MeetingLine = {
  title?: string;
  /** The whole title stood in quotation marks. */
  quoted?: true;
  when?: string;
  minutes?: string;
  with?: string;
  place?: string;
};

const MOST_PLACES = 4;
/** A line longer than this is searched from its end only. */
const MOST_WORDS = 40;

/**
 * `Monthly coordination every first Tue 10:00 60m with all at Room 5` into its raw parts, not judged: a `when` may be
 * one that cannot be (31 Feb, a day without a time), so that it is refused rather than lost in a title.
 *
 * Only the end is cut: a schedule, then in any order who with and where. Without a schedule there the whole is a title.
 * So `Talks with Frontex every Tue 10:00` keeps its Frontex; handles alone (`with @border`) are taken before it too.
 */
export function splitMeeting(line: string, context: WhenContext): MeetingLine {
  const text = line.replace(/\s+/gu, " ").trim();
  const masked = covered(text, undefined, HIDDEN);
  const [found] = [nothing, withThenPlace, placeThenWith, onlyWith, onlyPlace]
    .flatMap((cut) => cut(masked))
    .flatMap((tail) => scheduleAtEnd(masked, tail.end, context).map((schedule) => ({ tail, schedule })))
    // A schedule that can be, else the one that begins first: of `every Tue in Room 5 at 10:00` the time alone would be
    // today. Of two that begin alike the longer, or `à partir du 15 décembre` would be a place.
    .sort(
      (a, b) =>
        Number(a.schedule.doubtful) - Number(b.schedule.doubtful) ||
        a.schedule.start - b.schedule.start ||
        b.tail.end - a.tail.end,
    );
  if (!found) return text === "" ? {} : { title: unquoted(text) };
  const { start, length } = found.schedule;
  const part = ([from, to]: readonly [number, number]) => text.slice(from, to).trim();
  const before = masked.slice(0, start).trimEnd();
  const early = found.tail.parties ? null : WITH_HANDLES.exec(before);
  const said = withoutJoint(text.slice(0, early ? early.index : start));
  const title = unquoted(said);
  const parties = found.tail.parties ? part(found.tail.parties) : early?.[1];
  const whenEnd = length ?? [found.tail.end, found.tail.end];
  return {
    ...(title === "" ? {} : { title }),
    ...(title === said ? {} : { quoted: true as const }),
    when: part([start, length ? leadOf(masked, length[0]) : whenEnd[0]]).replace(/[\s,]+$/, ""),
    ...(length ? { minutes: part(length) } : {}),
    ...(parties === undefined ? {} : { with: parties }),
    ...(found.tail.place ? { place: unquoted(part(found.tail.place)) } : {}),
  };
}

/** Where the schedule ends, and what stands behind it, as places in the text. */
type Tail = { end: number; parties?: readonly [number, number]; place?: readonly [number, number] };

const nothing = (text: string): Tail[] => [{ end: text.length }];

/** No list of those who are invited is longer, and in none is `with` said as often. */
const LONGEST_LIST = 2_000;
const MOST_WITH = 20;

/**
 * The first `with` whose whole rest names somebody. The rest is parted first, and each part read alone: a pattern for
 * all of them would try every way to part them.
 */
function onlyWith(text: string): Tail[] {
  const from = Math.max(0, text.length - LONGEST_LIST);
  for (const match of [...text.slice(from).matchAll(LEADS_TO_PARTIES)].slice(-MOST_WITH)) {
    const end = from + match.index;
    const start = end + match[0].length;
    if (
      start < text.length &&
      text
        .slice(start)
        .split(BETWEEN_PARTIES)
        .every((part) => PARTY.test(part))
    )
      return [{ end, parties: [start, text.length] }];
  }
  return [];
}

/** The dash or comma that joined a title to what follows it. */
function withoutJoint(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s,:;–—-]/u.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).trim();
}

/** Every `at` may lead to the place; beyond some it is a long title. */
function onlyPlace(text: string): Tail[] {
  return [...text.matchAll(PLACE)]
    .map((match): Tail => ({ end: match.index, place: [match.index + match[0].length, text.length] }))
    .filter(({ place }) => !startsAsTime(text.slice(place?.[0])))
    .slice(-MOST_PLACES);
}

/** At 10:00, at noon: a time, and no room. */
const startsAsTime = (text: string) => HOUR_FIRST.test(text);
const HOUR_FIRST = new RegExp(
  `^(?:\\d{1,2}(?:[:.h]|\\s*(?:h|[ap]\\.?m|${inAny(({ time }) => time.oClock)})|$|\\s)|${inAny(({ time }) => `${time.noon}|${time.midnight}`)})`,
  "iu",
);

function withThenPlace(text: string): Tail[] {
  return onlyPlace(text).flatMap(({ end, place }) =>
    onlyWith(text.slice(0, end).trimEnd()).map((tail) => ({ ...tail, place })),
  );
}

function placeThenWith(text: string): Tail[] {
  return onlyWith(text).flatMap(({ end, parties }) =>
    onlyPlace(text.slice(0, end).trimEnd()).map((tail) => ({ ...tail, parties })),
  );
}

/** `doubtful`: it cannot be, or is a mere time of day. */
type AtEnd = { start: number; doubtful: boolean; length?: readonly [number, number] };

/**
 * The longest end that reads as a schedule, be it one that cannot be: of `31 Feb 10:00` the time alone would be another
 * day. What is ambiguous by itself, whatever stands before it (9:00 IST), begins where it would without that.
 */
function scheduleAtEnd(masked: string, end: number, context: WhenContext): AtEnd[] {
  const text = masked.slice(0, end).trimEnd();
  const starts = [...text.matchAll(/\S+/gu)].map(({ index }) => index).slice(-MOST_WORDS);
  for (const start of starts) {
    const said = text.slice(start);
    if (said.includes(HIDDEN) || !/[\p{L}\d]/u.test(said.charAt(0))) continue;
    const reason = reasonOf(said, context);
    if (reason === "not_a_date") continue;
    if ((reason === "no_time" || reason === "negative") && !NAMES_A_DAY.test(plain(said))) continue;
    const last = said.lastIndexOf(" ");
    if (reason === "ambiguous" && reasonOf(`${NO_DATE} ${said}`, context) === "ambiguous")
      if (last < 0 || reasonOf(said.slice(0, last), context) === "not_a_date") continue;
    // Which of the two 10h 30 min is, is not for a cut to decide; and 10:00-11:00 is of one piece.
    const whole = HALF_PAST.test(plain(said)) || takeRange(plain(said)).minutes !== undefined;
    const cut = whole ? undefined : takeLength(said);
    const length = cut ? { length: [start + said.length - cut.length.length, text.length] as const } : {};
    const doubtful = reason !== "none" || withoutClock(plain(cut?.head ?? said)).rhythm === "";
    return [{ start, doubtful, ...length }];
  }
  return [];
}

/** This week, March, last year end many a title, and a meeting needs a day. */
const NAMES_A_DAY = new RegExp(`\\d|${alone(`${DAY}|${EVERY}|${any(({ nearDays }) => nearDays)}`)}`, "u");

/** A word that no language has for a day. */
const NO_DATE = "xyzzy";

function reasonOf(text: string, context: WhenContext): ScheduleProblem | "none" {
  const found = parseSchedule(text, context);
  return found.ok ? "none" : found.reason;
}

/** Where the words that lead to a length begin: for 60 min. */
function leadOf(text: string, length: number): number {
  const before = text.slice(0, length);
  return length - (LENGTH_LEAD.exec(before.toLowerCase())?.[0] ?? "").length;
}

/** A title that was quoted as a whole is meant without its marks. */
function unquoted(text: string): string {
  const [, inner] = /^(?:"([^"]*)"|“[^”]*”|«[^»]*»)$/u.exec(text) ?? [];
  return (inner ?? text.replace(/^“([^”]*)”$/u, "$1").replace(/^«\s*([^»]*?)\s*»$/u, "$1")).trim();
}
