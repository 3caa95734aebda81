import { inAny } from "../../i18n/grammar/index.js";
import { takeClock } from "../../time/clock.js";
import { parseDuration, readLength } from "../../time/duration.js";
import { plain } from "../../time/text.js";
import { any, FROM, HOUR_LEFT, MONTH, NUMBER, ONCE, THE_DAY, TO } from "./words.js";

/** The parts of a schedule that stand around its rhythm and its time, each as it was said. */
type ClauseName = "length" | "count" | "span" | "until" | "since" | "except";
export type Clauses = { head: string; twice?: true } & Partial<Record<ClauseName, string>>;

export const LENGTH_LEAD = new RegExp(`(?:\\s*,\\s*|\\s+)(?:(?:${any(({ forLength }) => forLength)})\\s+)?$`, "u");
const FOR = any(({ forSpan }) => forSpan);
const COUNT = new RegExp(
  `(?:\\s*,\\s*|\\s+)(?:(?:${FOR})\\s+)?(?:(${NUMBER}|${Object.keys(ONCE).join("|")})\\s*(?:${any(({ times }) => times)})|(${Object.keys(ONCE).join("|")}))$`,
  "u",
);
const SPAN = new RegExp(
  `(?:\\s*,\\s*|\\s+)(?:${FOR})\\s+((?:${NUMBER}|${any(({ one }) => one)})\\s+(?:${any(({ units }) => `${units.week}|${units.month}|${units.year}`)}))$`,
  "u",
);
const clause = (lead: string, greedy: "" | "?" = "") =>
  new RegExp(`^(.*${greedy}\\S)(?:\\s*,\\s*|\\s+)(?:${lead})\\s*(?<!\\p{L})(\\S.*)$`, "u");
const UNTIL = clause(any(({ until }) => until));
const SINCE = clause(any(({ since }) => since));
// The first of them: whatever it is that is left out stands behind it.
export const EXCEPT = clause(
  any(({ except }) => except),
  "?",
);

const MONTH_END = `(?:(?:${THE_DAY}) )?(?:\\d{1,2}\\S{0,3} )?${MONTH}(?: \\d{4})?`;
const AT = inAny(({ time }) => time.atFigure);
/** From 1 December to 30 June, de janvier à mars: both ends at once, where each names a month. */
const STRETCH = new RegExp(
  `^(.*\\S)(?:\\s*,\\s*|\\s+)(?:${FROM})\\s+(${MONTH_END})\\s+(?:${TO})\\s+(${MONTH_END}(?: (?:(?:${AT}) )?\\d\\S{0,6})?)$`,
  "u",
);
const LEADS_A_STRETCH = new RegExp(`^(?:${FROM})\\s`, "u");

const MOST_CLAUSES = 7;

/** Takes what stands at the end, as often as something does: for 60 min, 6 times, until 30 June, except in August. */
export function takeClauses(text: string): Clauses {
  const found: Clauses = { head: text };
  for (let i = 0; i < MOST_CLAUSES; i++) {
    const count = COUNT.exec(found.head);
    const span = SPAN.exec(found.head);
    const length = count || span ? undefined : takeLength(found.head);
    if (count) put(found, "count", count[1] ?? count[2] ?? "", found.head.slice(0, count.index));
    else if (span) put(found, "span", span[1] ?? "", found.head.slice(0, span.index));
    else if (length) put(found, "length", length.length, length.head);
    else if (!takeEnd(found)) break;
  }
  return found;
}

/** Whichever of them stands last. */
function takeEnd(found: Clauses): boolean {
  const stretch = STRETCH.exec(found.head);
  // Of what is left out another clause says so first.
  if (stretch && !EXCEPT.test(found.head)) {
    put(found, "until", stretch[3] ?? "", stretch[1] ?? "");
    put(found, "since", stretch[2] ?? "", found.head);
    return true;
  }
  const since = SINCE.exec(found.head);
  const ends = [
    { name: "until" as const, match: UNTIL.exec(found.head) },
    { name: "since" as const, match: since && isDateWords(since[2] ?? "") ? since : null },
    { name: "except" as const, match: EXCEPT.exec(found.head) },
  ].sort((a, b) => (b.match?.[1]?.length ?? -1) - (a.match?.[1]?.length ?? -1));
  // Except from 20 December to 5 January: those are no ends of the series.
  const last = ends.find(({ name, match }) => name === "except" && LEADS_A_STRETCH.test(match?.[2] ?? "")) ?? ends[0];
  if (!last?.match) return false;
  put(found, last.name, last.match[2] ?? "", last.match[1] ?? "");
  return true;
}

function put(found: Clauses, name: ClauseName, said: string, head: string): void {
  if (found[name] !== undefined) found.twice = true;
  found[name] = said;
  found.head = head.trim();
  if (name !== "until" && name !== "since" && name !== "except") return;
  // Every Tue from 1 December at 10:00: the time is the series', wherever it stands.
  const clock = takeClock(said);
  if (clock.kind !== "found" || clock.hour === 24 || takeClock(found.head).kind !== "none") return;
  found[name] = clock.rest.replace(HOUR_LEFT, "").trim();
  found.head = `${found.head} ${two(clock.hour)}:${two(clock.minute)}`;
}

export const two = (n: number) => String(n).padStart(2, "0");

/** From 10:00 tells a time, from 1 December a day. */
const isDateWords = (text: string) => /\p{L}{3}|\d[/.-]\d/u.test(text) && !/^\d{1,2}(?::|h)/.test(text);

/** A length of hours or minutes at the end, with its unit: `for 60 min`, `1h30`; never the only time that is told. */
export function takeLength(text: string): { head: string; length: string } | undefined {
  const words = [...text.matchAll(/\S+/g)];
  for (let n = Math.min(6, words.length - 1); n >= 1; n--) {
    const start = words.at(-n)?.index ?? 0;
    const said = text.slice(start).toLowerCase();
    // 1, 2 h: a comma within ends a clause.
    if (/,/.test(said) || !isLengthOfTime(said)) continue;
    const before = text.slice(0, start);
    const lead = LENGTH_LEAD.exec(before.toLowerCase())?.[0] ?? "";
    const head = before.slice(0, before.length - lead.length).trimEnd();
    const led = /\p{L}/u.test(lead);
    // Mardi 10h: an hour of the clock, as long as no other is told.
    if (!led && takeClock(plain(head)).kind === "none") continue;
    return { head, length: text.slice(start) };
  }
  return undefined;
}

function isLengthOfTime(text: string): boolean {
  const length = readLength(text);
  return length !== undefined && parseDuration(text) !== undefined && !length.weeks && !length.months;
}

const MOMENT = "(\\d{1,2}(?::\\d{2}|\\s?h(?:\\s?\\d{2})?))";
/** 10:00-11:30, de 10h à 11h30, from 10:00 to 11:00, between 10:00 and 11:00: the second is the end. */
const RANGES = [
  `(?:(?:${any(({ hours }) => hours.from)})\\s+)?(?<![\\d:.])${MOMENT}\\s*(?:-|${any(({ hours }) => hours.to)})\\s*${MOMENT}(?![\\d:])`,
  `(?:${any(({ between }) => between)})\\s+${MOMENT}\\s+(?:${any(({ and }) => and)})\\s+${MOMENT}(?![\\d:])`,
].map((source) => new RegExp(source, "u"));

export function takeRange(text: string): { text: string; minutes?: number } {
  for (const range of RANGES) {
    const match = range.exec(text);
    const [from, to] = [match?.[1], match?.[2]].map((one) => (one === undefined ? undefined : takeClock(one)));
    if (!match || from?.kind !== "found" || to?.kind !== "found") continue;
    const minutes = (to.hour - from.hour) * 60 + to.minute - from.minute;
    // 10:00-03:00 is a time west of Greenwich, or over midnight: not ours to say.
    if (minutes <= 0) continue;
    const rest = `${text.slice(0, match.index)} ${match[1]} ${text.slice(match.index + match[0].length)}`;
    return { text: rest.replace(/\s+/g, " ").trim(), minutes };
  }
  return { text };
}

/** 10h 30 min may be half past ten, or half an hour from ten on. */
export const HALF_PAST = new RegExp(`(?:^|\\s)\\d{1,2} ?h ?[0-5]?\\d ?(?:${inAny(({ time }) => time.units.minutes)})$`);
