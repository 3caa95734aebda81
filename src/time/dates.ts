import { GRAMMARS } from "../i18n/grammar/index.js";
import { spoken } from "./language.js";
import { dayFrom, isDay } from "./local.js";

/** Which figure is the day. Unknown: where people of one place write both ways. */
export type DateOrder = "dmy" | "mdy" | "unknown";

/** A date in figures found in a text, and the text without it. */
export type Figures =
  | { kind: "none" }
  | { kind: "found"; year?: number; month?: number; day: number; rest: string }
  /** `dates`: those that may be meant, written so that they can be read in one way only. */
  | { kind: "impossible" | "ambiguous"; detail: string; dates?: readonly string[]; rest: string };

const YEAR_FIRST = /(?<![\d./-])(?<y>\d{4})(?<sep>[-/.])(?<m>\d{1,2})\k<sep>(?<d>\d{1,2})(?![\d/]|[-.]\d)/;
const YEAR_LAST = /(?<![\d./-])(?<a>\d{1,2})(?<sep>[-/.])(?<b>\d{1,2})\k<sep>(?<y>\d{4}|\d{2})(?![\d/]|[-.]\d)/;
const NO_YEAR = /(?<![\d./-])(?<a>\d{1,2})(?<sep>[/.])(?<b>\d{1,2})(?![\d/-]|\.\d|\s*[ap]\.?m)\.?/;
const AROUND_THE_CLOCK = /^24\/7$/;
const THE = spoken("theDay");
const DAY_OF_MONTH = new RegExp(
  `(?:\\b(?:${THE}) )?(?<![\\d./-])(?<d>\\d{1,2})(?<th>${spoken("figure")})(?!\\p{L})`,
  "u",
);
const BARE_DAY = new RegExp(`^(?:${THE}) (?<d>\\d{1,2})$`);

/**
 * 2026-12-14, 14/12/2026, 14.12.26, 14/12.
 * Day first, unless the order is month first and the figures stand between slashes or dashes: with dots nobody
 * writes the month first. Where the order is unknown an impossible reading decides. Where it is known, 12/31/2026 with
 * the day first is refused, with what it would be the other way round.
 */
export function takeFigures(text: string, order: DateOrder): Figures {
  const match = YEAR_FIRST.exec(text) ?? YEAR_LAST.exec(text) ?? NO_YEAR.exec(text);
  if (!match || AROUND_THE_CLOCK.test(match[0])) return { kind: "none" };
  const { y, m, d, a = "", b = "", sep = "" } = match.groups ?? {};
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`.trim();
  if (/\d[-/]\d|\d\.\d{1,2}\.\d/.test(rest)) return { kind: "ambiguous", detail: "two dates", rest };
  const yearFirst = m !== undefined;
  const free = !yearFirst && sep !== "." && a !== b;
  const monthFirst = free && order === "mdy";
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
  const exists = (one: number, other: number) => isDay(dayFrom(year ?? 2000, one, other));
  const other = free && exists(day, month);
  const written = (one: number, two: number) => (year === undefined ? `${two}.${one}.` : dayFrom(year, one, two));
  if (!exists(month, day)) {
    if (other && order === "unknown") return given(year, day, month, rest);
    const dates = other ? { dates: [written(day, month)] } : {};
    return { kind: "impossible", detail: match[0].trim(), ...dates, rest };
  }
  // 4.5.26 may be the number of a version, and 4-5-26 of anything.
  if (y?.length === 2 && sep !== "/" && (a.length < 2 || b.length < 2)) return { kind: "none" };
  if (other && order === "unknown")
    return {
      kind: "ambiguous",
      detail: match[0].trim(),
      dates: [written(month, day), written(day, month)],
      rest,
    };
  return given(year, month, day, rest);
}

const given = (year: number | undefined, month: number, day: number, rest: string): Figures =>
  year === undefined ? { kind: "found", month, day, rest } : { kind: "found", year, month, day, rest };

function dottedTime(said: string, month: number, day: number, rest: string): Figures {
  if (!isDay(dayFrom(2000, month, day))) return { kind: "none" };
  const readings = { detail: `${said.replace(".", ":")}, ${said.replace(".", "/")}` };
  return { kind: "ambiguous", ...readings, dates: [said.replace(".", ":"), `${said}.`], rest };
}

/** The 15th, le 1er. Asked only when no month stands beside: otherwise the words are chrono's. */
export function takeDayOfMonth(text: string): Figures {
  const match = DAY_OF_MONTH.exec(text);
  const bare = match ?? BARE_DAY.exec(text);
  if (!bare) return { kind: "none" };
  const day = Number(bare.groups?.d);
  const rest = `${text.slice(0, bare.index)} ${text.slice(bare.index + bare[0].length)}`.trim();
  if (day < 1 || day > 31) return { kind: "impossible", detail: bare[0], rest };
  return { kind: "found", day, rest };
}

/** Zones of places that write the month first, and of those where both orders are written. */
const MONTH_FIRST =
  /^(?:US\/|America\/(?:New_York|Detroit|Chicago|Denver|Boise|Phoenix|Los_Angeles|Anchorage|Juneau|Sitka|Nome|Adak|Menominee|Metlakatla|Yakutat|Indiana\/|Kentucky\/|North_Dakota\/|Puerto_Rico)|Pacific\/(?:Honolulu|Guam|Saipan|Pago_Pago))/;
const EITHER =
  /^(?:Etc\/|UTC|GMT|Asia\/(?:Manila|Shanghai|Hong_Kong|Taipei|Tokyo|Seoul|Pyongyang|Macau)|America\/(?:Toronto|Vancouver|Montreal|Winnipeg|Edmonton|Halifax|Regina|St_Johns|Moncton|Iqaluit|Whitehorse|Panama)|Canada\/)/;

/** Which figure is the day where somebody is; where the place does not tell, their language's region may. */
export function dateOrderOf(zone: string, locale: string): DateOrder {
  if (MONTH_FIRST.test(zone)) return "mdy";
  if (!EITHER.test(zone)) return "dmy";
  const [language = "", region = ""] = locale.toLowerCase().split(/[-_]/);
  if (region === "us") return "mdy";
  const regions = GRAMMARS.find(({ lang }) => lang === language)?.dayFirstIn;
  return !regions || regions.includes(region) ? "dmy" : "unknown";
}
