import { dayFrom, isDay } from "./local.js";

export type DateOrder = "dmy" | "mdy";

/** A date in figures found in a text, and the text without it. */
export type Figures =
  | { kind: "none" }
  | { kind: "found"; year?: number; month?: number; day: number; rest: string }
  | { kind: "impossible" | "ambiguous"; detail: string; rest: string };

const YEAR_FIRST = /(?<![\d./-])(?<y>\d{4})(?<sep>[-/.])(?<m>\d{1,2})\k<sep>(?<d>\d{1,2})(?![\d/]|[-.]\d)/;
const YEAR_LAST = /(?<![\d./-])(?<a>\d{1,2})(?<sep>[-/.])(?<b>\d{1,2})\k<sep>(?<y>\d{4}|\d{2})(?![\d/]|[-.]\d)/;
const NO_YEAR = /(?<![\d./-])(?<a>\d{1,2})(?<sep>[/.])(?<b>\d{1,2})(?![\d/-]|\.\d|\s*[ap]\.?m)\.?/;
const DAY_OF_MONTH = /(?:\b(?:the|le) )?(?<![\d./-])(?<d>\d{1,2})(?<th>st|nd|rd|th|er)(?!\p{L})/u;

/**
 * 2026-12-14, 14/12/2026, 14.12.26, 14/12, 14.12.
 * Day first, unless the order is month first and the figures stand between slashes or dashes: with dots nobody
 * writes the month first. 12/31/2026 with day first is refused, not turned round: who writes that means 3/4 otherwise
 * than it would be read.
 */
export function takeFigures(text: string, order: DateOrder): Figures {
  const match = YEAR_FIRST.exec(text) ?? YEAR_LAST.exec(text) ?? NO_YEAR.exec(text);
  if (!match) return { kind: "none" };
  const { y, m, d, a = "", b = "", sep = "" } = match.groups ?? {};
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.trim();
  if (/\d[-/]\d|\d\.\d{1,2}\.\d/.test(rest)) return { kind: "ambiguous", detail: "two dates", rest };
  const monthFirst = order === "mdy" && sep !== ".";
  const month = Number(m ?? (monthFirst ? a : b));
  const day = Number(d ?? (monthFirst ? b : a));
  if (y === undefined && sep === ".") {
    // 10.1 is a figure like any other; 14.12 may be a time, and 17.30 is one.
    const dated = match[0].endsWith(".") && isDay(dayFrom(2000, month, day));
    if (!dated && b.length !== 2) return { kind: "none" };
    if (!dated && Number(a) < 24 && Number(b) < 60) return dottedTime(match[0], month, day, rest);
  }
  // Two figures of a year: this century. Three thousand years are no typing mistake that could be guessed.
  const year = y === undefined ? undefined : Number(y.length === 2 ? `20${y}` : y);
  // Without a year, 29 February may be: a leap year.
  if (!isDay(dayFrom(year ?? 2000, month, day))) return { kind: "impossible", detail: match[0].trim(), rest };
  // 4.5.26 may be the number of a version, and 4-5-26 of anything.
  if (y?.length === 2 && sep !== "/" && (a.length < 2 || b.length < 2)) return { kind: "none" };
  return year === undefined ? { kind: "found", month, day, rest } : { kind: "found", year, month, day, rest };
}

function dottedTime(said: string, month: number, day: number, rest: string): Figures {
  if (!isDay(dayFrom(2000, month, day))) return { kind: "none" };
  return { kind: "ambiguous", detail: `${said.replace(".", ":")}, ${said.replace(".", "/")}`, rest };
}

/** The 15th, le 1er. Asked only when no month stands beside: otherwise the words are chrono's. */
export function takeDayOfMonth(text: string): Figures {
  const match = DAY_OF_MONTH.exec(text);
  const bare = match ?? /^(?:the |le )(?<d>\d{1,2})$/.exec(text);
  if (!bare) return { kind: "none" };
  const day = Number(bare.groups?.d);
  const rest = `${text.slice(0, bare.index)} ${text.slice(bare.index + bare[0].length)}`.trim();
  if (day < 1 || day > 31) return { kind: "impossible", detail: bare[0], rest };
  return { kind: "found", day, rest };
}
