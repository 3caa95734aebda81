import { TZDate } from "@date-fns/tz";
import { format, formatDuration as inWords } from "date-fns";
import { grammarOf } from "../i18n/grammar/index.js";
import { type Day, localTimeOf } from "./local.js";
import { offsetAt } from "./zones.js";

/** Any BCP 47 tag. Day before month and 24 hours in every language, as the parser reads them: what is shown can be typed back. */
const localeOf = (lang: string) => grammarOf(lang).locale;

export type FormatOptions = {
  /** Leaves out the year where it is this one. Absent, as in a file, that is read whenever: the year is always there. */
  now?: Date;
  /**
   * Names the zone behind the time. `true`: always. A zone: the one that the reader is used to, and the name is shown
   * only where its clock shows another time at that moment.
   */
  showZone?: boolean | string;
};

/**
 * `Fri 27 Nov 17:00`, `Fri 1 Jan 2027 17:00`, with `(Europe/Athens)` if wanted. Never "today" or "tomorrow": words stay
 * on a screen longer than a day.
 */
export function formatWhen(at: Date, zone: string, lang: string, { now, showZone }: FormatOptions = {}): string {
  const { hour, minute } = localTimeOf(at, zone);
  const clock = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
  const text = `${formatDay(at, zone, lang, { now })} ${clock}`;
  const foreign = typeof showZone === "string" ? offsetAt(showZone, at) !== offsetAt(zone, at) : showZone === true;
  return foreign ? `${text} (${zone})` : text;
}

/** The day alone: `Fri 27 Nov`, `Fri 1 Jan 2027`. */
export function formatDay(at: Date, zone: string, lang: string, { now }: Pick<FormatOptions, "now"> = {}): string {
  const thisYear = now !== undefined && localTimeOf(at, zone).year === localTimeOf(now, zone).year;
  return format(new TZDate(at.getTime(), zone), thisYear ? "EEE d MMM" : "EEE d MMM yyyy", { locale: localeOf(lang) });
}

/** The weekday alone: `Fri`, `ven.` */
export const formatWeekday = (at: Date, zone: string, lang: string): string =>
  format(new TZDate(at.getTime(), zone), "EEE", { locale: localeOf(lang) });

/** `1 Jul 2026`, whatever day it is. */
export const formatCalendarDay = (day: Day, lang: string): string =>
  format(new TZDate(`${day}T12:00:00Z`, "UTC"), "d MMM yyyy", { locale: localeOf(lang) });

/** `45 minutes`, `1 hour 30 minutes`, `2 jours`. */
export function formatDuration(minutes: number, lang: string): string {
  const whole = Math.max(0, Math.round(minutes));
  const parts = { days: Math.floor(whole / 1440), hours: Math.floor(whole / 60) % 24, minutes: whole % 60 };
  const locale = localeOf(lang);
  return inWords(parts, { locale }) || inWords({ minutes: 0 }, { locale, zero: true });
}
