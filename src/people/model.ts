import type { ConversationRef } from "../chat/index.js";
import type { Role, Viewer } from "../policy/index.js";
import type { BodyRules } from "../store/schema.js";
import { combine, type WorkCalendar } from "../time/calendar.js";
import { holidaysOf, withOwn } from "../time/holidays.js";

/** The inter-agency coordination body (para 29). */
export type Body = {
  id: string;
  slug: string;
  name: string;
  zone: string;
  lang: string;
  week: Week;
  rules: BodyRules;
};

export type Agency = {
  id: string;
  /** Written `@police`. */
  handle: string;
  name: string;
  country: string | null;
  mandate: string;
  zone: string;
  lang: string;
  week: Week;
  channel: ConversationRef | null;
  observer: boolean;
  /** The secretariat may act for it. */
  represented: boolean;
  hints: boolean;
};

export type Person = Viewer & {
  name: string;
  agency: Agency;
  lang: string;
  zone: string;
  workFrom: string;
  workTo: string;
  active: boolean;
  email: string | null;
  phone: string | null;
  /** Whose deputy this person is at this moment. */
  standsInFor: readonly { id: string; roles: readonly Role[] }[];
  /** Takes part in other bodies too: what they read says which one it is about. */
  several?: boolean;
};

/** Working days (ISO 1 to 7, Sunday to Thursday exists), hours and holidays. */
export type Week = {
  country: string | null;
  days: number[];
  from: string;
  to: string;
  added: string[];
  removed: string[];
};

export const is = (person: Viewer, role: Role): boolean => person.roles.includes(role);

/** @param year the year about which holidays are needed; its neighbours are included */
export function agencyCalendar(agency: Pick<Agency, "zone" | "week">, year: number): WorkCalendar {
  return calendarOf(agency.zone, agency.week, year);
}

export const bodyCalendar = (body: Body, year: number): WorkCalendar => calendarOf(body.zone, body.week, year);

/** A person's hours on the working days of the agency. */
export function personCalendar(person: Person, year: number): WorkCalendar {
  const agency = agencyCalendar(person.agency, year);
  return combine({ ...agency, zone: person.zone, from: person.workFrom, to: person.workTo }, agency);
}

function calendarOf(zone: string, week: Week, year: number): WorkCalendar {
  const years = [year - 1, year, year + 1];
  const national = week.country ? holidaysOf(week.country, undefined, years) : new Set<string>();
  return { zone, days: week.days, from: week.from, to: week.to, holidays: withOwn(national, week.added, week.removed) };
}
