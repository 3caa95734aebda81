import { TZDate, tz, tzOffset } from "@date-fns/tz";
import {
  differenceInCalendarDays,
  format,
  formatDistanceStrict,
  formatDuration as inWords,
  isSameYear,
} from "date-fns";
import { enGB } from "date-fns/locale/en-GB";
import { fr } from "date-fns/locale/fr";
import type { Day } from "./local.js";

type Words = { locale: typeof enGB; yesterday: string; today: string; tomorrow: string };

// Day before month and 24 hours in both, as the parser reads them: what is shown can be typed back.
const EN: Words = { locale: enGB, yesterday: "yesterday", today: "today", tomorrow: "tomorrow" };
const FR: Words = { locale: fr, yesterday: "hier", today: "aujourd'hui", tomorrow: "demain" };

/** Any BCP 47 tag: fr, fr-CA and FR are French, all else English. */
function wordsOf(lang: string): Words {
  return /^fr(?:[-_]|$)/i.test(lang) ? FR : EN;
}

export type FormatOptions = {
  now: Date;
  /**
   * Names the zone behind the time. `true`: always. A zone: the one that the reader is used to, and the name is shown
   * only where its clock shows another time at that moment.
   */
  showZone?: boolean | string;
};

/** `today 17:00`, `tomorrow 17:00`, `Fri 27 Nov 17:00`, `Fri 1 Jan 2027 17:00`, with `(Europe/Athens)` if wanted. */
export function formatWhen(at: Date, zone: string, lang: string, { now, showZone }: FormatOptions): string {
  const text = `${formatDay(at, zone, lang, { now })} ${format(new TZDate(at.getTime(), zone), "HH:mm")}`;
  const foreign = typeof showZone === "string" ? tzOffset(showZone, at) !== tzOffset(zone, at) : showZone === true;
  return foreign ? `${text} (${zone})` : text;
}

/** The day alone: `today`, `Fri 27 Nov`, `Fri 1 Jan 2027`. */
export function formatDay(at: Date, zone: string, lang: string, { now }: { now: Date }): string {
  const words = wordsOf(lang);
  const context = { in: tz(zone) };
  switch (differenceInCalendarDays(at, now, context)) {
    case -1:
      return words.yesterday;
    case 0:
      return words.today;
    case 1:
      return words.tomorrow;
    default:
      return format(new TZDate(at.getTime(), zone), isSameYear(at, now, context) ? "EEE d MMM" : "EEE d MMM yyyy", {
        locale: words.locale,
      });
  }
}

/** `1 Jul 2026`, whatever day it is. */
export const formatCalendarDay = (day: Day, lang: string): string =>
  format(new TZDate(`${day}T12:00:00Z`, "UTC"), "d MMM yyyy", { locale: wordsOf(lang).locale });

/** `45 minutes`, `1 hour 30 minutes`, `2 jours`. */
export function formatDuration(minutes: number, lang: string): string {
  const whole = Math.max(0, Math.round(minutes));
  const parts = { days: Math.floor(whole / 1440), hours: Math.floor(whole / 60) % 24, minutes: whole % 60 };
  const { locale } = wordsOf(lang);
  return inWords(parts, { locale }) || inWords({ minutes: 0 }, { locale, zero: true });
}

/** From `now` to `at`: `in 3 days`, `2 hours ago`, `il y a 2 heures`. */
export function formatAgo(at: Date, now: Date, lang: string): string {
  // In UTC: else a clock change on this machine would shift the count.
  return formatDistanceStrict(at, now, { addSuffix: true, locale: wordsOf(lang).locale, in: tz("UTC") });
}
