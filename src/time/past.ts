import { readerFirst } from "../i18n/grammar/index.js";
import { type Day, dayFrom, isDay, isoWeekday, plusDays, splitDay } from "./local.js";

const plainly = (text: string): string =>
  text
    .replace(/[\s,]+/g, " ")
    .trim()
    .toLowerCase();

/**
 * The day on which something was done, as words tell it: yesterday, monday, last friday, hier, lundi dernier, 28 November
 * where it was this year. A weekday is the last one, today included.
 * @param lang of the writer, whose language is tried first
 * @returns undefined for a day that is not over yet, a time of day, two days, or no day at all
 */
export function pastDay(text: string, today: Day, lang: string): Day | undefined {
  const said = plainly(text);
  if (said === "" || said.length > 60) return undefined;
  const { year, month, day } = splitDay(today);
  for (const { time } of readerFirst(lang)) {
    // chrono works in the zone of the machine: it is given noon there, and asked for days only.
    const [found, more] = time.chrono.parse(said, new Date(year, month - 1, day, 12));
    if (!found || more || found.end || plainly(found.text) !== said) continue;
    const { start } = found;
    if (start.isCertain("hour") || !(start.isCertain("day") || start.isCertain("weekday"))) continue;
    const meant = dayFrom(start.get("year") ?? 0, start.get("month") ?? 0, start.get("day") ?? 0);
    if (!isDay(meant)) continue;
    const weekday = start.get("weekday");
    if (!start.isCertain("day") && weekday !== null) {
      if (meant < today) return meant;
      return plusDays(today, -((isoWeekday(today) - (weekday || 7) + 7) % 7));
    }
    if (meant <= today) return meant;
  }
  return undefined;
}
