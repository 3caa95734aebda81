import type { Messages } from "../i18n/index.js";
import { dayOf, formatCalendarDay } from "../time/index.js";
import { showWeekdays } from "../time/week-words.js";
import type { Agency } from "./model.js";

/** When an agency works, in one paragraph: what was understood, and what the engine works with. */
export function agencyLine(agency: Agency, t: Messages, lang: string, now: Date): string {
  const { week, zone } = agency;
  const today = dayOf(now, zone);
  const days = (all: readonly string[]) =>
    all
      .filter((day) => day >= today)
      .map((day) => formatCalendarDay(day, lang))
      .join(", ");
  return t.agencies.line({
    name: agency.name,
    handle: agency.handle,
    zone,
    days: showWeekdays(week.days, lang),
    from: week.from,
    to: week.to,
    country: week.country ?? undefined,
    closed: days(week.added) || undefined,
    open: days(week.removed) || undefined,
  });
}
