/** A time of day found in a text, and the text without it. Hour 24 is the end of the day. */
export type Clock =
  | { kind: "none" }
  | { kind: "found"; hour: number; minute: number; second?: number; rest: string }
  | { kind: "impossible" | "ambiguous"; detail: string; rest: string };

const AT = "(?:(?:\\b(?:at|@)|(?<![\\p{L}])[àa]|,)\\s*)?";
const MERIDIEM = "\\s*([ap])\\.?m\\.?(?![\\p{L}])";

/**
 * Each shape names its groups h, m, s and p (a or p).
 * 17:00, 17:00:30, 5:30 pm, 2026-12-01T08:00 · 17h, 17 h 30, 17 heures · 5pm, 5.30 pm · 5 o'clock · at 17.
 */
const SHAPES: readonly RegExp[] = [
  `(?:(?<=\\d)t|${AT})(?<![\\d:.])(?<h>\\d{1,2}):(?<m>\\d{2})(?::(?<s>\\d{2})(?:\\.\\d{1,6})?)?(?![\\d:])(?:\\s*(?<p>[ap])\\.?m\\.?(?![\\p{L}]))?`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})\\s*(?:h|heures?)(?![\\p{L}])(?:\\s*(?<m>\\d{2})(?!\\d))?`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})h(?<m>\\d{2})(?!\\d)`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})(?:\\.(?<m>\\d{2}))?${MERIDIEM.replace("([ap])", "(?<p>[ap])")}`,
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})\\s*o'?\\s*clock`,
  `(?:\\bat|(?<![\\p{L}])à)\\s+(?<h>\\d{1,2})(?:\\.(?<m>\\d{2}))?(?![\\d./:-]|\\s*(?:st|nd|rd|th)\\b)`,
  // 17.30: what could be a date as well was taken before.
  `${AT}(?<![\\d:.,-])(?<h>\\d{1,2})\\.(?<m>\\d{2})(?![\\d.])`,
].map((source) => new RegExp(source, "giu"));

/** Noon is 12:00. Midnight is the end of the day it is said with: by Friday midnight leaves the whole of Friday. */
const NAMED: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`${AT}(?<![\\p{L}-])(?:noon|midday|midi)(?![\\p{L}])`, "iu"), 12],
  [new RegExp(`${AT}(?<![\\p{L}])(?:midnight|minuit)(?![\\p{L}])`, "iu"), 24],
];

/** Below this, an hour with neither minutes nor am or pm may be meant for the morning or the afternoon. */
const FIRST_CLEAR_HOUR = 7;

export function takeClock(text: string): Clock {
  const found: { index: number; length: number; hour: number; minute: number; second: number; detail?: string }[] = [];
  let unclear: string | undefined;
  for (const [pattern, hour] of NAMED) {
    const match = pattern.exec(text);
    if (match) found.push({ index: match.index, length: match[0].length, hour, minute: 0, second: 0 });
  }
  for (const [shape, pattern] of SHAPES.entries()) {
    for (const match of text.matchAll(pattern)) {
      if (
        found.some((other) => match.index < other.index + other.length && other.index < match.index + match[0].length)
      )
        continue;
      const { h = "", m, s, p } = match.groups ?? {};
      const time = { hour: Number(h), minute: Number(m ?? 0), second: Number(s ?? 0) };
      const spot = { index: match.index, length: match[0].length, ...time };
      if (shape === 1 && m === undefined && match[0] === text && time.hour < FIRST_CLEAR_HOUR)
        unclear = `${h}:00, ${h} h`;
      const bare = shape >= 4 && m === undefined && h.length === 1;
      if (bare && time.hour > 0 && time.hour < FIRST_CLEAR_HOUR) unclear = `${h}:00, ${time.hour + 12}:00`;
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
  if (unclear) return { kind: "ambiguous", detail: unclear, rest };
  return { kind: "found", hour: only.hour, minute: only.minute, second: only.second, rest };
}

function halfDay(time: { hour: number; minute: number }, half: string, said: string) {
  if (time.hour < 1 || time.hour > 12) return { detail: said };
  return { hour: (time.hour % 12) + (half === "p" ? 12 : 0) };
}

function isTime({ hour, minute, second }: { hour: number; minute: number; second: number }): boolean {
  if (hour === 24) return minute === 0 && second === 0;
  return hour < 24 && minute < 60 && second < 60;
}
