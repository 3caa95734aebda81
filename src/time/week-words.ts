import { addDays, eachDayOfInterval, format } from "date-fns";
import { GRAMMARS, grammarOf, inAny } from "../i18n/grammar/index.js";
import { spoken } from "./language.js";
import { type Day, dayOf, isDay, plusDays } from "./local.js";
import { parseWhen, type WhenContext } from "./when.js";

/** How people write a working week: its days, its hours, the days off. What cannot be read is undefined, never guessed. */

const LOCALES = GRAMMARS.map(({ locale }) => locale);
const MONDAY = new Date(2024, 0, 1);
/** `monday`, `mon`, `lundi`, `lun`: a language's words for each weekday, the long before the short. */
const NAMES = eachDayOfInterval({ start: MONDAY, end: addDays(MONDAY, 6) }).map((day) =>
  LOCALES.flatMap((locale) => ["EEEE", "EEE"].map((form) => plain(format(day, form, { locale })))),
);

function plain(word: string): string {
  return word.toLowerCase().replaceAll(".", "").trim();
}

function weekdayOf(word: string): number | undefined {
  if (/^[1-7]$/.test(word)) return Number(word);
  const at = NAMES.findIndex((names) => names.includes(plain(word)) || names.includes(plain(word).replace(/s$/, "")));
  return at < 0 ? undefined : at + 1;
}

const AND = `\\s(?:${inAny(({ schedule }) => schedule.and)})\\s`;
const BETWEEN = new RegExp(`\\s*(?:-|–|—|\\.\\.|${spoken("workTo")})\\s*`);
const IN_LIST = new RegExp(`[,;]|${AND}`);

/** `1,2,3`, `Sun-Thu`, `lundi au vendredi`, `Mon, Wed and Fri` → ISO weekdays as they were said. */
export function readWeekdays(said: string): number[] | undefined {
  const days: number[] = [];
  for (const part of said.toLowerCase().split(IN_LIST)) {
    const [first = "", last, ...more] = part.trim().split(BETWEEN);
    const from = weekdayOf(first.trim());
    const to = last === undefined ? from : weekdayOf(last.trim());
    if (!from || !to || more.length) return undefined;
    for (let n = 0; n <= (to - from + 7) % 7; n++) days.push(((from - 1 + n) % 7) + 1);
  }
  return [...new Set(days)];
}

const TIME = String.raw`(\d{1,2})(?:\s*[:h.]\s*(\d{2})?)?\s*(am|pm)?`;
const HOURS = new RegExp(
  String.raw`^(?:(?:${spoken("workFrom")})\s+)?${TIME}\s*(?:-|–|—|${spoken("workTo")})\s*${TIME}$`,
  "i",
);

/** `08:00-16:00`, `8h30 à 16h`, `8 to 16`, `9am-5pm` → `HH:mm` twice, the end after the beginning. */
export function readHours(said: string): { from: string; to: string } | undefined {
  const [, h1, m1, half1, h2, m2, half2] = HOURS.exec(said.trim()) ?? [];
  const from = clockOf(h1, m1, half1);
  const to = clockOf(h2, m2, half2);
  return from && to && from < to && from < "24:00" ? { from, to } : undefined;
}

function clockOf(hour: string | undefined, minute = "00", half?: string): string | undefined {
  const said = Number(hour);
  if (half && (said < 1 || said > 12)) return undefined;
  const h = half ? (said % 12) + (/^p/i.test(half) ? 12 : 0) : said;
  return h < 24 || (h === 24 && minute === "00")
    ? Number(minute) < 60
      ? `${String(h).padStart(2, "0")}:${minute}`
      : undefined
    : undefined;
}

const OFF_TO = new RegExp(String.raw`\s*(?:\.\.|…|–|—|\s-\s|${spoken("offTo")})\s*`, "i");
const OFF_FROM = new RegExp(String.raw`^(?:${spoken("offFrom")})\s+`, "i");

/** A year off is no list of holidays. */
const MOST_DAYS = 100;

/** `2026-12-24, 31 December`, `24 Dec to 2 Jan` → days, in order. */
export function readDaysOff(said: string, context: WhenContext): Day[] | undefined {
  const days = new Set<Day>();
  for (const part of said.split(IN_LIST)) {
    const [first = "", last, ...more] = part.trim().split(OFF_TO);
    const from = dayOfWords(first.replace(OFF_FROM, ""), context);
    const to = last === undefined ? from : dayOfWords(last, context);
    if (!from || !to || more.length || to < from) return undefined;
    for (let day = from; day <= to; day = plusDays(day, 1)) {
      days.add(day);
      if (days.size > MOST_DAYS) return undefined;
    }
  }
  return [...days].sort();
}

function dayOfWords(said: string, context: WhenContext): Day | undefined {
  const words = said.trim();
  // A day that has passed may stand in a list all the same.
  if (isDay(words)) return words;
  const found = parseWhen(words, context);
  return found.ok && !found.hasTime ? dayOf(found.at, found.zone) : undefined;
}

/** `Mon–Fri`, `Sun–Thu`, `Mon, Wed, Fri`: what readWeekdays reads again. */
export function showWeekdays(days: readonly number[], lang: string): string {
  const { locale } = grammarOf(lang);
  const name = (day: number | undefined) => format(addDays(MONDAY, (day ?? 1) - 1), "EEE", { locale });
  const inRow = days.every((day, n) => n === 0 || day === ((days[n - 1] ?? 0) % 7) + 1);
  return inRow && days.length > 2 ? `${name(days[0])}–${name(days.at(-1))}` : days.map(name).join(", ");
}

/** Weekdays on which somebody works, from the first of their week. */
export const inOrder = (days: readonly number[]): number[] => {
  const sorted = [...days].sort((a, b) => a - b);
  // Sunday to Thursday begins on Sunday: a week begins after its longest rest.
  const starts = sorted.map((day, n) => ({ day, rest: (day - (sorted[n - 1] ?? (sorted.at(-1) ?? day) - 7) + 7) % 7 }));
  const first = starts.reduce((most, one) => (one.rest > most.rest ? one : most), starts[0] ?? { day: 1, rest: 0 }).day;
  return [...sorted.filter((day) => day >= first), ...sorted.filter((day) => day < first)];
};
