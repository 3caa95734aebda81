import { spoken } from "./language.js";

/** A time of day found in a text, and the text without it. Hour 24 is the end of the day. */
export type Clock =
  | { kind: "none" }
  | { kind: "found"; hour: number; minute: number; second?: number; rest: string }
  | { kind: "impossible"; detail: string; rest: string }
  /** `times`: those that may be meant, as one would write them. */
  | { kind: "ambiguous"; detail: string; times?: readonly string[]; rest: string };

const AT = `(?:(?:${spoken("at")}|,)\\s*)?`;
const MERIDIEM = "\\s*([ap])\\.?m\\.?(?![\\p{L}])";

/**
 * Each shape names its groups h, m, s and p (a or p).
 * 17:00, 17:00:30, 5:30 pm, 2026-12-01T08:00 · 17h, 17 h 30, 17 heures · 5pm, 5.30 pm · 5 o'clock · at 17.
 */
const SHAPES: readonly RegExp[] = [
  `(?:(?<=\\d)t|${AT})(?<![\\d:.])(?<h>\\d{1,2}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:\\.\\d{1,6})?)?(?![\\d:])(?:\\s*(?:${spoken("hours")})(?![\\p{L}]))?(?:\\s*(?<p>[ap])\\.?m\\.?(?![\\p{L}]))?`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})\\s*(?:${spoken("hours")})(?![\\p{L}])(?:\\s*(?<m>\\d{2})(?!\\d))?`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})h(?<m>\\d{2})(?!\\d)`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})(?:\\.(?<m>\\d{2}))?${MERIDIEM.replace("([ap])", "(?<p>[ap])")}`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})\\s*(?:${spoken("oClock")})`,
  `(?:${spoken("atFigure")})\\s+(?<h>\\d{1,2})(?:\\.(?<m>\\d{2}))?(?![\\d./:-]|\\s*(?:${spoken("figure")})\\b)`,
  // 1700 today: as a figure of its own it is a year, or any number.
  `${AT}(?<![\\d:.,/-])(?<h>[01]\\d|2[0-3])(?<m>[0-5]\\d)(?:\\s*(?:${spoken("hours")})(?![\\p{L}])|(?![\\d:./-]|\\p{L}))`,
  // 17.30: what could be a date as well was taken before.
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})\\.(?<m>\\d{2})(?![\\d.])`,
].map((source) => new RegExp(source, "giu"));

/** Noon is 12:00. Midnight is the end of the day it is said with: by Friday midnight leaves the whole of Friday. */
const NAMED: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`${AT}(?<![\\p{L}-])(?:${spoken("noon")})(?![\\p{L}])`, "iu"), 12],
  [new RegExp(`${AT}(?<![\\p{L}])(?:${spoken("midnight")})(?![\\p{L}])`, "iu"), 24],
];

/** Below this, an hour in one figure and without am or pm may be meant for the morning or the afternoon. */
const FIRST_CLEAR_HOUR = 7;
/** Where in SHAPES an hour stands that may be a length as well, 1 h; and four figures that may be a year. */
const HOURS = 1;
const FOUR_FIGURES = 6;

type Spot = { index: number; length: number; hour: number; minute: number; second: number; detail?: string };

export function takeClock(text: string): Clock {
  const found: Spot[] = [];
  let unclear: { detail: string; times: string[] } | undefined;
  for (const [pattern, hour] of NAMED) {
    const match = pattern.exec(text);
    if (match) found.push({ index: match.index, length: match[0].length, hour, minute: 0, second: 0 });
  }
  for (const [shape, pattern] of SHAPES.entries()) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (found.some((other) => start < other.index + other.length && other.index < end)) continue;
      if (shape === FOUR_FIGURES && isMereFigure(match[0], text)) continue;
      const { h = "", m, s, p } = match.groups ?? {};
      const time = { hour: Number(h), minute: Number(m ?? 0), second: Number(s ?? 0) };
      const early = p === undefined && h.length === 1 && time.hour > 0 && time.hour < FIRST_CLEAR_HOUR;
      if (early) {
        const minutes = m ?? "00";
        const isLength = shape === HOURS && m === undefined && match[0] === text;
        const later = `${time.hour + 12}:${minutes}`;
        unclear = { detail: `${h}:${minutes}, ${isLength ? `${h} h` : later}`, times: [`0${h}:${minutes}`, later] };
      }
      const spot = { index: start, length: match[0].length, ...time };
      found.push(p ? { ...spot, ...halfDay(time, p.toLowerCase(), match[0].trim()) } : spot);
    }
  }
  const [only, second] = found;
  if (!only) return { kind: "none" };
  const spots = [...found].sort((a, b) => b.index - a.index);
  const rest = spots
    .reduce((left, { index, length }) => `${left.slice(0, index)} ${left.slice(index + length)}`, text)
    .trim();
  if (second) return { kind: "ambiguous", detail: "two times", rest };
  if (only.detail || !isTime(only)) return { kind: "impossible", detail: only.detail ?? text, rest };
  if (unclear) return { kind: "ambiguous", ...unclear, rest };
  return { kind: "found", hour: only.hour, minute: only.minute, second: only.second, rest };
}

/** 1700 alone, and 2026: without `at` or `hours` a year or any number. */
const isMereFigure = (said: string, text: string): boolean =>
  said === text ? /^\d{4}$/.test(said) : /^[\s,]*(?:19|20)\d\d$/.test(said);

function halfDay(time: { hour: number; minute: number }, half: string, said: string) {
  if (time.hour < 1 || time.hour > 12) return { detail: said };
  return { hour: (time.hour % 12) + (half === "p" ? 12 : 0) };
}

function isTime({ hour, minute, second }: { hour: number; minute: number; second: number }): boolean {
  if (hour === 24) return minute === 0 && second === 0;
  return hour < 24 && minute < 60 && second < 60;
}
